"""A segment as Whoosh's own `IndexReader`, and a generation as its `Searcher`.

Whatever is written for Whoosh runs on it. It is slow, one Python object a posting: searches here use the
evaluator, which asks this only for kinds of query that it does not know.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any, Final

import numpy as np
from whoosh.formats import Positions
from whoosh.matching import ListMatcher, Matcher
from whoosh.reading import EmptyReader, IndexReader, MultiReader, TermInfo, TermNotFound
from whoosh.searching import Searcher

from search.engines.whoosh.arrays import Bools, Ints
from search.engines.whoosh.evaluating.scoring import RANKING
from search.engines.whoosh.schema import SCHEMA, TEXT_BOOSTS
from search.engines.whoosh.segment.segment import FIELDS, Segment
from search.engines.whoosh.reading.term_lists import ColumnTerms, TermList

_ENCODING: Final = Positions()
_TEXTS: Final = tuple(name for name in FIELDS if name in SCHEMA)


def searcher_over(segments: Sequence[Segment], deleted: Sequence[Bools | None]) -> Searcher:
    """Whoosh's searcher of these segments, which are its leaves in the same order."""
    readers: list[IndexReader] = [
        ArrayReader(segment, gone) for segment, gone in zip(segments, deleted, strict=True)
    ]
    match readers:
        case []:
            reader: IndexReader = EmptyReader(SCHEMA)
        case [only]:
            reader = only
        case _:
            reader = MultiReader(readers)
    return Searcher(reader, weighting=RANKING)


