"""Which operator finds the documents that have a term, in whatever kind of field."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from search.engines.whoosh.arrays import Ints
from search.engines.whoosh.evaluating.operators.columns import Span, ValueOfComments, ValueOfPosts
from search.engines.whoosh.evaluating.operators.operator import Operator
from search.engines.whoosh.evaluating.operators.words import AnyTermIn, TermIn
from search.engines.whoosh.evaluating.run import Run
from search.engines.whoosh.patterns.vocabulary import NAME_OF, Values, find, name_words
from search.engines.whoosh.segment.columns import COMMENTER, KEYWORDS
from search.engines.whoosh.segment.segment import FIELDS

TEXTS: Final = tuple(name for name in FIELDS if name != "body_pair")
"""Fields whose terms are looked up in postings."""

OF_TERMS: Final = frozenset((*TEXTS, *KEYWORDS, *NAME_OF))
"""All fields that have terms; those besides `TEXTS` have them in columns."""


@dataclass(frozen=True, slots=True)
class Leaves:
    """Operators without others below them, for one search.

    With `comments` false, comments that match as their posts do need not be found.
    """

    run: Run
    comments: bool

    def term(self, fieldname: str, term: bytes, score: float) -> Operator:
        """Documents that have a term in a field of text or of values."""
        if fieldname in TEXTS:
            return TermIn(self.run, fieldname, term, score)
        return self._values(fieldname, self._having(fieldname, term), score)

    def any_term(self, fieldname: str, numbers: Sequence[Ints], score: float) -> Operator:
        """Documents that have any of the terms, or values, of these numbers in each segment."""
        if fieldname in TEXTS:
            return AnyTermIn(self.run, fieldname, numbers, score)
        return self._values(fieldname, numbers, score)

    def span(self, score: float, *, posts: bool, comments: bool) -> Operator:
        """All posts, all comments, or both."""
        return Span(self.run, score, posts=posts, comments=comments)

    def _values(self, fieldname: str, values: Sequence[Ints], score: float) -> Operator:
        """Documents that have any of these values, or are comments of posts that have."""
        name = NAME_OF.get(fieldname, fieldname)
        if name == COMMENTER:
            return ValueOfComments(self.run, values, score)
        return ValueOfPosts(self.run, name, values, score, comments=self.comments)

    def _having(self, fieldname: str, term: bytes) -> list[Ints]:
        """The numbers of the values that are, or of a field of name words have, a term."""
        found: list[Ints] = []
        for place, segment in enumerate(self.run.segments):
            if fieldname in NAME_OF:
                words = name_words(self.run.index, place, fieldname)
                chosen = words.values_of_any(_if_there(find(words, term)))
            else:
                chosen = _if_there(find(Values(segment.columns.keywords[fieldname].values), term))
            found.append(chosen)
        return found


def _if_there(number: int) -> Ints:
    return np.array([number] if number >= 0 else [], np.int64)
