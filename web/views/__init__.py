"""Web handlers, each at most 15 lines."""

from web.views import (
    browse,
    discovery,
    embedding,
    export,
    facets,
    feeds,
    health,
    look,
    posts,
    reference,
    search,
)

VIEWS = (
    search.views,
    browse.views,
    look.views,
    facets.views,
    feeds.views,
    posts.views,
    health.views,
    discovery.views,
    embedding.views,
    export.views,
    reference.views,
)
"""Every blueprint of the application."""
