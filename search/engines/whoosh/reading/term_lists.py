"""The fields of a segment that are columns, as lists of terms: what Whoosh takes every field for.

A comment has its post's values and days, which are not kept twice.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, Protocol

import numpy as np
from numpy.typing import NDArray

from search.engines.whoosh.arrays import Bools, Ints
from search.engines.whoosh.patterns.vocabulary import NameWords, Values, Vocabulary
from search.engines.whoosh.schema import COMMENT, NAMES, POST, SCHEMA, WORDS_OF
from search.engines.whoosh.segment.columns import COMMENTER, SegmentColumns
from search.engines.whoosh.segment.deletions import with_comments
from search.engines.whoosh.segment.keyword import Keyword
from search.request import KEYWORD_FACETS

Documents = NDArray[np.int32]

DAYS: Final = ("first_day", "last_day")


class TermList(Vocabulary, Protocol):
    """Terms in the order of their UTF-8, and who has them. A `Field` of a segment is one."""

    def documents(self, number: int) -> Documents:
        """The documents that have a term, ascending."""
        ...


@dataclass(frozen=True, slots=True)
class Listed:
    """Terms in a list; `find` gives the documents of one."""

    listed: Sequence[bytes]
    find: Callable[[int], Documents]

    def __len__(self) -> int:
        return len(self.listed)

    def first_from(self, term: bytes) -> int:
        """The number of the first term that does not sort before this one."""
        return bisect_left(self.listed, term)

    def terms(self, numbers: range) -> list[bytes]:
        """The terms of consecutive numbers."""
        return list(self.listed[numbers.start : numbers.stop])

    def documents(self, number: int) -> Documents:
        """The documents that have a term, ascending."""
        return self.find(number)


class ColumnTerms:
    """The columns of one segment as lists of terms, by the names of fields; each is made when asked for."""

    def __init__(self, columns: SegmentColumns) -> None:
        self._columns = columns

    @cached_property
    def lists(self) -> Mapping[str, Callable[[], TermList]]:
        """What makes the list of each field."""
        values = {name: lambda name=name: self._values(name) for name in (*KEYWORD_FACETS, COMMENTER)}
        words = {WORDS_OF[name]: lambda name=name: self._words(name) for name in NAMES}
        days = {name: lambda name=name: self._days(name) for name in DAYS}
        return {"kind": self._kinds, "post": self._ids, **values, **words, **days}

    def _kinds(self) -> TermList:
        posts, documents = self._columns.posts, self._columns.posts + self._columns.comments
        kinds = {POST.encode(): range(posts), COMMENT.encode(): range(posts, documents)}
        there = sorted(kind for kind, numbers in kinds.items() if numbers)
        return Listed(there, lambda number: np.array(kinds[there[number]], np.int32))

    def _ids(self) -> TermList:
        order = np.argsort(self._columns.ids, kind="stable")
        listed: list[bytes] = self._columns.ids[order].tolist()
        return Listed(listed, lambda number: self._threads(order[number : number + 1]))

    def _values(self, name: str) -> TermList:
        values = Values(self._columns.keywords[name].values)
        return Listed(values.terms(range(len(values))), lambda number: self._owners(name, np.array([number])))

    def _words(self, name: str) -> TermList:
        words = NameWords.of(self._columns.keywords[name].values)
        having = words.values_of_any
        return Listed(words.words, lambda number: self._owners(name, having(np.array([number]))))

    def _days(self, name: str) -> TermList:
        of_posts: Ints = getattr(self._columns, name)
        days = np.unique(of_posts[of_posts > 0])
        listed = [SCHEMA[name].to_bytes(day) for day in days.tolist()]
        return Listed(listed, lambda number: self._threads(np.flatnonzero(of_posts == days[number])))

    def _owners(self, name: str, values: Ints) -> Documents:
        """Who has any of these values of a keyword field."""
        keyword = self._columns.keywords[name]
        owners = np.unique(np.concatenate([_owners(keyword, value) for value in values.tolist()]))
        if name == COMMENTER:
            return (owners.astype(np.int64) + self._columns.posts).astype(np.int32)
        return self._threads(owners)

    def _threads(self, posts: Ints) -> Documents:
        """Posts with their comments."""
        return _numbers(with_comments(posts, self._columns))


def _owners(keyword: Keyword, value: int) -> Ints:
    return keyword.owners[int(keyword.starts[value]) : int(keyword.starts[value + 1])]


def _numbers(mask: Bools) -> Documents:
    return np.flatnonzero(mask).astype(np.int32)
