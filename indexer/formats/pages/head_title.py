"""What the title of a page says beside that of its post: `Post – Blog`, or `Blog: Post`."""

from __future__ import annotations

import re

_LONGEST = 60
_SIGNS = r"[-–—|·•~»«:]"
_BEHIND = re.compile(rf"(?:\s{_SIGNS}|:)\s+(\S.*)", re.DOTALL)
_AHEAD = re.compile(rf"(.*\S)(?:\s{_SIGNS}|:)\s+", re.DOTALL)
_ANOTHER = re.compile(rf"\s{_SIGNS}\s|:\s")


def blog_beside(title: str, head_title: str) -> str:
    """The blog's name in a page's title, both in one line; empty where that is more, or in doubt."""
    if not title or len(head_title) > len(title) + 2 * _LONGEST:
        return ""
    if head_title.startswith(title):
        found = _BEHIND.fullmatch(head_title.removeprefix(title))
    elif head_title.endswith(title):
        found = _AHEAD.fullmatch(head_title.removesuffix(title))
    else:
        return ""
    name = found[1] if found else ""
    return "" if _ANOTHER.search(name) or len(name) > _LONGEST else name
