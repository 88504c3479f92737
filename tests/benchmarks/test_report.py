from __future__ import annotations

import pytest

from benchmarks.peers.registry import THIS
from benchmarks.report import Report
from benchmarks.tables import as_markdown
from tests.benchmarks.figures import REPORT, size


@pytest.mark.parametrize(
    "row",
    [
        "## The corpus: 1,200 posts, 3 MB of text",
        "| blogsearch | 4,000 | 600 | 9.00 | 20.0 | 60.0 |",
        "| tantivy | 2,000\\* | 56.7 | 10.0 | 0.012 | 4.50 |",
        "| blogsearch, whole |  |  |  | 120 | 80.0 |",
        "| tantivy | 3 | 4,000 | 2,000 | 1,200 | 2.00 |",
        "| phrase | tantivy | 1.50 | 6.00 | 2.00 | 8.00 | 0.75 | 0.75 | 18/20 | 12.5% | 17/18 | 90% |",
        "| phrase | tantivy, no facets | 1.50 | 6.00 | 0.50 | 2.00 | 3.00 | 3.00 |  |  |  |  |",
        "| phrase | blogsearch | 1.50 | 3.00 | 9.00 |",
        "| phrase | 0.50 | 0.25 | 1.75 | 20% / 10% / 70% |",
        "| blogsearch --help, median ms | 81.2 |",
    ],
)
def test_a_report_has_a_row_for_each_figure(row: str) -> None:
    assert row in as_markdown(REPORT).splitlines()


def test_a_report_says_which_indexes_are_of_an_earlier_run() -> None:
    assert "built in an earlier run" in as_markdown(REPORT)


def test_a_report_is_read_as_it_was_written() -> None:
    read = Report.from_json(REPORT.as_json())
    assert as_markdown(read) == as_markdown(REPORT)
    assert read.as_json() == REPORT.as_json()


def test_of_several_runs_the_later_figures_of_a_collection_count() -> None:
    later = Report({"cores": "4"}, [size(10_000, 7.0)])
    together = Report.together([REPORT, later])
    assert [(one.title, one.posts) for one in together.sizes] == [
        ("The corpus", 1_200),
        ("Generated", 10_000),
        ("Generated", 100_000),
    ]
    assert together.sizes[1].latencies(THIS)["phrase"].p50 == 7.0
    assert together.figures == REPORT.figures
    assert together.machine == {"cores": "4"}


def test_what_an_engine_took_is_told_apart_from_searches_without_facets() -> None:
    [corpus, *_] = REPORT.sizes
    assert {name: latency.p50 for name, latency in corpus.latencies("tantivy").items()} == {
        "browse": 0.5,
        "phrase": 2.0,
    }
    assert corpus.latencies("fts5") == {}
