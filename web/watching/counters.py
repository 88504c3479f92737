"""What is counted while requests are answered."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from itertools import accumulate, product

from web.watching import metrics
from web.watching.metrics import ANSWER_SECONDS, Metric
from web.watching.table import Table

STATUSES = ("2xx", "3xx", "4xx", "5xx")
NO_ROUTE = "none"
"""The route of what no address is for."""

OTHER = "other"
"""The kind of what has none."""


class Counter:
    """Numbers of one metric, one for each combination of its labels' values, all known beforehand."""

    def __init__(self, table: Table, metric: Metric, *values: Iterable[str]) -> None:
        self.metric = metric
        self._table = table
        self._columns = {labels: table.columns() for labels in product(*values)}

    def add(self, *labels: str, amount: float = 1.0) -> None:
        """Count one more."""
        self._table.add(self._columns[labels], amount)

    def put(self, number: float, *labels: str) -> None:
        """Say what the number is of this process."""
        self._table.put(self._columns[labels], number)

    def totals(self) -> Iterator[tuple[tuple[str, ...], float]]:
        """The numbers of all processes."""
        return ((labels, self._table.total(column)) for labels, column in self._columns.items())

    def of_living(self) -> float:
        """The sum of a metric without labels, of the processes that are alive."""
        return self._table.of_living(self._columns[()])


class Histogram:
    """How often something took how long, for each value of one label or, without, altogether."""

    def __init__(self, table: Table, metric: Metric, values: Iterable[str] = ("",)) -> None:
        self.metric = metric
        self._table = table
        # Of each, a number for every bucket, one for what is longer, and the sum of all seconds.
        self._sum = len(ANSWER_SECONDS) + 1
        self._columns = {value: table.columns(self._sum + 1) for value in values}

    def took(self, seconds: float, value: str = "") -> None:
        """Count what took so long."""
        first = self._columns[value]
        self._table.add(first + bisect_left(ANSWER_SECONDS, seconds))
        self._table.add(first + self._sum, seconds)

    def totals(self) -> Iterator[tuple[str, list[tuple[str, float]], float]]:
        """By value: up to each limit, how many took at most so long; and the sum of all seconds."""
        limits = [str(seconds) for seconds in ANSWER_SECONDS] + ["+Inf"]
        for value, first in self._columns.items():
            counts = (self._table.total(first + bucket) for bucket in range(len(limits)))
            buckets = list(zip(limits, accumulate(counts), strict=True))
            yield value, buckets, self._table.total(first + self._sum)


class Counters:
    """All that is counted by the processes of one server; `routes` and `kinds` are what they may answer."""

    def __init__(self, table: Table, routes: Iterable[str], kinds: Iterable[str]) -> None:
        self.table = table
        self.in_progress = Counter(table, metrics.IN_PROGRESS)
        routes = (*routes, NO_ROUTE)
        self.requests = Counter(table, metrics.REQUESTS, routes, STATUSES)
        self.request_seconds = Histogram(table, metrics.REQUEST_SECONDS, routes)
        self.problems = Counter(table, metrics.PROBLEMS, (*kinds, OTHER))
        self.search_seconds = Histogram(table, metrics.SEARCH_SECONDS)
        self.partial = Counter(table, metrics.PARTIAL)
        self.slow = Counter(table, metrics.SLOW)
        self.cache_uses = Counter(table, metrics.CACHE_USES, ("index", "files"), ("hit", "miss"))
        if not table.is_joined:
            table.join()
        self.in_progress.put(0)  # whoever had this row before has ended, and what it was at with it
