"""Operators for words in order: phrases, and words near each other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise, product
from typing import Final

import numpy as np

from search.engines.whoosh.evaluating.hits import NO_DOCUMENTS, Documents, Hits, common
from search.engines.whoosh.evaluating.operator import BySegment, Operator
from search.engines.whoosh.evaluating.places import (
    Layout,
    Places,
    adjacent,
    chained,
    distinct,
    near,
    together,
)
from search.engines.whoosh.evaluating.postings import Found
from search.engines.whoosh.evaluating.run import Run

PAIRS_OF: Final = {"body": "body_pair"}
"""The field that holds the pairs of very common words of another."""


@dataclass(frozen=True, slots=True)
class Part:
    """A word of a phrase, or two in a row, and which terms it may be."""

    offset: int
    fieldname: str
    terms: tuple[bytes, ...]
    found: tuple[Found, ...]

    @property
    def size(self) -> int:
        """In how many documents it may be."""
        return sum(found.frequency for found in self.found)

    def in_(self, segment: int) -> list[Found]:
        """Those of its terms that a segment has."""
        return [found for found in self.found if found.numbers[segment] >= 0]


class InOrder(BySegment):
    """Documents in which words stand in order: `slop` others may be among all of them.

    Each word is any of its alternatives. Two words in a row that are both very common are looked up as a
    pair, where no others may be among them: that spares reading where either stands. `scores` is an operator
    that scores the documents, or None where nobody asks. With `each`, `slop` is how far each word may be
    from the one before, which is what Whoosh means by it.
    """

    __slots__ = ("_fieldname", "_pairs", "_scores", "_where", "_words")

    def __init__(
        self,
        run: Run,
        fieldname: str,
        alternatives: Sequence[Sequence[str]],
        *,
        scores: Operator | None,
        slop: int,
        each: bool = False,
    ) -> None:
        super().__init__(run, 0.0)
        self._scores = scores
        self._fieldname = fieldname
        self._where = _where(slop, each)
        encoded = [tuple(dict.fromkeys(_utf8(term) for term in terms)) for terms in alternatives]

        def part(offset: int, name: str, terms: tuple[bytes, ...]) -> Part:
            return Part(offset, name, terms, tuple(run.postings.find(name, term) for term in terms))

        self._words = [part(offset, fieldname, terms) for offset, terms in enumerate(encoded)]
        self._pairs: list[Part | None] = [None] * len(encoded)
        if slop == (1 if each else 0) and fieldname in PAIRS_OF:
            for offset, (one, other) in enumerate(pairwise(encoded)):
                if any(self._common(offset, segment) for segment in range(len(run.segments))):
                    pairs = tuple(b"%s %s" % pair for pair in product(one, other))
                    self._pairs[offset] = part(offset, PAIRS_OF[fieldname], pairs)
        self.size = min(word.size for word in self._words)

    def hits(self, within: Documents | None = None) -> Hits:
        """The documents in which the words stand so."""
        found = super().hits(within)
        return found if self._scores is None else self._scores.hits(found.documents)

    def documents(self, segment: int, within: Documents | None) -> Documents:
        """Those of a segment; looked for among those that have all of the words, if need be."""
        parts = self._parts(segment)
        rarest = min(sum(term.frequencies[segment] for term in part.in_(segment)) for part in parts)
        if not rarest:
            return NO_DOCUMENTS
        if len(parts) == 1:
            return self._having_all(parts, segment, within)
        postings, layout = self._run.postings, self._run.postings.layout(self._fieldname, segment)
        few = within
        terms = [term for part in parts for term in part.in_(segment)]
        if not all(postings.are_places_worth(term, segment, rarest) for term in terms):
            few = self._having_all(parts, segment, within)
            if not len(few):
                return NO_DOCUMENTS
        places = [(part.offset, self._places(part, segment, layout, few)) for part in parts]
        documents = distinct(layout.documents(self._where(places, layout)))
        if within is not None:
            documents = documents.take(common(documents, within, self._run.segments[segment].documents)[0])
        return documents

    def _having_all(self, parts: Sequence[Part], segment: int, within: Documents | None) -> Documents:
        """The documents of a segment that have all parts, wherever these stand."""
        postings, size = self._run.postings, self._run.segments[segment].documents
        several = []
        for part in parts:
            self._run.deadline.check()
            listed = [postings.documents_in(part.fieldname, term, segment) for term in part.in_(segment)]
            several.append(listed[0] if len(listed) == 1 else np.unique(np.concatenate(listed)))
        several.sort(key=len)
        found, *others = several if within is None else [within, *several]
        for other in others:
            found = found.take(common(found, other, size)[0])
        return found

    def _places(self, part: Part, segment: int, layout: Layout, documents: Documents | None) -> Places:
        """Where a part stands, at least in these documents; in all of them where that is known anyway."""
        postings = self._run.postings
        several = []
        for term in part.in_(segment):
            self._run.deadline.check()
            if documents is None or postings.are_places_worth(term, segment, len(documents)):
                several.append(postings.places(part.fieldname, term, segment, layout))
            else:
                several.append(postings.places_in(part.fieldname, term, segment, layout, documents))
        return together(several, layout)

    def _parts(self, segment: int) -> list[Part]:
        """What to look for in a segment: pairs, the last one overlapping where need be, and single words."""
        usable = [
            pair if pair is not None and self._common(offset, segment) else None
            for offset, pair in enumerate(self._pairs)
        ]
        parts: list[Part] = []
        offset = 0
        while offset < len(self._words):
            if (pair := usable[offset]) is not None:
                parts.append(pair)
                offset += 2
            else:
                overlapping = usable[offset - 1] if offset else None
                parts.append(overlapping or self._words[offset])
                offset += 1
        return parts

    def _common(self, offset: int, segment: int) -> bool:
        """Whether the word at this place and the next are both very common in a segment, in every form."""
        common_terms = self._run.segments[segment].common
        return all(
            term in common_terms
            for word in self._words[offset : offset + 2]
            for term, found in zip(word.terms, word.found, strict=True)
            if found.numbers[segment] >= 0
        )


def _where(slop: int, each: bool) -> Callable[[Sequence[tuple[int, Places]], Layout], Places]:
    """The function that tells where parts, given with their offsets, stand together."""
    if slop == (1 if each else 0):
        return lambda words, _: adjacent(words)
    find = chained if each else near
    return lambda words, layout: find([places for _, places in words], slop, layout)


def _utf8(term: str) -> bytes:
    return term.encode("utf-8", "surrogatepass")
