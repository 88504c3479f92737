"""Where in a text the words of a phrase stand in its order, near enough."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

from search.text.chunks import Hit


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


class Part(NamedTuple):
    """A chunk of a text, from `start` to before `end`, that has words of a phrase: all of them are `hits`."""

    start: int
    end: int
    positions: int
    hits: tuple[Hit, ...]


class _Word(NamedTuple):
    """A word of a text that is the word of a phrase at `place`."""

    position: int
    place: int
    start: int
    end: int


def phrases(
    parts: Sequence[Part], shape: PhraseShape, term: int, between: Callable[[int, int, int], int]
) -> Iterator[Occurrence]:
    """Where a phrase, the query's term of this number, is in a text; of overlapping ones the first.

    `parts` are all chunks with any of its words, in order. `between` counts the positions from one
    character to before another, up to a number. It is asked only near the word that the text has least
    often, for all else is in no phrase.
    """
    counts = Counter(place for part in parts for place in {hit.place for hit in part.hits})
    if len(counts) < shape.size:
        return iter(())
    rarest = min(counts, key=lambda place: counts[place])
    anchors = [n for n, part in enumerate(parts) if any(hit.place == rarest for hit in part.hits)]
    gaps = _gaps(parts, anchors, shape.reach, between)
    return _in_order(list(_words(parts, gaps)), shape, term)


def _gaps(
    parts: Sequence[Part], anchors: Sequence[int], reach: int, between: Callable[[int, int, int], int]
) -> dict[int, int]:
    """The parts that may be in one phrase with an anchor, each with the positions since the part before.

    What is farther than the reach counts as just beyond it.
    """
    gaps = dict.fromkeys(anchors, reach + 1)
    nearest = partial(_gap, parts, reach, between)
    for anchor, following in zip(anchors, [*anchors[1:], len(parts)], strict=True):
        far = 0  # after the anchor, up to the next one, which goes on from there
        for n in range(anchor + 1, min(following + 1, len(parts))):
            gap = nearest(n)
            if (far := far + gap) > reach:
                break
            gaps[n] = gap
            far += parts[n].positions
    for before, anchor in zip([-1, *anchors], anchors, strict=False):
        far = 0
        for n in range(anchor, before, -1):
            gap = nearest(n) if n else reach + 1
            if (far := far + gap) > reach:
                break
            gaps[n] = gap
            gaps.setdefault(n - 1, reach + 1)
            far += parts[n - 1].positions
    return dict(sorted(gaps.items()))


def _gap(parts: Sequence[Part], reach: int, between: Callable[[int, int, int], int], n: int) -> int:
    return between(parts[n - 1].end, parts[n].start, reach + 1)


def _words(parts: Sequence[Part], gaps: dict[int, int]) -> Iterator[_Word]:
    """The words of the parts, as far from each other as in the text, or beyond the reach."""
    position = 0
    for n, gap in gaps.items():
        position += gap
        start = parts[n].start
        for hit in parts[n].hits:
            yield _Word(position + hit.position, hit.place, start + hit.start, start + hit.end)
        position += parts[n].positions


def _in_order(words: list[_Word], shape: PhraseShape, term: int) -> Iterator[Occurrence]:
    """Where the words of a phrase stand in its order, near enough; of overlapping ones the first.

    From each first word the nearest next one is taken, then the one nearest to that: no other choice
    ends earlier.
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


def _runs(words: list[_Word], term: int) -> Iterator[Occurrence]:
    """The words with neighbours as one occurrence, together with what stands between them."""
    begin = words[0]
    for word, following in zip(words, [*words[1:], None], strict=True):
        if following is None or following.position != word.position + 1:
            yield Occurrence(begin.start, word.end, term)
            begin = following or word
