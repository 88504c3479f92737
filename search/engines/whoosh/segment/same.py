"""Which term of another field has the very same documents, in little more than a byte a term.

Fields are sorted alike, so words and their stems come in about the same order: 64 words that follow one
another mostly have stems near one another. A base is written for every 64 terms, and a byte for each term:
how far its counterpart is from the base. What is too far for a byte is in a short sorted list.
"""

from __future__ import annotations

from typing import Any, Final, Self

import numpy as np
from numpy.typing import NDArray

from search.engines.whoosh.arrays import Ints, smallest
from search.engines.whoosh.segment.array_file import ArrayFile

_STRIDE: Final = 64
_FAR: Final = 255
_NONE: Final = 254


class Same:
    """The other field's term for each term of a field, or -1. Raises `ValueError` where it is damaged."""

    def __init__(
        self, near: NDArray[Any], bases: NDArray[Any], far: NDArray[Any], far_from: NDArray[Any], others: int
    ) -> None:
        self._near = near
        self._bases = bases
        self._far = far
        self._far_from = far_from
        self._others = others

    @classmethod
    def of(cls, same: Ints, others: int) -> Self:
        """Lay out the numbers of terms of a field that has `others` terms."""
        has = same >= 0
        padded = np.full(-(-len(same) // _STRIDE) * _STRIDE, np.nan)
        padded[: len(same)][has] = same[has]
        rows = padded.reshape(-1, _STRIDE)
        rows[np.isnan(rows).all(axis=1)] = 0
        bases = np.maximum(np.nanmedian(rows, axis=1).astype(np.int64) - _NONE // 2, 0) if len(rows) else rows
        near = same.astype(np.int64) - np.repeat(bases, _STRIDE)[: len(same)]
        far = np.flatnonzero(has & ((near < 0) | (near >= _NONE)))
        near[far] = _FAR
        near[~has] = _NONE
        bases = smallest(bases.astype(np.int64).ravel())
        return cls(near.astype(np.uint8), bases, smallest(far), smallest(same[far]), others)

    @classmethod
    def read(cls, file: ArrayFile, name: str, terms: int, others: int) -> Self:
        """What `arrays` named so, for a field of so many terms and another of so many."""
        far = file.array(f"{name}.far", "u")
        return cls(
            file.array(f"{name}.near", "u", count=terms),
            file.array(f"{name}.bases", "u", count=-(-terms // _STRIDE)),
            far,
            file.array(f"{name}.far_from", "u", count=len(far)),
            others,
        )

    def arrays(self, name: str) -> dict[str, NDArray[Any]]:
        """What `read` reads, to be written into a file."""
        return {
            f"{name}.near": self._near,
            f"{name}.bases": self._bases,
            f"{name}.far": self._far,
            f"{name}.far_from": self._far_from,
        }

    def __getitem__(self, numbers: Ints) -> NDArray[np.int64]:
        """The counterparts of terms."""
        near = self._near[numbers].astype(np.int64)
        found: NDArray[np.int64] = near + self._bases[numbers // _STRIDE]
        found[near == _NONE] = -1
        far = np.flatnonzero(near == _FAR)
        if len(far):
            rows = np.searchsorted(self._far, numbers[far])
            if (rows >= len(self._far)).any() or (self._far[rows] != numbers[far]).any():
                raise ValueError("a term has no counterpart where one is said to be")
            found[far] = self._far_from[rows]
        if len(found) and found.max() >= self._others:
            raise ValueError("a term has a counterpart that is not there")
        return found