class ArrayReader(IndexReader):
    """One segment, by the fields of the schema. There are no stored fields and no vectors."""

    def __init__(self, segment: Segment, deleted: Bools | None = None) -> None:
        self.schema = SCHEMA
        self.is_closed = False
        self._segment = segment
        self._deleted = np.zeros(segment.documents, np.bool_) if deleted is None else deleted
        self._columns = ColumnTerms(segment.columns).lists
        self._lists: dict[str, TermList] = {name: segment.fields[name] for name in _TEXTS}

    def __contains__(self, term: tuple[str, str | bytes]) -> bool:
        return self._find(*term) >= 0

    def indexed_field_names(self) -> Iterable[str]:
        """The fields that have terms."""
        return sorted((*_TEXTS, *self._columns))

    def all_terms(self) -> Iterator[tuple[str, bytes]]:
        """All fields and terms, in order."""
        for name in self.indexed_field_names():
            yield from ((name, term) for term in self._terms_of(name, b""))

    def terms_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[str, bytes]]:
        """The terms of a field from this one on."""
        return ((fieldname, term) for term in self._terms_of(fieldname, prefix))

    def lexicon(self, fieldname: str) -> Iterator[bytes]:
        """The terms of a field."""
        return self._terms_of(fieldname, b"")

    def term_info(self, fieldname: str, text: str | bytes) -> TermInfo:
        """What is known of a term; raises Whoosh's `TermNotFound`."""
        documents, frequencies = self._postings(fieldname, text)
        lengths = self._lengths(fieldname)[documents] if self._scores(fieldname) else np.ones(1, np.int32)
        return TermInfo(
            weight=float(frequencies.sum()),
            df=len(documents),
            minlength=int(lengths.min()),
            maxlength=int(lengths.max()),
            maxweight=float(frequencies.max()),
            minid=int(documents[0]),
            maxid=int(documents[-1]),
        )

    def postings(self, fieldname: str, text: str | bytes, **kwargs: Any) -> Matcher:
        """The documents of a term that are not deleted; raises Whoosh's `TermNotFound`."""
        documents, frequencies = self._postings(fieldname, text)
        kept = np.flatnonzero(~self._deleted[documents])
        return ListMatcher(
            documents[kept].tolist(),
            weights=frequencies[kept].astype(float).tolist(),
            values=self._values(fieldname, text, kept),
            format=SCHEMA[fieldname].format,
            scorer=kwargs.get("scorer"),
            term=(fieldname, self._text_to_bytes(fieldname, text)),
            terminfo=self.term_info(fieldname, text),
        )

    def frequency(self, fieldname: str, text: str | bytes) -> int:
        """How often a term stands in all documents."""
        return int(self._postings(fieldname, text)[1].sum()) if (fieldname, text) in self else 0

    def doc_frequency(self, fieldname: str, text: str | bytes) -> int:
        """In how many documents a term stands, deleted ones included."""
        return len(self._postings(fieldname, text)[0]) if (fieldname, text) in self else 0

    def has_deletions(self) -> bool:
        """Whether any document is deleted."""
        return bool(self._deleted.any())

    def is_deleted(self, docnum: int) -> bool:
        """Whether this one is."""
        return bool(self._deleted[docnum])

    def doc_count_all(self) -> int:
        """How many documents there are, deleted ones included."""
        return self._segment.documents

    def doc_count(self) -> int:
        """How many there are without the deleted ones."""
        return self._segment.documents - int(np.count_nonzero(self._deleted))

    def field_length(self, fieldname: str) -> int:
        """How many terms all documents have in a field; 0 where lengths are not counted."""
        return int(self._lengths(fieldname).sum(dtype=np.int64))

    def min_field_length(self, fieldname: str) -> int:
        """How many the shortest has."""
        return int(self._lengths(fieldname).min(initial=0))

    def max_field_length(self, fieldname: str) -> int:
        """How many the longest has."""
        return int(self._lengths(fieldname).max(initial=0))

    def doc_field_length(self, docnum: int, fieldname: str, default: int = 0) -> int:
        """How many terms this document has in a field."""
        return int(self._lengths(fieldname)[docnum]) if self._scores(fieldname) else default

    def stored_fields(self, docnum: int) -> dict[str, Any]:  # noqa: ARG002 (as Whoosh has it)
        """Nothing: texts are in the store."""
        return {}

    def has_vector(self, docnum: int, fieldname: str) -> bool:  # noqa: ARG002 (as Whoosh has it)
        """Never: similar posts are found by key terms."""
        return False

    def vector(
        self,
        docnum: int,
        fieldname: str,
        format_: Any = None,  # noqa: ARG002 (as Whoosh has it)
    ) -> Matcher:
        """Raises `KeyError`."""
        raise KeyError(f"document {docnum} has no vector of {fieldname}")

    def _list(self, name: str) -> TermList | None:
        if name not in self._lists and name in self._columns:
            self._lists[name] = self._columns[name]()
        return self._lists.get(name)

    def _terms_of(self, name: str, first: bytes) -> Iterator[bytes]:
        terms = self._list(name)
        if terms is not None:
            for number in range(terms.first_from(first), len(terms)):
                yield from terms.terms(range(number, number + 1))

    def _find(self, name: str, text: str | bytes) -> int:
        terms = self._list(name)
        if terms is None:
            return -1
        wanted = self._text_to_bytes(name, text)
        number = terms.first_from(wanted)
        return number if number < len(terms) and terms.terms(range(number, number + 1)) == [wanted] else -1

    def _postings(self, name: str, text: str | bytes) -> tuple[Ints, Ints]:
        """The documents of a term, and how often each has it."""
        number, terms = self._find(name, text), self._list(name)
        if terms is None or number < 0:
            raise TermNotFound(f"{name}:{text!r}")
        documents = terms.documents(number)
        if self._scores(name):
            return documents, self._segment.fields[name].frequencies(number)
        return documents, np.ones(len(documents), np.int32)

    def _values(self, name: str, text: str | bytes, postings: Ints) -> list[bytes]:
        """The positions of some postings as Whoosh encodes them, in fields that have positions."""
        if not self._scores(name):
            return [b""] * len(postings)
        positions = self._segment.fields[name].positions(self._find(name, text), postings)
        places, starts = positions.places.tolist(), positions.starts.tolist()
        return [_ENCODING.encode(places[start:end]) for start, end in pairwise(starts)]

    def _lengths(self, name: str) -> Ints:
        return self._segment.fields[name].lengths if self._scores(name) else np.zeros(1, np.int32)

    def _scores(self, name: str) -> bool:
        return name in TEXT_BOOSTS
