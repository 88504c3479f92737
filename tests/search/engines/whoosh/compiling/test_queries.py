"""The query classes of our own, beside what they replace."""

from __future__ import annotations

import itertools
import random

import pytest

from search.engines.whoosh.compiling.queries import within


@pytest.mark.parametrize(
    ("places", "slop", "expected"),
    [
        (([3],), 0, True),
        (([], [1]), 5, False),
        (([1], [2]), 0, True),
        (([2], [1]), 9, False),
        (([1], [3]), 0, False),
        (([1], [3]), 1, True),
        (([1, 7], [3, 8]), 0, True),
        (([1], [3], [5]), 1, False),
        (([1], [3], [5]), 2, True),
        (([1], [1]), 3, False),
    ],
)
def test_words_are_near_when_few_enough_others_are_among_them(
    places: tuple[list[int], ...], slop: int, expected: bool
) -> None:
    assert within(places, slop) is expected


def test_nearness_is_what_trying_every_choice_finds() -> None:
    chance = random.Random(7)
    for _ in range(2_000):
        places = [sorted(chance.sample(range(12), chance.randint(1, 4))) for _ in range(chance.randint(1, 4))]
        slop = chance.randint(0, 4)
        tried = any(
            all(a < b for a, b in itertools.pairwise(choice))
            and choice[-1] - choice[0] - (len(choice) - 1) <= slop
            for choice in itertools.product(*places)
        )
        assert within(places, slop) is tried
