"""A segment as Whoosh's own `IndexReader`, and a generation as its `Searcher`.

Whatever is written for Whoosh runs on it. It is slow, one Python object a posting: searches here use the
evaluator, which asks this only for kinds of query that it does not know.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import Any

import numpy as np
from whoosh.codec.base import EmptyCursor, FieldCursor
from whoosh.formats import Format, Frequency
from whoosh.matching import ListMatcher, Matcher
from whoosh.reading import EmptyReader, IndexReader, MultiReader, TermInfo, TermNotFound
from whoosh.searching import Searcher
from whoosh.system import pack_uint

from search.engines.whoosh.arrays import Bools
from search.engines.whoosh.evaluating.scoring import RANKING, SCORED
from search.engines.whoosh.reading.cursor import TermCursor
from search.engines.whoosh.reading.postings import EncodedPositions, PostingList
from search.engines.whoosh.reading.segment_terms import SegmentTerms
from search.engines.whoosh.reading.vectors import vector
from search.engines.whoosh.schema import COMMENT, POST, SCHEMA
from search.engines.whoosh.segment.segment import Segment


def reader_over(
    segments: Sequence[Segment], deleted: Sequence[Bools | None], generation: int | None = None
) -> IndexReader:
    """Whoosh's reader of these segments, which are its leaves in the same order."""
    pairs = zip(segments, deleted, strict=True)
    match [ArrayReader(segment, gone, generation) for segment, gone in pairs]:
        case []:
            return EmptyReader(SCHEMA)
        case [only]:
            return only
        case readers:
            return MultiReader(list(readers), generation)


def searcher_over(segments: Sequence[Segment], deleted: Sequence[Bools | None]) -> Searcher:
    """Whoosh's searcher of these segments, which scores as searches here do."""
    return Searcher(reader_over(segments, deleted), weighting=RANKING)


