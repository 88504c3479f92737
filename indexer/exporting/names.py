"""How exports are called what they are: what their writer and their reader have to agree on."""

from __future__ import annotations

VERSION = "https://jsonfeed.org/version/1.1"
ABOUT = "https://pypi.org/project/blogsearch/"  # whose page leads to docs/formats.md

EXTENSION = "_blogsearch"
MORE = "_blogsearch_more"
"""The objects of our own beside those of JSON Feed: at the beginning, in each item, and after the items."""

LAYOUT = 1
"""The number of the way in which exports are written; readers refuse a greater one than they know."""
