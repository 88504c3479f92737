"""BM25F as Whoosh has it (`whoosh.scoring.BM25F`), for all documents of a term at once."""

from __future__ import annotations

from math import log
from typing import Final

import numpy as np
from numpy.typing import NDArray
from whoosh.scoring import BM25F

from search.engines.whoosh.arrays import Ints

K1: Final = 1.2
B: Final = 0.75

RANKING: Final = BM25F(B=B, K1=K1)
"""What Whoosh's own searcher has to be given to score the same."""

SCORED: Final = ("title", "body")
"""The fields whose frequencies and lengths count. Any other field's term scores 1."""


def rarity(documents: int, having: int) -> float:
    """How telling a term is that so many of all documents have: Whoosh's idf, which is always above 0."""
    return log(max(documents, 1) / (having + 1)) + 1


def bm25(frequencies: Ints, lengths: Ints, average: float, weight: float) -> NDArray[np.float32]:
    """The scores of documents with these frequencies of a term and lengths of the field.

    `average` is the field's average length, `weight` the term's rarity times its boost. Whoosh's formula
    is `weight * tf * (K1 + 1) / (tf + K1 * (1 - B + B * length / average))`. Single precision is off by less
    than a millionth.
    """
    scores = frequencies.astype(np.float32)
    norms = lengths.astype(np.float32)
    norms *= K1 * B / average
    norms += K1 * (1 - B)
    norms += scores
    scores *= weight * (K1 + 1)
    scores /= norms
    return scores
