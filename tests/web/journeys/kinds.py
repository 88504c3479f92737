"""A page of each kind that can be laid out in its own way."""

from __future__ import annotations

from tests.web.pages import PAGES

_NAMES = {
    "home",
    "a page of the results with filters",
    "comments that match",
    "markup everywhere",
    "nothing found",
    "a facet",
    "a facet of dates",
    "browsing",
    "what programs can ask",
    "a post found by a search",
    "a long thread",
    "a post from right to left",
    "a wide post",
}

KINDS = tuple(case.path for case in PAGES if case.name in _NAMES)
"""Their paths."""

assert len(KINDS) == len(_NAMES)
