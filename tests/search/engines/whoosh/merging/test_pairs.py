"""The pairs of a merged segment are those that stand in its texts."""

from __future__ import annotations

import random
from collections import Counter
from itertools import pairwise

import pytest

from search.engines.whoosh.building.pairs import COMMON, WORTH_PAIRS
from search.engines.whoosh.merging.pairs import merge_pairs
from tests.search.engines.whoosh.merging.made import inverted
from tests.search.engines.whoosh.segment.memory import MemoryField


def test_pairs_of_the_most_frequent_stems_are_found_where_they_stand() -> None:
    chance = random.Random(7)
    words = [f"w{number}" for number in range(2 * COMMON)]
    texts = [
        chance.choices(words, weights=range(1, 2 * COMMON + 1), k=chance.randrange(9))
        for _ in range(WORTH_PAIRS)
    ]
    pairs, common = merge_pairs(inverted(texts, str))
    counts = Counter(word for text in texts for word in text)
    assert len(common) == COMMON
    assert min(counts[word.decode()] for word in common) >= sorted(counts.values())[COMMON - 1]
    standing: dict[bytes, dict[int, list[int]]] = {}
    for document, text in enumerate(texts):
        for place, (first, second) in enumerate(pairwise(text)):
            if {first.encode(), second.encode()} <= common:
                pair = f"{first} {second}".encode()
                standing.setdefault(pair, {}).setdefault(document, []).append(place)
    field = MemoryField(pairs)
    assert field.terms(range(len(field))) == sorted(standing)
    for number, pair in enumerate(sorted(standing)):
        assert field.documents(number).tolist() == list(standing[pair])
        assert field.positions(number).places.tolist() == [
            each for place in standing[pair].values() for each in place
        ]


def test_a_small_segment_has_no_pairs() -> None:
    pairs, common = merge_pairs(inverted([("the", "of")] * 20, str))
    assert (len(pairs.terms), common) == (0, frozenset())


def test_a_position_that_cannot_be_is_refused() -> None:
    field = inverted([("the", "of")] * WORTH_PAIRS, str)
    assert field.positions is not None
    field.positions[5] = 1 << 30
    with pytest.raises(ValueError, match="beyond the end"):
        merge_pairs(field)