class ArrayReader(IndexReader):
    """One segment, by the fields of the schema.

    Stored fields are ids and titles, for texts are in the store. The vectors of posts are those of
    `vectors.py`. There are no columns: Whoosh sorts and groups by the terms of a field.
    """

    def __init__(self, segment: Segment, deleted: Bools | None = None, generation: int | None = None) -> None:
        self.schema = SCHEMA
        self.is_closed = False
        self._segment = segment
        self._deleted = np.zeros(segment.documents, np.bool_) if deleted is None else deleted
        self._generation = generation
        self._terms = SegmentTerms(segment)

    def __contains__(self, term: tuple[str, str | bytes]) -> bool:
        return self._find(*term) >= 0

    def close(self) -> None:
        """Nothing is open but mapped files, which others may read."""
        self.is_closed = True

    def generation(self) -> int | None:
        """The number of the generation that the segment is read in, if it is of one."""
        return self._generation

    def indexed_field_names(self) -> Iterable[str]:
        """The fields that have terms."""
        return self._terms.fields

    def all_terms(self) -> Iterator[tuple[str, bytes]]:
        """All fields and terms, in order."""
        return self.terms_from("", b"")

    def terms_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[str, bytes]]:
        """The terms of a field from this one on, then those of the fields that sort behind it."""
        for name in self._terms.fields:
            if name >= fieldname:
                first = prefix if name == fieldname else b""
                yield from ((name, term) for term in self._terms.of(name, first))

    def lexicon(self, fieldname: str) -> Iterator[bytes]:
        """The terms of a field."""
        return self._terms.of(fieldname)

    def cursor(self, fieldname: str) -> FieldCursor:
        """A place among the terms of a field."""
        terms = self._terms.listed(fieldname)
        if terms is None:
            return EmptyCursor()
        return TermCursor(terms, SCHEMA[fieldname], partial(self.term_info, fieldname))

    def term_info(self, fieldname: str, text: str | bytes) -> TermInfo:
        """What is known of a term; raises Whoosh's `TermNotFound`."""
        documents, frequencies = self._terms.postings(fieldname, self._found(fieldname, text))
        return self._terms.described(fieldname, documents, frequencies)

    def postings(self, fieldname: str, text: str | bytes, **kwargs: Any) -> Matcher:
        """The documents of a term that are not deleted, to be scored by `scorer`; or `TermNotFound`."""
        number = self._found(fieldname, text)
        documents, frequencies = self._terms.postings(fieldname, number)
        kept = np.flatnonzero(~self._deleted[documents])
        positions = None
        if fieldname in SCORED:
            decode = partial(self._segment.fields[fieldname].positions, number, kept)
            positions = EncodedPositions(len(kept), decode)
        return PostingList(
            (fieldname, self._text_to_bytes(fieldname, text)),
            documents[kept],
            frequencies[kept],
            positions=positions,
            described=self._terms.described(fieldname, documents, frequencies),
            scorer=kwargs.get("scorer"),
        )

    def frequency(self, fieldname: str, text: str | bytes) -> int:
        """How often a term stands in all documents."""
        number = self._find(fieldname, text)
        return int(self._terms.postings(fieldname, number)[1].sum()) if number >= 0 else 0

    def doc_frequency(self, fieldname: str, text: str | bytes) -> int:
        """In how many documents a term stands, deleted ones included."""
        number = self._find(fieldname, text)
        return len(self._terms.postings(fieldname, number)[0]) if number >= 0 else 0

    def has_deletions(self) -> bool:
        """Whether any document is deleted."""
        return bool(self._deleted.any())

    def is_deleted(self, docnum: int) -> bool:
        """Whether this one is. Whoosh asks for the one behind the last, too."""
        return docnum < len(self._deleted) and bool(self._deleted[docnum])

    def doc_count_all(self) -> int:
        """How many documents there are, deleted ones included."""
        return self._segment.documents

    def doc_count(self) -> int:
        """How many there are without the deleted ones."""
        return self._segment.documents - int(np.count_nonzero(self._deleted))

    def field_length(self, fieldname: str) -> int:
        """How many terms all documents have in a field; 0 where lengths are not counted."""
        return int(self._terms.lengths(fieldname).sum(dtype=np.int64))

    def min_field_length(self, fieldname: str) -> int:
        """How many the shortest has."""
        return int(self._terms.lengths(fieldname).min(initial=0))

    def max_field_length(self, fieldname: str) -> int:
        """How many the longest has."""
        return int(self._terms.lengths(fieldname).max(initial=0))

    def doc_field_length(self, docnum: int, fieldname: str, default: int = 0) -> int:
        """How many terms this document has in a field."""
        return int(self._terms.lengths(fieldname)[docnum]) if fieldname in SCORED else default

    def stored_fields(self, docnum: int) -> dict[str, Any]:
        """The kind of a document and the id of its post; with a post's title, or a comment's id."""
        columns, comment = self._segment.columns, docnum - self._segment.columns.posts
        if comment < 0:
            return {"kind": POST, "post": _text(columns.ids[docnum]), "title": columns.titles[docnum]}
        post, own = columns.ids[columns.parents[comment]], columns.comment_ids[comment]
        return {"kind": COMMENT, "post": _text(post), "comment": _text(own)}

    def has_vector(self, docnum: int, fieldname: str) -> bool:
        """Whether the document has terms by which others like it are found."""
        return bool(vector(self._segment, docnum, fieldname))

    def vector(self, docnum: int, fieldname: str, format_: Format | None = None) -> Matcher:
        """These terms, and how often it has each; raises `KeyError` where there are none."""
        terms = vector(self._segment, docnum, fieldname)
        if not terms:
            raise KeyError(f"document {docnum} has no vector of {fieldname}")
        ascending = sorted(terms)
        times = [terms[term] for term in ascending]
        return ListMatcher(
            ascending,
            weights=[float(count) for count in times],
            values=[pack_uint(count) for count in times],
            format=format_ or Frequency(),
        )

    def _found(self, fieldname: str, text: str | bytes) -> int:
        number = self._find(fieldname, text)
        if number < 0:
            raise TermNotFound(f"{fieldname}:{text!r}")
        return number

    def _find(self, fieldname: str, text: str | bytes) -> int:
        if fieldname not in self._terms.fields:
            return -1
        return self._terms.find(fieldname, self._text_to_bytes(fieldname, text))


def _text(identity: bytes) -> str:
    return identity.decode("utf-8", "replace")
