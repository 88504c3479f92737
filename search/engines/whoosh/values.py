"""The values of a post in the keyword fields, and how values and their words are compared."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Final

from search.model import Post
from search.request import KEYWORD_FACETS
from search.text.words import fold, terms

_SHORT: Final = 200
"""Letters up to which a value is remembered: the longest that readers type would take much room."""


def folded(value: str) -> str:
    """A keyword value as it is compared: folded, each run of white space one space."""
    return _remembered(value) if len(value) <= _SHORT else _folded(value)


def _folded(value: str) -> str:
    return " ".join(fold(value).split())


_remembered = lru_cache(1 << 14)(_folded)


def words(text: str) -> list[str]:
    """The words of a text in order, folded but not stemmed."""
    return terms(text, "")


def facet_values(post: Post) -> dict[str, dict[str, str]]:
    """The values of a post in each keyword facet: folded, and as the first that folds so was written."""
    written: Mapping[str, Iterable[str]] = {
        "blog": (post.blog.name,),
        "author": post.authors,
        "tag": post.tags,
        "publication": (post.publication,),
        "reporter": post.reporters,
        "language": (post.language,),
    }
    return {facet: _distinct(written[facet]) for facet in KEYWORD_FACETS}


def _distinct(values: Iterable[str]) -> dict[str, str]:
    first: dict[str, str] = {}
    for value in values:
        if term := folded(value):
            first.setdefault(term, value.strip())
    return first
