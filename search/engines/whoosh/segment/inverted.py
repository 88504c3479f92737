"""A field inverted in memory: what the builder hands to the segment's writer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Inverted:
    """Terms and postings as plain arrays.

    `terms` ascend (as UTF-8) and are distinct. The postings of term `t` are at
    `starts[t]:starts[t + 1]` of `documents` (ascending there) and of `frequencies`; the positions of
    posting `p` are the next `frequencies[p]` of `positions`, ascending there, in the order of postings.

    A field that only says which documents have a term has neither frequencies nor positions. In such a
    field, `same` may be the number of a term of another field that has the very same documents, or -1:
    a term with one has no postings here. `lengths` is as long as there are documents.
    """

    terms: Sequence[bytes]
    starts: NDArray[np.int64]
    documents: NDArray[np.int32]
    lengths: NDArray[np.int32]
    frequencies: NDArray[np.int32] | None = None
    positions: NDArray[np.int32] | None = None
    same: NDArray[np.int32] | None = None
