"""The names by which feeds, pages and servers link to where older posts are."""

from __future__ import annotations

OLDER = ("prev-archive", "next")
"""Of RFC 5005: the links of archived feeds, and of paged ones."""

WORDPRESS_INTERFACE = "https://api.w.org/"
"""Where the REST interface of WordPress is."""
