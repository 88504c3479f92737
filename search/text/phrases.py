"""Where in a text the words of a phrase stand in its order, near enough."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple


class Occurrence(NamedTuple):
    """A place in a text, from `start` to before `end`, and the number of the query's term it matches."""

    start: int
    end: int
    term: int


@dataclass(frozen=True, slots=True)
class PhraseShape:
    """A phrase: how many words it has, and how many others may stand among them."""

    size: int
    slop: int

    @property
    def reach(self) -> int:
        """How many positions its last word may be after its first."""
        return self.size - 1 + self.slop


class PhraseWord(NamedTuple):
    """A word of a text that is the word of a phrase at `place`."""

    position: int
    place: int
    start: int
    end: int


def phrases(words: Sequence[PhraseWord], shape: PhraseShape, term: int) -> Iterator[Occurrence]:
    """Where a phrase, the query's term of this number, is among words in the order of a text.

    Of overlapping ones it is the first. From each first word the nearest next one is taken, then the one
    nearest to that: no other choice ends earlier.
    """
    by_place: list[list[int]] = [[] for _ in range(shape.size)]
    at_position = {}
    for word in words:
        by_place[word.place].append(word.position)
        at_position[word.position] = word
    taken = -1
    for first in by_place[0]:
        if first <= taken:
            continue
        chain = [first]
        for place in range(1, shape.size):
            index = bisect_right(by_place[place], chain[-1])
            if index == len(by_place[place]):
                return  # nor after any later word
            chain.append(by_place[place][index])
            if chain[-1] - first - place > shape.slop:
                break
        else:
            taken = chain[-1]
            yield from _runs([at_position[position] for position in chain], term)


def _runs(words: list[PhraseWord], term: int) -> Iterator[Occurrence]:
    """The words with neighbours as one occurrence, together with what stands between them."""
    begin = words[0]
    for word, following in zip(words, [*words[1:], None], strict=True):
        if following is None or following.position != word.position + 1:
            yield Occurrence(begin.start, word.end, term)
            begin = following or word
