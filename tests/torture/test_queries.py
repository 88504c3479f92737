"""Fuzzed queries, some of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.torture.asker import Answer
from tests.torture.fuzzing import Draw, Known
from tests.torture.queries import judged, run

TIMES = 250


def test_queries_that_nobody_would_type_are_answered_in_order(tmp_path: Path) -> None:
    outcome = run(TIMES, tmp_path, lambda _: None)
    assert outcome.times == TIMES
    assert [line for line in outcome.wrong if "seconds" not in line] == []  # how long is for the full run
    statuses = outcome.figures["statuses"]
    for status in ("200", "400", "404", "421"):
        assert f"{status}: " in statuses


@pytest.mark.parametrize(
    ("answer", "wrong"),
    [
        (Answer(200, {"content-type": "application/json"}, b"{}", 0.1), ""),
        (Answer(200, {"content-type": "application/json"}, b"{", 0.1), "no JSON"),
        (Answer(400, {"content-type": "application/problem+json"}, b"\xff", 0.1), "no JSON"),
        (Answer(500, {}, b"", 0.1), "500"),
        (Answer(200, {"content-type": "text/html"}, b"<pre>Traceback", 0.1), "traceback"),
    ],
)
def test_what_is_wrong_with_an_answer_is_seen(answer: Answer, wrong: str) -> None:
    assert wrong in judged(answer)
    assert bool(judged(answer)) is bool(wrong)


def test_a_seed_draws_the_same_requests_again() -> None:
    known = Known(("roses", "tides"), ("Ann Ames",), ("aaaaaaaaaaa2",))
    one, other, another = (Draw(known, seed) for seed in (7, 7, 8))
    drawn = [one.request() for _ in range(200)]
    assert drawn == [other.request() for _ in range(200)]
    assert drawn != [another.request() for _ in range(200)]
    assert not any(b"\n" in request.target or b" " in request.target for request in drawn)
