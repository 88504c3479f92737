"""A report that nobody measured, small enough to check by hand."""

from __future__ import annotations

from benchmarks.agreement import Agreement
from benchmarks.building import Built, Cold, Served
from benchmarks.measure import Latency
from benchmarks.pacing import Paced
from benchmarks.pairs import Pair
from benchmarks.peers.registry import THIS, WHOLE
from benchmarks.report import Report, SizeReport
from benchmarks.searching import Compared, Stages


def pair(ours: float, theirs: float) -> Pair:
    """Two whose p99 is four times their p50."""
    return Pair(Latency(ours, 4 * ours), Latency(theirs, 4 * theirs), rounds=3)


def size(posts: int, phrase_ms: float, title: str = "Generated") -> SizeReport:
    """A collection where every hundredth post has each word of the one phrase."""
    return SizeReport(
        title=title,
        posts=posts,
        text_mb=3.4,
        built={THIS: Built(4_000.0, 600.0, 9.0), "tantivy": Built(2_000.0, 56.7, 10.0, kept=True)},
        paced=[Paced("tantivy", posts, posts, ours=[4_000, 3_000, 5_000], theirs=[2_000, 3_000, 2_000])],
        served={
            THIS: Served(20.0, 60.0, {"phrase": Cold(3.0, 9.0)}),
            "tantivy": Served(0.0123, 4.5, {}),
            WHOLE: Served(120.0, 80.0, {}),
        },
        compared=[
            Compared("browse", "tantivy", True, pair(0.25, 0.5), Agreement(1, 1, 0.0, 1, 1.0)),
            Compared("phrase", "tantivy", True, pair(phrase_ms, 2.0), Agreement(20, 18, 0.125, 17, 0.905)),
            Compared("phrase", "tantivy", False, pair(1.5, 0.5), None),
            Compared("phrase", WHOLE, True, pair(phrase_ms, 2.5), Agreement(20, 20, 0.0, 20, 1.0)),
        ],
        stages={"phrase": Stages(0.5, 0.25, 1.75)},
        touched={"browse": posts, "phrase": posts / 50},
    )


REPORT = Report(
    {"cores": "2"},
    [size(1_200, 1.5, "The corpus"), size(10_000, 1.5), size(100_000, 30.0)],
    {"blogsearch --help, median ms": 81.25},
)
