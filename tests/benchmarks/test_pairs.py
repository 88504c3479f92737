from __future__ import annotations

import time
from collections.abc import Callable

from benchmarks.cases import Case
from benchmarks.pairs import measure_pair
from benchmarks.peers.peer import Answer

CASES = [Case((word,)) for word in ("a", "b", "c", "d", "e")]


def engine(name: str, asked: list[str], total: int = 0) -> Callable[[Case], Answer]:
    """An engine that writes down what it was asked."""

    def search(case: Case) -> Answer:
        asked.append(f"{name} {case.words[0]}")
        return Answer(total, ())

    return search


def test_engines_are_asked_in_turns_and_once_before_it_counts() -> None:
    asked: list[str] = []
    measured = measure_pair(
        engine("ours", asked), engine("theirs", asked), CASES[:2], most_rounds=2, seconds=60
    )
    assert asked == ["ours a", "theirs a", "ours b", "theirs b"] * 3
    assert measured.pair.rounds == 2


def test_what_was_answered_is_told_for_each_case() -> None:
    measured = measure_pair(engine("ours", [], 1), engine("theirs", [], 2), CASES, most_rounds=2, seconds=60)
    assert [(mine.total, other.total) for mine, other in measured.answers] == [(1, 2)] * 5


def test_an_engine_that_takes_too_long_is_asked_three_cases_and_twice_over() -> None:
    asked: list[str] = []

    def slow(case: Case) -> Answer:
        time.sleep(0.002)
        return engine("theirs", asked)(case)

    measured = measure_pair(engine("ours", []), slow, CASES, most_rounds=9, seconds=0)
    assert asked == ["theirs a", "theirs b", "theirs c"] * 3
    assert (len(measured.answers), measured.pair.rounds) == (3, 2)
