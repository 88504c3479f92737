"""Pictures: which only count readers, and where those are that a script would have loaded."""

from __future__ import annotations

import re

_TINY = re.compile(r' (?:width|height)="[01](?:px)?"')
_COUNTERS = re.compile(
    r' src="[^"]*(?:feeds\.feedburner\.com/~|feedsportal\.com|pixel\.wp\.com|stats\.wordpress\.com'
    r"|doubleclick\.net|blogger\.googleusercontent\.com/tracker|google-analytics\.com|scorecardresearch|statcounter\.com|/~ff/"
    r"|/b\.gif)"
)
_SOURCE = re.compile(r' src="([^"]*)"')
_PLACEHOLDER = re.compile(
    r"data:|about:|[^?]*(?:placeholder|blank|spacer|transparent|1x1|loading|lazy)[\w-]*\.(?:gif|png|svg|jpg)"
)
_LATER = re.compile(r' data-(?:lazy-src|orig-file|original|src|url)="((?:https?:|/)[^"]*)"')


def is_counter(attributes: str) -> bool:
    """Whether a picture, by its attributes as a parser writes them, is there to be counted, not seen."""
    attributes = f" {attributes}"
    return len(_TINY.findall(attributes)) > 1 or _COUNTERS.search(attributes) is not None


def with_address(tag: str) -> str:
    """The tag with the address that a script would load the picture from, where it has none of its own."""
    source = _SOURCE.search(tag)
    if source and not _PLACEHOLDER.match(source[1]):
        return tag
    later = _LATER.search(tag)
    return f'img src="{later[1]}"{_SOURCE.sub("", tag.removeprefix("img"))}' if later else tag
