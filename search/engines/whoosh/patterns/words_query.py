"""The words that a pattern means, as a query."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from whoosh.matching import Matcher
from whoosh.query import Or, Query, Term
from whoosh.reading import IndexReader

from search.engines.whoosh.arrays import Ints


@dataclass(frozen=True, slots=True)
class Meant:
    """The words of one segment that a pattern means.

    `numbers` ascend: of terms of a field of text, or of values of a keyword field; in a field of name
    words, of those values that have one of the words. `terms` reads the words themselves, ascending.
    """

    numbers: Ints
    terms: Callable[[], list[bytes]]


class Words(Query):
    """The documents that have any of some words in a field.

    They are known by number in each segment of a snapshot, in its order, which is how they are searched for;
    what they are is read only if somebody asks, such as Whoosh's own `Searcher`.
    """

    def __init__(self, fieldname: str, meant: tuple[Meant, ...]) -> None:
        self.fieldname = fieldname
        self.meant = meant

    @property
    def numbers(self) -> tuple[Ints, ...]:
        """The numbers of the words by segment; see `Meant`."""
        return tuple(each.numbers for each in self.meant)

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The distinct words of all segments, ascending."""
        terms = {term for each in self.meant for term in each.terms()}
        return tuple(term.decode("utf-8", "replace") for term in sorted(terms))

    def __repr__(self) -> str:
        return f"Words({self.fieldname!r}, {self.words!r})"

    def estimate_size(self, ixreader: IndexReader) -> int:
        """How many documents it may match."""
        return int(self._any_of_them().estimate_size(ixreader))

    def matcher(self, searcher: Any, context: Any = None) -> Matcher:
        """The matching documents of one of Whoosh's segments. Their scores mean nothing."""
        return self._any_of_them().matcher(searcher, context)

    def _any_of_them(self) -> Query:
        return Or([Term(self.fieldname, word) for word in self.words])
