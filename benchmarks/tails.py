"""What grows with a collection: names and words that nobody had used before (Heaps' law)."""

from __future__ import annotations

import math
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

_SYLLABLES: Final = tuple(consonant + vowel for consonant in "bcdfghjklmnpqrstvwxz" for vowel in "aeiou")
_LENGTH: Final = 4
_WORDS: Final = len(_SYLLABLES) ** _LENGTH
_SPREAD: Final = 48_271
"""Has no divisor in common with `_WORDS`: neighbours in number begin with different letters."""


@dataclass(frozen=True, slots=True)
class Growth:
    """How many distinct values there are among so many: `distinct * (n / total) ** exponent`.

    The exponent is measured between half of the values and all of them.
    """

    total: int
    distinct: int
    exponent: float

    @classmethod
    def of(cls, groups: Iterable[Sequence[str]]) -> Growth:
        """Measure the values of documents that come in no order."""
        documents = list(groups)
        half: set[str] = set()
        for values in documents[: len(documents) // 2]:
            half.update(values)
        everything = half.union(*documents[len(documents) // 2 :])
        exponent = math.log2(len(everything) / len(half)) if half else 0.0
        return cls(sum(map(len, documents)), len(everything), exponent)

    def beyond(self, drawn: int) -> int:
        """How many values that the measured ones do not have are to be expected among `drawn` ones."""
        if drawn <= self.total:
            return 0
        growth: float = (drawn / self.total) ** self.exponent
        return round(self.distinct * (growth - 1))


class Tail:
    """Made-up values that come in as the collection grows, half of them used again."""

    def __init__(self, growth: Growth) -> None:
        self._growth = growth
        self._drawn = 0
        self._invented = 0

    def values(self, drawn: int, randomness: random.Random) -> list[str]:
        """Made-up words to go with the next `drawn` values."""
        self._drawn += drawn
        expected = self._growth.beyond(self._drawn)
        numbers = list(range(self._invented, expected))
        self._invented = max(self._invented, expected)
        numbers += [randomness.randrange(self._invented) for _ in numbers]
        return [made_up(number) for number in numbers]


def made_up(number: int) -> str:
    """A word of four syllables; different for every number below a hundred million."""
    left = number * _SPREAD % _WORDS
    syllables = []
    for _ in range(_LENGTH):
        left, place = divmod(left, len(_SYLLABLES))
        syllables.append(_SYLLABLES[place])
    return "".join(syllables)
