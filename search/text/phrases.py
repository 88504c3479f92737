"""Where in a text the words of a phrase stand in its order, near enough."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
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


class Part(NamedTuple):
    """A word of a text that is the word of a phrase at `place`."""

    position: int
    place: int
    start: int
    end: int


def phrases(parts: list[Part], shape: PhraseShape, term: int) -> Iterator[Occurrence]:
    """Where the parts of a phrase stand in its order, near enough; of overlapping ones the first.

    From each first word the nearest next one is taken, then the one nearest to that: no other choice
    ends earlier.
    """
    by_place: list[list[int]] = [[] for _ in range(shape.size)]
    at_position = {}
    for part in parts:
        by_place[part.place].append(part.position)
        at_position[part.position] = part
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


def _runs(parts: list[Part], term: int) -> Iterator[Occurrence]:
    """The parts with neighbours as one occurrence, together with what stands between them."""
    begin = parts[0]
    for part, following in zip(parts, [*parts[1:], None], strict=True):
        if following is None or following.position != part.position + 1:
            yield Occurrence(begin.start, part.end, term)
            begin = following or part
