"""Names for the arrays that answers are computed with, and the smallest kind that holds their numbers."""

from __future__ import annotations

from typing import Any, Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

Ints: TypeAlias = NDArray[np.integer[Any]]
Floats: TypeAlias = NDArray[np.floating[Any]]
Bools: TypeAlias = NDArray[np.bool_]

_UNSIGNED: Final = (np.uint8, np.uint16, np.uint32, np.uint64)
_SIGNED: Final = (np.int8, np.int16, np.int32, np.int64)


def smallest(numbers: Ints) -> Ints:
    """The same numbers in the smallest kind that holds them all, unsigned where none is below zero.

    Small kinds overflow without a word, so whoever calculates with such an array converts it first.
    """
    lowest, highest = (int(numbers.min()), int(numbers.max())) if len(numbers) else (0, 0)
    for kind in _UNSIGNED if lowest >= 0 else _SIGNED:
        if np.iinfo(kind).min <= lowest and highest <= np.iinfo(kind).max:
            return numbers.astype(kind)
    raise ValueError(f"no kind of array holds {lowest:,} and {highest:,}")
