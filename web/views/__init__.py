"""Web handlers, each at most 15 lines."""

from web.views import browse, embedding, facets, feeds, health, look, posts, search

VIEWS = (
    search.views,
    browse.views,
    look.views,
    facets.views,
    feeds.views,
    posts.views,
    health.views,
    embedding.views,
)
"""Every blueprint of the application."""
