"""One facet of a generation, made from the keyword columns of its segments."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import chain
from typing import Final

import numpy as np
from numpy.typing import NDArray

from search.engines.whoosh.arrays import Ints, smallest
from search.engines.whoosh.columns.facet_column import FacetArrays
from search.engines.whoosh.columns.value_sets import ValueSets
from search.engines.whoosh.segment.keyword import Keyword, numbered
from search.engines.whoosh.segment.spans import sizes

_INNER_WORD: Final = re.compile(r"(?<!\w)(?<!^)\S")


def join_facet(keywords: Sequence[Keyword], post_of: Sequence[NDArray[np.int32]], posts: int) -> FacetArrays:
    """Join a facet's keyword columns; `post_of` has each document's post, or -1 for a deleted one."""
    distinct, codes = numbered(list(chain.from_iterable(keyword.values for keyword in keywords)))
    owners, owned, written = _pairs(keywords, post_of, codes)
    inner_codes, inner_starts = _inner_words(distinct)
    return FacetArrays(
        sets=ValueSets.of(owners, owned, posts, len(distinct)),
        codes=smallest(codes),
        value=smallest(_first_places(codes, len(distinct))),
        label=smallest(_labels(keywords, owned, written, len(distinct))),
        inner_codes=smallest(inner_codes),
        inner_starts=smallest(inner_starts),
    )


def _pairs(
    keywords: Sequence[Keyword], post_of: Sequence[NDArray[np.int32]], codes: Ints
) -> tuple[Ints, Ints, Ints]:
    """Each value of each post that is not deleted, by post and code: post, code, and number of spelling."""
    none: Ints = np.zeros(0, np.int64)
    owners, owned, written = [none], [none], [none]
    first_value = first_spelling = 0
    for keyword, post in zip(keywords, post_of, strict=True):
        owner, counts = post[keyword.owners], sizes(keyword.starts)
        live = owner >= 0
        owners.append(owner[live].astype(np.int64))
        owned.append(np.repeat(codes[first_value : first_value + len(counts)], counts)[live])
        written.append(first_spelling + keyword.spelling[live].astype(np.int64))
        first_value, first_spelling = first_value + len(counts), first_spelling + len(keyword.spellings)
    owner, code = np.concatenate(owners), np.concatenate(owned)
    order = np.argsort(owner * (1 + int(codes.max(initial=0))) + code)
    return owner[order], code[order], np.concatenate(written)[order]


def _labels(keywords: Sequence[Keyword], owned: Ints, written: Ints, values: int) -> Ints:
    """The most common spelling of each value, of equally common ones the first: the number of one such."""
    distinct, numbers = numbered(list(chain.from_iterable(keyword.spellings for keyword in keywords)))
    spelling = numbers[written]
    used = np.bincount(spelling, minlength=len(distinct))
    code = np.zeros(len(distinct), np.int64)
    code[spelling] = owned
    best_last = np.lexsort((-np.arange(len(distinct)), used, code))
    chosen = np.zeros(values, np.int64)
    chosen[code[best_last]] = best_last
    return _first_places(numbers, len(distinct))[chosen] if len(distinct) else chosen


def _first_places(numbers: Ints, count: int) -> Ints:
    """Where each of the numbers below `count` is first."""
    places = np.zeros(count, np.int64)
    places[numbers[::-1]] = np.arange(len(numbers))[::-1]
    return places


def _inner_words(values: Sequence[str]) -> tuple[Ints, Ints]:
    """Where in which values a word begins after the first one, in the order of what follows there."""
    found = sorted(
        (value[match.start() :], code, match.start())
        for code, value in enumerate(values)
        for match in _INNER_WORD.finditer(value)
    )
    return np.array([code for _, code, _ in found], np.int64), np.array(
        [start for _, _, start in found], np.int64
    )
