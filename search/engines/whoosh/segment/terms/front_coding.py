"""Writes the text of a dictionary, all terms at once; `dictionary.py` says how it looks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from search.engines.whoosh.segment.spans import edges, spans

Numbers = NDArray[np.int64]

BLOCK: Final = 16
"""How many terms a block has."""
_PORTION: Final = BLOCK << 12
"""How many terms are coded at a time: whole blocks."""
MORE: Final = 15
"""Says that a number follows in two bytes."""
DIGITS: Final = 14
"""Says that so many hexadecimal digits follow, as the next byte says."""
_LONGEST: Final = 65_535
_FEWEST: Final = 5
"""From how many digits on they take less when they are packed."""

_DIGIT: Final = np.full(256, 16, np.uint8)
_DIGIT[np.frombuffer(b"0123456789abcdef", np.uint8)] = np.arange(16)


def front_coded(terms: Sequence[bytes]) -> tuple[NDArray[np.uint8], Numbers]:
    """The text, and where each block begins and the last one ends; `ValueError` for a term too long.

    It is made in portions: what takes eight bytes a letter on the way is never there for all of them.
    """
    texts, sizes = [np.zeros(0, np.uint8)], [np.zeros(0, np.int64)]
    for begin in range(0, len(terms), _PORTION):
        text, size = _front_coded(terms[begin : begin + _PORTION])
        texts.append(text)
        sizes.append(size)
    return np.concatenate(texts), edges(np.concatenate(sizes))


def _front_coded(terms: Sequence[bytes]) -> tuple[NDArray[np.uint8], Numbers]:
    """The text of some blocks, and how many bytes each has."""
    lengths = np.fromiter(map(len, terms), np.int64, len(terms))
    if lengths.max(initial=0) > _LONGEST:
        raise ValueError(f"a term has {lengths.max():,} bytes")
    text = np.frombuffer(b"".join(terms), np.uint8)
    shared = _shared(text, lengths)
    follow, begin = lengths - shared, edges(lengths)[:-1] + shared
    is_letter = edges(_DIGIT[text] == 16)
    packed = (is_letter[begin + follow] == is_letter[begin]) & (follow >= _FEWEST) & (follow <= 255)
    more = ~packed & (follow >= DIGITS)
    heads = 1 + 2 * (shared >= MORE) + packed + 2 * more
    starts = edges(heads + np.where(packed, (follow + 1) // 2, follow))
    code = np.zeros(starts[-1], np.uint8)
    short = np.where(packed, DIGITS, np.where(more, MORE, follow))
    code[starts[:-1]] = np.minimum(shared, MORE) << 4 | short
    _write(code, (starts[:-1] + 1)[shared >= MORE], shared[shared >= MORE])
    _write(code, (starts[:-1] + heads - 2)[more], follow[more])
    body = starts[:-1] + heads
    code[body[packed] - 1] = follow[packed]
    code[spans(body[~packed], follow[~packed])] = text[spans(begin[~packed], follow[~packed])]
    _pack(code, body[packed], _DIGIT[text[spans(begin[packed], follow[packed])]], follow[packed])
    return code, np.diff(np.append(starts[:-1:BLOCK], starts[-1]))


def _shared(text: NDArray[np.uint8], lengths: Numbers) -> Numbers:
    """How many bytes each term has in common with the one before, in its block; none if it is the first."""
    starts = edges(lengths)
    shared = np.zeros(len(lengths), np.int64)
    common = np.minimum(lengths[1:], lengths[:-1])
    alike = np.flatnonzero((np.arange(1, len(lengths)) % BLOCK != 0) & (common > 0)) + 1
    at = 0
    while len(alike):
        alike = alike[text[starts[alike] + at] == text[starts[alike - 1] + at]]
        at += 1
        shared[alike] = at
        alike = alike[common[alike - 1] > at]
    return shared


def _write(code: NDArray[np.uint8], places: Numbers, numbers: Numbers) -> None:
    code[places], code[places + 1] = numbers & 255, numbers >> 8


def _pack(code: NDArray[np.uint8], starts: Numbers, digits: NDArray[np.uint8], counts: Numbers) -> None:
    """Write digits, the first of two in the upper half of their byte."""
    index = spans(np.zeros(len(counts), np.int64), counts)
    places = np.repeat(starts, counts) + index // 2
    upper = index % 2 == 0
    code[places[upper]] = digits[upper] << 4
    code[places[~upper]] |= digits[~upper]
