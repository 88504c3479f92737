"""The numbers in the text formats of Prometheus.

https://prometheus.io/docs/instrumenting/exposition_formats/, and OpenMetrics 1.0 for who asks for that.
"""

from __future__ import annotations

import platform
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from functools import cache
from importlib.metadata import version
from typing import Final

from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily
from prometheus_client.exposition import choose_encoder
from prometheus_client.metrics_core import Metric as Family
from prometheus_client.registry import Collector

from search.history import FeedState, ImportRecord
from web.watching import metrics
from web.watching.archive_facts import ArchiveFacts, FactReader, Stored
from web.watching.counters import Counter, Counters, Histogram
from web.watching.metrics import Metric
from web.watching.processes import open_files, resident_bytes
from web.watching.table import Table

OPENMETRICS: Final = "application/openmetrics-text"
CHANGES: Final = ("added", "updated", "unchanged", "removed")
FEED_STATES: Final = ("ok", "failing", "retired")


def exposed(counters: Counters, facts: FactReader, accept: str) -> tuple[bytes, str]:
    """Everything there is to tell, and its media type: OpenMetrics where the header `Accept` names it."""
    # Not the header itself, as a version in it that is none would be an error.
    encode, media_type = choose_encoder(OPENMETRICS if OPENMETRICS in accept else "")
    return encode(_Collector(counters, facts)), media_type


class _Collector(Collector):
    """All metrics, in the order of the table."""

    def __init__(self, counters: Counters, facts: FactReader) -> None:
        self._counters = counters
        self._facts = facts

    def collect(self) -> Iterator[Family]:
        facts = self._facts.read()
        yield from _of_requests(self._counters)
        yield from _of_generation(facts)
        yield from _of_store(facts.stored)
        yield from _of_processes(self._counters.table)


def _of_requests(counters: Counters) -> Iterator[Family]:
    yield _counter(counters.requests)
    yield _histogram(counters.request_seconds)
    yield _gauge(metrics.IN_PROGRESS, counters.in_progress.of_living())
    yield _counter(counters.problems)
    yield _histogram(counters.search_seconds)
    yield _counter(counters.partial)
    yield _counter(counters.slow)
    yield _counter(counters.cache_uses)


def _of_generation(facts: ArchiveFacts) -> Iterator[Family]:
    health = facts.health
    yield _gauge(metrics.READY, bool(health.serving))
    yield _gauge(metrics.DEGRADED, not health.is_whole)
    yield _gauge(metrics.GENERATION, int(health.serving or 0))
    if health.since:
        yield _gauge(metrics.GENERATION_AGE, _age(health.since))
    yield _gauge(metrics.BROKEN, len(health.broken))


def _of_store(stored: Stored) -> Iterator[Family]:
    if stored.counts is None:
        return
    yield _gauge(metrics.POSTS, stored.counts.posts)
    yield _gauge(metrics.COMMENTS, stored.counts.comments)
    if stored.last_import:
        yield from _of_import(stored.last_import)
    states = [_state(feed) for feed in stored.feeds]
    yield _gauges(metrics.FEEDS, (((state,), states.count(state)) for state in FEED_STATES))


def _of_import(last: ImportRecord) -> Iterator[Family]:
    report = last.report
    changes = report.get("changes", {})
    yield _gauge(metrics.IMPORT_AGE, _age(last.finished))
    yield _gauge(metrics.IMPORT_SECONDS, report.get("seconds", 0))
    yield _gauges(metrics.IMPORT_CHANGES, (((change,), changes.get(change, 0)) for change in CHANGES))
    yield _gauge(metrics.IMPORT_SKIPPED, report.get("skipped", 0))
    yield _gauge(metrics.IMPORT_WARNINGS, len(report.get("warnings", ())))


def _of_processes(table: Table) -> Iterator[Family]:
    living = table.living()
    memory = ((str(row), resident_bytes(process)) for row, process in living.items())
    files = ((str(row), open_files(process)) for row, process in living.items())
    yield _gauge(metrics.WORKERS, len(living))
    yield _count(metrics.WORKER_STARTS, table.starts)
    yield _count(metrics.WORKER_REPLACEMENTS, table.replacements)
    yield _gauges(metrics.WORKER_MEMORY, (((row,), size) for row, size in memory if size is not None))
    yield _gauges(metrics.WORKER_FILES, (((row,), many) for row, many in files if many is not None))
    yield _gauges(metrics.BUILD, [((_version(), platform.python_version()), 1)])


def _counter(counter: Counter) -> Family:
    metric = counter.metric
    family = CounterMetricFamily(metrics.PREFIX + metric.name, metric.about, labels=metric.labels)
    for labels, total in counter.totals():
        family.add_metric(labels, total)
    return family


def _histogram(histogram: Histogram) -> Family:
    metric = histogram.metric
    family = HistogramMetricFamily(metric.exposed_name, metric.about, labels=metric.labels)
    for value, buckets, seconds in histogram.totals():
        if buckets[-1][1] or not metric.labels:  # a route that nobody asked for would take 15 lines
            family.add_metric([value] if metric.labels else [], buckets, seconds)
    return family


def _gauge(metric: Metric, value: float) -> Family:
    return _gauges(metric, [((), value)])


def _gauges(metric: Metric, values: Iterable[tuple[tuple[str, ...], float]]) -> Family:
    family = GaugeMetricFamily(metric.exposed_name, metric.about, labels=metric.labels)
    for labels, value in values:
        family.add_metric(labels, value)
    return family


def _count(metric: Metric, total: float) -> Family:
    return CounterMetricFamily(metrics.PREFIX + metric.name, metric.about, value=total)


def _age(since: datetime) -> float:
    return max(0.0, (datetime.now(UTC) - since).total_seconds())


def _state(feed: FeedState) -> str:
    if feed.retired:
        return "retired"
    return "failing" if feed.failures else "ok"


@cache
def _version() -> str:
    return version("blogsearch")
