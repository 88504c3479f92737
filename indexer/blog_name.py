"""What to call a blog whose source does not say."""

from __future__ import annotations

import re
from pathlib import PurePath

_NO_NAME = re.compile(
    r"_?(?:archives?|articles|backup|blogs?|content|data|downloads?|exports?|feed|files|home|html|index"
    r"|output|pages?|posts?|public(?:_html)?|rss|sites?|src|takeout|tmp|wordpress|xml)",
    re.IGNORECASE,
)
"""Names that say what a file or folder is rather than whose: the folder around it is looked at instead."""

_EXTENSIONS = re.compile(
    r"(?:\.(?:xml|rss|atom|json|html?|md|markdown|txt|zip|tar|tgz|gz|bz2|xz|wxr|opml|csv|bar))+$",
    re.IGNORECASE,
)
_WHEN_EXPORTED = re.compile(  # rain-gauge.wordpress.2024-02-11.000.xml, gauge.ghost.2024-02-11-10-11-12.json
    r"(?:(?:^|[ ._-])(?:wordpress|ghost|export|backup|\d{4}(?:-\d\d){2,5}|\d\d-\d\d-\d{4}|\d{3}))+$",
    re.IGNORECASE,
)
_SEPARATORS = re.compile(r"[\s_+-]+")


def blog_name(location: str) -> str:
    """A name made of the last telling part of a path: `/home/jl/rain-gauge/_posts` gives `Rain gauge`."""
    for part in reversed(PurePath(location).parts):
        stem = _WHEN_EXPORTED.sub("", _EXTENSIONS.sub("", part))
        words = _SEPARATORS.sub(" ", stem).strip(" ./")
        if words and not _NO_NAME.fullmatch(stem):
            return words[0].upper() + words[1:]
    return "Blog"
