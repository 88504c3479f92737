"""Web handlers, each at most 15 lines."""

from web.views import facets, feeds, health, posts, search

VIEWS = (search.views, facets.views, feeds.views, posts.views, health.views)
"""Every blueprint of the application."""
