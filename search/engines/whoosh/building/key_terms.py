"""The terms that tell a post from others, by which posts like it are found."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from search.engines.whoosh.segment.inverted import Inverted
from search.engines.whoosh.segment.spans import edges

MOST: Final = 8
"""Key terms of a post at most."""

MOST_OF_FEW: Final = 12
"""The same in a segment of few documents, where it is a guess which terms tell most."""

SHARE: Final = 0.1
"""Terms in a larger share of the documents say little of any."""

FEW: Final = 200
"""Documents below which a segment is no sample of the archive: there a term may be in one, or in all."""

_SCORE_BITS: Final = 24


def key_terms(body: Inverted, posts: int) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
    """Where the key terms of each of the first `posts` documents begin, and their numbers.

    The most telling come first: by tf · idf, frequency times the logarithm of the share of documents that
    lack the term (Spärck Jones, 1972), and of equals the first term.
    """
    documents = len(body.lengths)
    have = np.diff(body.starts)
    most = MOST if documents >= FEW else MOST_OF_FEW
    telling = (have >= 2) & (have <= SHARE * documents) if documents >= FEW else have > 0
    term = np.repeat(np.arange(len(have), dtype=np.int32), have)
    chosen = np.flatnonzero(telling[term] & (body.documents < posts))
    term, document = term[chosen], body.documents[chosen]
    frequency = np.ones(len(term), np.int32) if body.frequencies is None else body.frequencies[chosen]
    idf = np.log((documents + 1) / np.maximum(have, 1))
    order = _best_first(document, (frequency * idf[term]).astype(np.float64))
    counts = np.bincount(document, minlength=posts)
    place = np.arange(len(order)) - np.repeat(edges(counts)[:-1], counts)
    return edges(np.minimum(counts, most)), term[order[place < most]]


def _best_first(document: NDArray[np.int32], score: NDArray[np.float64]) -> NDArray[np.int64]:
    """An order by document, then by score from the highest: both as one number, for one sort."""
    highest = float(score.max(initial=0.0)) or 1.0
    lacking = ((1.0 - score / highest) * ((1 << _SCORE_BITS) - 1)).astype(np.int64)
    return np.argsort(document.astype(np.int64) << _SCORE_BITS | lacking, kind="stable")
