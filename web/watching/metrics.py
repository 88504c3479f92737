"""What there is to measure: a table, which the documentation repeats and a test compares."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

Sort: TypeAlias = Literal["counter", "gauge", "histogram"]

PREFIX: Final = "blogsearch_"

ANSWER_SECONDS: Final = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
"""Up to where each bucket of a histogram reaches; the last has what took longer still."""


@dataclass(frozen=True, slots=True)
class Metric:
    """Something measured. `name` is without the prefix and, of a counter, without `_total`.

    The values of `labels` are few and all known beforehand: nothing that a request holds is ever one.
    """

    name: str
    sort: Sort
    about: str
    labels: tuple[str, ...] = ()

    @property
    def exposed_name(self) -> str:
        """The name as Prometheus knows it."""
        return PREFIX + self.name + ("_total" if self.sort == "counter" else "")


REQUESTS = Metric(
    "http_requests", "counter", "Answers, by route and class of status (`2xx`).", ("route", "status")
)
REQUEST_SECONDS = Metric(
    "http_request_seconds", "histogram", "From when a request is read until its answer is made.", ("route",)
)
IN_PROGRESS = Metric("http_requests_in_progress", "gauge", "Requests being answered.")
PROBLEMS = Metric(
    "problems", "counter", "Errors that were answered; `internal-error` is a fault of the program.", ("kind",)
)
SEARCH_SECONDS = Metric("search_seconds", "histogram", "Searches, from text to passages.")
PARTIAL = Metric("searches_partial", "counter", "Searches that were cut short.")
SLOW = Metric("searches_slow", "counter", "Searches that took longer than the setting `slow`.")

CACHE_USES = Metric(
    "cache_uses", "counter", "What was asked of a cache, and whether it was there.", ("cache", "outcome")
)

READY = Metric("ready", "gauge", "1 where searches can be answered.")
DEGRADED = Metric("degraded", "gauge", "1 where another generation answers than the published one, or none.")
GENERATION = Metric("generation", "gauge", "The number of the generation that answers.")
GENERATION_AGE = Metric("generation_age_seconds", "gauge", "Since the published generation was published.")
BROKEN = Metric("generations_broken", "gauge", "Generations in the folder that cannot be used.")
POSTS = Metric("posts", "gauge", "Posts of the archive.")
COMMENTS = Metric("comments", "gauge", "Comments of the archive.")

IMPORT_AGE = Metric("import_age_seconds", "gauge", "Since the last import that read anything was finished.")
IMPORT_SECONDS = Metric("import_seconds", "gauge", "How long the last import took.")
IMPORT_CHANGES = Metric(
    "import_changes", "gauge", "Posts and comments that it added, updated, left and removed.", ("change",)
)
IMPORT_SKIPPED = Metric("import_skipped", "gauge", "Records that it could not read.")
IMPORT_WARNINGS = Metric("import_warnings", "gauge", "Warnings that it gave.")
FEEDS = Metric("feeds", "gauge", "Live feeds: `ok`, `failing` or `retired`.", ("state",))

WORKERS = Metric("workers", "gauge", "Processes that answer.")
WORKER_STARTS = Metric("worker_starts", "counter", "Processes begun since the server was.")
WORKER_REPLACEMENTS = Metric("worker_replacements", "counter", "Of these, the ones that replaced another.")
WORKER_MEMORY = Metric(
    "worker_resident_memory_bytes", "gauge", "Memory of a process, the index it maps included.", ("worker",)
)
WORKER_FILES = Metric("worker_open_files", "gauge", "Open files and connections of a process.", ("worker",))
BUILD = Metric("build_info", "gauge", "Always 1; the labels say what runs.", ("version", "python"))

METRICS = (
    REQUESTS,
    REQUEST_SECONDS,
    IN_PROGRESS,
    PROBLEMS,
    SEARCH_SECONDS,
    PARTIAL,
    SLOW,
    CACHE_USES,
    READY,
    DEGRADED,
    GENERATION,
    GENERATION_AGE,
    BROKEN,
    POSTS,
    COMMENTS,
    IMPORT_AGE,
    IMPORT_SECONDS,
    IMPORT_CHANGES,
    IMPORT_SKIPPED,
    IMPORT_WARNINGS,
    FEEDS,
    WORKERS,
    WORKER_STARTS,
    WORKER_REPLACEMENTS,
    WORKER_MEMORY,
    WORKER_FILES,
    BUILD,
)
"""All of them, in the order they are told."""
