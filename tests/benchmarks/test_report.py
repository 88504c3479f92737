from __future__ import annotations

import json

import pytest

from benchmarks.agreement import Agreement
from benchmarks.building import Built, Served
from benchmarks.cases import Case
from benchmarks.measure import Latency
from benchmarks.pairs import Pair, measure_pair
from benchmarks.report import Report, SizeReport
from benchmarks.searching import Compared, Stages

PAIR = Pair(Latency(1.0, 4.0), Latency(2.0, 16.0), rounds=3)
REPORT = Report(
    {"cores": "2"},
    [
        SizeReport(
            title="The corpus",
            posts=1_200,
            text_mb=3.4,
            built={"fts5": Built(1_234.5, 56.7, 8.9)},
            served={"fts5": Served(0.0123, 4.5)},
            compared=[
                Compared("phrase", "fts5", True, PAIR, Agreement(20, 18, 0.125, 17, 0.905)),
                Compared("phrase", "fts5", False, PAIR, None),
            ],
            stages={"phrase": Stages(0.5, 0.25, 2.0)},
        )
    ],
    {"blogsearch --help, median ms": 81.25},
)


@pytest.mark.parametrize(
    "row",
    [
        "## The corpus: 1,200 posts, 3 MB of text",
        "| fts5 | 1,234 | 56.7 | 8.90 | 0.012 | 4.50 |",
        "| phrase | fts5 | 1.00 | 4.00 | 2.00 | 16.0 | 0.50 | 0.25 | 18/20 | 12.5% | 17/18 | 90% |",
        "| phrase | fts5, no facets | 1.00 | 4.00 | 2.00 | 16.0 | 0.50 | 0.25 |  |  |  |  |",
        "| phrase | 0.50 | 0.25 | 2.00 |",
        "| blogsearch --help, median ms | 81.2 |",
    ],
)
def test_a_report_has_a_row_for_each_figure(row: str) -> None:
    assert row in REPORT.as_markdown().splitlines()


def test_a_report_keeps_every_figure_as_json() -> None:
    [size] = json.loads(REPORT.as_json())["sizes"]
    assert size["compared"][0]["pair"]["theirs"] == {"p50": 2.0, "p99": 16.0}
    assert size["compared"][0]["agreement"]["totals"] == 18


def test_engines_are_asked_in_turns_and_once_before_it_counts() -> None:
    asked: list[str] = []
    pair = measure_pair(
        lambda case: asked.append(f"ours {case.words[0]}"),
        lambda case: asked.append(f"theirs {case.words[0]}"),
        [Case(("a",)), Case(("b",))],
        most_rounds=2,
        seconds=60,
    )
    assert asked == ["ours a", "theirs a", "ours b", "theirs b"] * 3
    assert pair.rounds == 2
