"""Which term of another field has the very same documents.

Fields are sorted alike, so words and their stems come in about the same order: 64 words that follow one
another mostly have stems near one another. A base is written for every 64 terms. How far a term's
counterpart is from the base is said by its shape, the byte which else says in how many documents a rare term
is (`shapes.py`). What is too far for a byte is in a short sorted list.
"""

from __future__ import annotations

from typing import Any, Final, Self

import numpy as np
from numpy.typing import NDArray

from search.engines.whoosh.arrays import Ints, smallest
from search.engines.whoosh.segment.array_file import ArrayFile
from search.engines.whoosh.segment.postings.shapes import FAR, NEAR

_STRIDE: Final = 64
_REACH: Final = FAR - NEAR
"""How many numbers from a base on a byte can say."""


class Same:
    """The other field's term for each term of a field, or -1. Raises `ValueError` where it is damaged."""

    def __init__(
        self,
        shapes: NDArray[np.uint8],
        bases: NDArray[Any],
        far: NDArray[Any],
        far_from: NDArray[Any],
        others: int,
    ) -> None:
        self._shapes = shapes
        self._bases = bases
        self._far = far
        self._far_from = far_from
        self._others = others

    @classmethod
    def of(cls, same: Ints, shapes: NDArray[np.uint8], others: int) -> Self:
        """Lay out the numbers of terms of a field that has `others` terms, or -1.

        The shapes of the terms that have one are set.
        """
        has = same >= 0
        padded = np.full(-(-len(same) // _STRIDE) * _STRIDE, np.nan)
        padded[: len(same)][has] = same[has]
        rows = padded.reshape(-1, _STRIDE)
        rows[np.isnan(rows).all(axis=1)] = 0
        bases = (
            np.maximum(np.nanmedian(rows, axis=1).astype(np.int64) - _REACH // 2, 0) if len(rows) else rows
        )
        near = same.astype(np.int64) - np.repeat(bases, _STRIDE)[: len(same)]
        shapes[has] = np.where((near >= 0) & (near < _REACH), near + NEAR, FAR)[has]
        far = np.flatnonzero(shapes == FAR)
        bases = smallest(bases.astype(np.int64).ravel())
        return cls(shapes, bases, smallest(far), smallest(same[far]), others)

    @classmethod
    def read(cls, file: ArrayFile, name: str, shapes: NDArray[np.uint8], others: int) -> Self:
        """What `arrays` named so, for a field of these shapes and another of so many terms."""
        far = file.array(f"{name}.far", "u")
        return cls(
            shapes,
            file.array(f"{name}.bases", "u", count=-(-len(shapes) // _STRIDE)),
            far,
            file.array(f"{name}.far_from", "u", count=len(far)),
            others,
        )

    def arrays(self, name: str) -> dict[str, NDArray[Any]]:
        """What `read` reads, to be written into a file beside the shapes."""
        return {
            f"{name}.bases": self._bases,
            f"{name}.far": self._far,
            f"{name}.far_from": self._far_from,
        }

    def __getitem__(self, numbers: Ints) -> NDArray[np.int64]:
        """The counterparts of terms."""
        shapes = self._shapes[numbers].astype(np.int64)
        found: NDArray[np.int64] = shapes - NEAR + self._bases[numbers // _STRIDE]
        found[(shapes < NEAR) | (shapes > FAR)] = -1
        far = np.flatnonzero(shapes == FAR)
        if len(far):
            rows = np.searchsorted(self._far, numbers[far])
            if (rows >= len(self._far)).any() or (self._far[rows] != numbers[far]).any():
                raise ValueError("a term has no counterpart where one is said to be")
            found[far] = self._far_from[rows]
        if len(found) and found.max() >= self._others:
            raise ValueError("a term has a counterpart that is not there")
        return found
