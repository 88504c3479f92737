"""Ascending numbers in few bits: the Rice code of the steps from each to the next.

A step is at least 1. Of a step less one, the `low` lowest bits are written as they are, and what is left
in unary: so many zeros, and a one. With the right `low`, that is a tenth of a bit a number more than the
least for a random list, and less for a list that is dense in some places and thin in others.

A stream is several lists of one term. Their numbers of bits and their counts are known from elsewhere:

    low bits      of the first list, one after the other, then of the second, and so on
    unary parts   of all lists in the same order; the last byte is filled up with zeros

The unary parts of many numbers are found at once: they are where the bits that are set are. The sum of the
first steps follows from where a one is and from the sum of the low bits, so nothing is added up bit by bit.

Sources: S. W. Golomb, Run-length encodings, IEEE Transactions on Information Theory 12 (1966); R. F. Rice,
Some practical universal noiseless coding techniques, JPL Publication 79-22 (1979).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from search.engines.whoosh.segment.postings.bits import (
    PADDING,
    Bytes,
    Numbers,
    ones,
    pack,
    unpack,
    unpack_run,
)
from search.engines.whoosh.segment.spans import edges, sizes, spans

MOST_LOW: Final = 15
"""Low bits at most: a number of four bits."""


@dataclass(frozen=True, slots=True)
class Lists:
    """One list of each of several terms: how many numbers it has, and how many low bits of each."""

    counts: Numbers
    lows: Numbers


def best_low(steps: Numbers, counts: Numbers) -> Numbers:
    """With how many low bits each of some lists is short: one of two guesses from the mean step."""
    bounds = edges(counts)
    sums = edges(steps - 1)[bounds]
    guess = np.frexp(sizes(sums) / np.maximum(counts * 1.5, 1))[1].clip(0, MOST_LOW).astype(np.int64)
    less = np.maximum(guess - 1, 0)
    more_unary = unary_bits(steps, Lists(counts, less)) - unary_bits(steps, Lists(counts, guess))
    found: Numbers = np.where(more_unary < counts * (guess - less), less, guess)
    return found


def low_for(count: int, total: int) -> int:
    """The same, only from the sum of the steps; written nowhere, so it must never change."""
    return min((2 * (total - count) // (3 * count)).bit_length(), MOST_LOW) if count else 0


def lows_for(counts: Numbers, totals: Numbers) -> Numbers:
    """The same for many lists."""
    means = 2 * (totals - counts) // np.maximum(3 * counts, 1)
    return np.frexp(means.astype(np.float64))[1].clip(0, MOST_LOW).astype(np.int64)


def encode(parts: Sequence[tuple[Numbers, Lists]]) -> tuple[Bytes, Numbers]:
    """The streams of several terms, given the steps of all their first lists, then the second, and so on.

    Beside the bytes it says how many each stream has.
    """
    low_bits = [lists.counts * lists.lows for _, lists in parts]
    unary = [unary_bits(steps, lists) for steps, lists in parts]
    size = (np.sum(low_bits, axis=0) + np.sum(unary, axis=0) + 7) >> 3
    place = edges(size)[:-1] << 3
    total = int(size.sum())
    data = np.zeros(total, np.uint8)
    for (steps, lists), bits in zip(parts, low_bits, strict=True):
        each = np.repeat(lists.lows, lists.counts)
        index = spans(np.zeros(len(lists.counts), np.int64), lists.counts)
        data |= pack((steps - 1) & ((1 << each) - 1), np.repeat(place, lists.counts) + index * each, total)
        place = place + bits
    for (steps, lists), bits in zip(parts, unary, strict=True):
        wide = edges((steps - 1 >> np.repeat(lists.lows, lists.counts)) + 1)
        begin = place - wide[edges(lists.counts)[:-1]]
        data |= pack(np.ones(len(steps), np.int64), np.repeat(begin, lists.counts) + wide[1:] - 1, total)
        place = place + bits
    return data, size


def decode(data: Bytes, counts: Sequence[int], lows: Sequence[int], wanted: int, most: int) -> list[Numbers]:
    """The sums of the steps of the first lists of a stream, whose unary parts take so many bits at most.

    Padding follows the stream. Raises `ValueError` where it holds no such lists.
    """
    place, begin = 0, sum(map(int.__mul__, counts, lows))
    found = ones(data, begin, begin + most)
    if len(found) < sum(counts[:wanted]):
        raise ValueError("a list has fewer numbers than it is said to have")
    found += 1
    lists, first, before = [], 0, 0
    for count, low in zip(counts[:wanted], lows, strict=False):
        sums = found[first : first + count]
        if count:
            end = int(sums[-1])
            if before:
                sums -= before
            before = end
        if low:
            sums <<= low
            lower = unpack_run(data, place, count, low)
            lower -= (1 << low) - 1
            sums += lower.cumsum()
        lists.append(sums)
        first += count
        place += count * low
    return lists


@dataclass(frozen=True, slots=True)
class Part:
    """Where a list of a stream is: its first low bit, and bits of its unary part, every so many numbers."""

    place: int
    count: int
    low: int
    milestones: Numbers
    every: int


def decode_some(data: Bytes, part: Part, numbers: Numbers) -> Numbers:
    """The steps with these numbers of one list of a stream, ascending, which its milestones lead to.

    Padding follows the stream. Raises `ValueError` where milestones or steps are not there.
    """
    blocks, row = np.unique(numbers // part.every, return_inverse=True)
    bounds = np.append(part.milestones, len(data) - PADDING << 3)
    if (sizes(bounds) < 0).any() or bounds[0] < 0:
        raise ValueError("milestones do not ascend")
    begin, end = bounds[blocks], bounds[blocks + 1]
    found, first = _ones(data, begin, end)
    if (sizes(first) < np.minimum(part.count - blocks * part.every, part.every)).any():
        raise ValueError("a list has fewer numbers than it is said to have")
    within = numbers % part.every
    index = first[:-1][row] + within
    place = edges((end + 7 >> 3) - (begin >> 3))[:-1] * 8 + (begin & 7)
    before = np.where(within > 0, found[index - 1], place[row] - 1)
    high = found[index] - before - 1
    steps: Numbers = (high << part.low) + unpack(data, part.place + numbers * part.low, part.low) + 1
    return steps


def _ones(data: Bytes, begin: Numbers, end: Numbers) -> tuple[Numbers, Numbers]:
    """Which bits are set in some stretches of bits, their bytes one after the other.

    Beside them it says where those of each stretch begin and the last one's end.
    """
    wide = np.maximum((end + 7 >> 3) - (begin >> 3), 0)
    taken, bounds = data[spans(begin >> 3, wide)], edges(wide)
    some = wide > 0
    taken[bounds[:-1][some]] &= (255 << (begin[some] & 7)).astype(np.uint8)
    found = ones(taken, 0, len(taken) << 3)
    return found, np.searchsorted(found, bounds << 3)


@dataclass(frozen=True, slots=True)
class Streams:
    """The streams of several terms: where each begins and ends, in bytes, and all of their lists."""

    starts: Numbers
    ends: Numbers
    lists: Sequence[Lists]

    @property
    def unary(self) -> Numbers:
        """At which bit of the data the unary parts of each stream begin."""
        low_bits = [lists.counts * lists.lows for lists in self.lists]
        begin: Numbers = (self.starts << 3) + np.sum(low_bits, axis=0)
        return begin


def decode_all(data: Bytes, streams: Streams, wanted: int, most: Numbers | None = None) -> list[Numbers]:
    """The steps of the first lists of many streams: for each list, those of one stream after the other.

    The unary parts of these lists have at most so many bits a stream. Raises `ValueError` where a stream
    holds no such lists.
    """
    begin, end = streams.unary, streams.ends << 3
    if most is not None:
        end = np.minimum(end, begin + most)
    if (begin > end).any() or (len(end) and (end.max() >> 3) > len(data)):
        raise ValueError("a list ends too early")
    found, first = _ones(data, begin, end)
    counts = np.sum([lists.counts for lists in streams.lists[:wanted]], axis=0)
    if (sizes(first) < counts).any():
        raise ValueError("a list has fewer numbers than it is said to have")
    wider = np.diff(found, prepend=0)
    start = first[:-1][counts > 0]
    place = edges((end + 7 >> 3) - (begin >> 3))[:-1] * 8 + (begin & 7)
    wider[start] = found[start] - place[counts > 0] + 1
    return _steps(data, streams, wanted, wider, first[:-1])


def _steps(data: Bytes, streams: Streams, wanted: int, wider: Numbers, first: Numbers) -> list[Numbers]:
    """Steps, from one more than their high bits are: those of a stream from its first on."""
    steps, place = [], streams.starts << 3
    for lists in streams.lists[:wanted]:
        counts, lows = lists.counts, lists.lows
        low = np.repeat(lows, counts)
        places = np.repeat(place, counts) + low * spans(np.zeros(len(counts), np.int64), counts)
        steps.append((wider[spans(first, counts)] - 1 << low) + unpack(data, places, low) + 1)
        first, place = first + counts, place + counts * lows
    return steps


def sums(steps: Numbers, counts: Numbers) -> Numbers:
    """The sums of the steps of some lists, which each begin anew."""
    found = edges(steps)
    before = found[edges(counts)[:-1]]
    return found[1:] - np.repeat(before, counts)


def unary_bits(steps: Numbers, lists: Lists) -> Numbers:
    """How many bits the unary part of each list takes."""
    high = edges(steps - 1 >> np.repeat(lists.lows, lists.counts))
    return sizes(high[edges(lists.counts)]) + lists.counts
