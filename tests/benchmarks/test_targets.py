from __future__ import annotations

import pytest

from benchmarks.growth import Grown
from benchmarks.targets import Target, growth_target, targets
from search.engine import MEGABYTES
from tests.benchmarks.figures import REPORT, size


def of(figure: str, wanted: str) -> Target:
    [found] = [t for t in targets(size(100_000, 1.5)) if (t.figure, t.wanted) == (figure, wanted)]
    return found


@pytest.mark.parametrize(
    ("figure", "wanted", "worst", "reached", "allowed", "met"),
    [
        ("top 10: p50, ms", "0.5 × tantivy's, or 0.5 ms", "phrase", 1.5, 1.0, "1/2"),
        ("top 10: p99, ms", "0.5 × tantivy's, or 0.5 ms", "phrase", 6.0, 4.0, "1/2"),
        ("top 10, no facets: p50, ms", "5 × tantivy's", "phrase", 1.5, 2.5, "1/1"),
        ("whole search: p50, ms", "1.5 × the engine's, or 3 ms", "phrase", 2.5, 3.0, "1/1"),
        ("whole search: p99, ms", "1.5 × the engine's, or 3 ms", "phrase", 10.0, 9.0, "0/1"),
        ("building, their pace as a share of ours", "1 / 1.3", "tantivy", 0.5, 1 / 1.3, "1/1"),
        ("building, peak MB", f"{MEGABYTES}", "blogsearch", 600.0, float(MEGABYTES), "0/1"),
        ("index, MB", "tantivy's", "blogsearch", 9.0, 10.0, "1/1"),
    ],
)
def test_the_worst_of_what_was_reached_is_told(
    figure: str, wanted: str, worst: str, reached: float, allowed: float, met: str
) -> None:
    target = of(figure, wanted)
    assert (target.worst, target.reached, target.allowed) == (worst, reached, allowed)
    assert f"{target.met}/{target.judged}" == met


def test_opening_and_serving_are_told_of_the_engine_and_of_the_whole_archive() -> None:
    found = [(t.worst, t.ratio) for t in targets(size(10, 1.5)) if t.figure.startswith("open")]
    assert found == [("blogsearch", 0.2), ("blogsearch, whole", 1.2)]


def test_what_was_not_measured_is_not_judged() -> None:
    assert not [target for target in targets(size(10, 1.5)) if "whoosh" in target.wanted]
    assert not list(growth_target([]))


def test_growth_is_of_the_generated_collections_alone() -> None:
    browse, phrase = REPORT.growth()
    assert (browse.queries, browse.posts, browse.times, browse.work) == ("browse", (10_000, 100_000), 1, 10)
    assert (phrase.touched, phrase.ratio) == ((200, 2_000), 2.0)


def test_growth_faster_than_the_postings_is_not_met() -> None:
    [target] = growth_target(REPORT.growth())
    assert (target.worst, target.ratio) == ("phrase, 100,000 posts", 2.0)
    assert (target.met, target.judged) == (1, 2)


def test_growth_is_a_power_of_the_postings() -> None:
    assert Grown("phrase", (1, 100), (1.0, 10.0), (1.0, 100.0)).exponent == pytest.approx(0.5)
    assert Grown("phrase", (1, 100), (1.0, 10.0), (5.0, 5.0)).exponent == 0.0
