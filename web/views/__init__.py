"""Web handlers, each at most 15 lines."""

from web.views import facets, feeds, health, look, posts, search

VIEWS = (search.views, look.views, facets.views, feeds.views, posts.views, health.views)
"""Every blueprint of the application."""
