"""Operators for words in order: phrases, and words near each other."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from itertools import pairwise, product
from typing import Final

import numpy as np

from search.engines.whoosh.evaluating.hits import NO_DOCUMENTS, Documents, Hits, common, constant
from search.engines.whoosh.evaluating.operators.operator import Operator
from search.engines.whoosh.evaluating.places import (
    Layout,
    Places,
    PlaceSet,
    chained,
    distinct,
    followed,
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
    size: int
    """In how many documents it may be."""


class InOrder(Operator):
    """Documents in which words stand in order: `slop` others may be among all of them.

    Each word is any of its alternatives. Two words in a row that are both very common are looked up as a
    pair, where no others may be among them: that spares reading where either stands. `scores` is an operator
    that scores the documents, or None where nobody asks. With `each`, `slop` is how far each word may be
    from the one before, which is what Whoosh means by it.
    """

    __slots__ = ("_apart", "_fieldname", "_pairs", "_run", "_scores", "_words")

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
        self._run = run
        self._scores = scores
        self._fieldname = fieldname
        self._apart = _apart(slop, each)
        encoded = [tuple(dict.fromkeys(_utf8(term) for term in terms)) for terms in alternatives]

        def part(offset: int, name: str, terms: tuple[bytes, ...]) -> Part:
            found = tuple(run.postings.find(name, term) for term in terms)
            return Part(offset, name, terms, found, sum(each.frequency for each in found))

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
        several = [(segments, self._documents(parts, within)) for segments, parts in self._by_parts()]
        if len(several) == 1:
            found = several[0][1]
        else:
            only_in = self._run.numbering.only_in
            found = np.concatenate([NO_DOCUMENTS, *(only_in(*each) for each in several)])
            found.sort()
        return constant(found) if self._scores is None else self._scores.hits(found)

    def _by_parts(self) -> list[tuple[Sequence[int], Sequence[Part]]]:
        """What to look for, and in which segments: those that have all the words."""
        segments = range(len(self._run.segments))
        if not any(self._pairs):
            return [(segments, self._words)]
        found: dict[Hashable, tuple[list[int], list[Part]]] = {}
        for segment in segments:
            if all(any(term.frequencies[segment] for term in word.found) for word in self._words):
                parts = self._parts(segment)
                key = tuple((part.offset, part.fieldname) for part in parts)
                found.setdefault(key, ([], parts))[0].append(segment)
        return list(found.values())

    def _documents(self, parts: Sequence[Part], within: Documents | None) -> Documents:
        """Those that have the parts in order; looked for among those that have all of them, if need be."""
        rarest = min(parts, key=lambda part: part.size)
        if len(parts) == 1 or not rarest.size:
            return self._having_all(parts, within)
        postings, layout = self._run.postings, self._run.postings.layout(self._fieldname)
        whole = [
            all(postings.are_places_worth(part.fieldname, term, rarest.size) for term in part.found)
            for part in parts
        ]
        few = within if all(whole) else self._having_all(parts, within)
        if few is not None and not len(few):
            return NO_DOCUMENTS
        known = [None if every else few for every in whole]
        if self._apart is None:
            places = self._adjacent(parts, known, layout)
        else:
            places = self._apart(
                [self._places(*part, layout) for part in zip(parts, known, strict=True)], layout
            )
        documents = distinct(layout.documents(places))
        if within is not None:
            documents = documents.take(common(documents, within, self._run.numbering.documents)[0])
        return documents

    def _having_all(self, parts: Sequence[Part], within: Documents | None) -> Documents:
        """The documents that have all parts, wherever these stand."""
        postings, several = self._run.postings, []
        for part in sorted(parts, key=lambda part: part.size):
            self._run.deadline.check()
            listed = [postings.documents(part.fieldname, term) for term in part.found]
            several.append(listed[0] if len(listed) == 1 else np.unique(np.concatenate(listed)))
        found, *others = several if within is None else [within, *several]
        for other in others:
            found = found.take(common(found, other, self._run.numbering.documents)[0])
        return found

    def _adjacent(self, parts: Sequence[Part], known: Sequence[Documents | None], layout: Layout) -> Places:
        """Where the parts stand side by side: the rarest one's places, looked up among the others'."""
        rarest, *others = sorted(zip(parts, known, strict=True), key=lambda part: part[0].size)
        starts = self._places(*rarest, layout) - rarest[0].offset
        for part, documents in others:
            places: Places | PlaceSet
            if documents is None and len(part.found) == 1:
                places = self._run.postings.place_set(part.fieldname, part.found[0], layout)
            else:
                places = self._places(part, documents, layout)
            starts = followed(starts, part.offset, places)
        return starts

    def _places(self, part: Part, documents: Documents | None, layout: Layout) -> Places:
        """Where a part stands: in these documents, or in all."""
        postings = self._run.postings
        several = []
        for term in part.found:
            self._run.deadline.check()
            if documents is None:
                several.append(postings.places(part.fieldname, term, layout))
            else:
                several.append(postings.places_in(part.fieldname, term, layout, documents))
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


def _apart(slop: int, each: bool) -> Callable[[Sequence[Places], Layout], Places] | None:
    """The function that tells where parts stand together with others among them; None without others."""
    if slop == (1 if each else 0):
        return None
    find = chained if each else near
    return lambda words, layout: find(words, slop, layout)


def _utf8(term: str) -> bytes:
    return term.encode("utf-8", "surrogatepass")
