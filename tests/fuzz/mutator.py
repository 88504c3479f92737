"""Floods: one piece of an input again and again, which is what takes a parser more time than it should."""

from __future__ import annotations

import random

_MOST = 1 << 14
_ONE_IN = 200
_LONGEST_PIECE = 24


def flooded(data: bytes, chance: random.Random) -> bytes:
    """The input with a short piece of it repeated, up to 16 KiB in all; mostly the input as it is."""
    if len(data) < 2 or chance.randrange(_ONE_IN):
        return data
    start = chance.randrange(len(data) - 1)
    piece = data[start : start + 1 + chance.randrange(_LONGEST_PIECE)]
    times = min(chance.choice((10, 100, 1_000)), (_MOST - len(data)) // len(piece))
    return data[:start] + piece * max(times, 1) + data[start:]
