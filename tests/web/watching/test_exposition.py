"""The numbers are in the formats that Prometheus reads, and the documentation names all of them."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from importlib.metadata import version
from pathlib import Path

import pytest
import yaml
from flask.testing import FlaskClient
from prometheus_client.parser import text_string_to_metric_families as plain

from search.archive import Archive
from search.errors import StoreUnreadable
from search.health import BrokenGeneration, Health
from search.history import ChangeCounts, Counts, FeedState, ImportRecord
from tests.web.watching.asking import number, numbers
from web.app import create_app
from web.settings import Settings
from web.watching.metrics import METRICS, Metric

OPERATING = (Path(__file__).parents[3] / "docs" / "operating.md").read_text(encoding="utf-8")
OPENMETRICS = "application/openmetrics-text"
AN_HOUR_AGO = datetime.now(UTC) - timedelta(hours=1)


class Worn(Archive):
    """An archive with a broken generation, an import, and feeds in trouble."""

    def health(self) -> Health:
        broken = (BrokenGeneration("000007", "/srv/archive/index/000007 is not as it was written"),)
        return Health("000006", "000007", AN_HOUR_AGO, ("000007", "000006"), broken)

    def counts(self) -> Counts:
        return Counts(1234, 56, 0)

    def imports(self, most: int = 10) -> tuple[ImportRecord, ...]:
        changes = {"added": 3, "updated": 2, "unchanged": 1, "removed": 4}
        report = {"changes": changes, "seconds": 1.5, "skipped": 2, "warnings": ["one", "two", "three"]}
        return (ImportRecord(AN_HOUR_AGO, report),)

    def feeds(self) -> tuple[FeedState, ...]:
        return FeedState("a"), FeedState("b", failures=2), FeedState("c", failures=9, retired=True)


class Unreadable(Archive):
    """One whose store cannot be read any more."""

    def health(self) -> Health:
        raise StoreUnreadable("/srv/archive/store.db is not a store of blogsearch")

    def counts(self) -> Counts:
        raise StoreUnreadable("/srv/archive/store.db is not a store of blogsearch")


def scraped(archive: Archive, data: Path) -> str:
    return create_app(Settings(data), archive).test_client().get("/metrics").text


def test_every_metric_is_documented_with_its_kind_and_labels() -> None:
    def row(metric: Metric) -> str:
        labels = f" {', '.join(f'`{label}`' for label in metric.labels)} " if metric.labels else " "
        return f"| `{metric.exposed_name}` | {metric.sort} |{labels}| {metric.about} |"

    documented = re.findall(r"^\| `blogsearch_.*$", OPERATING, re.MULTILINE)
    assert documented == [row(metric) for metric in METRICS]


def test_every_metric_is_told_and_no_other(data: Path) -> None:
    with Worn.open(data) as archive:
        families = list(plain(scraped(archive, data)))
    told = {f"{family.name}_total" if family.type == "counter" else family.name for family in families}
    assert told == {metric.exposed_name for metric in METRICS}
    assert all(family.documentation for family in families)


@pytest.mark.parametrize(
    "accept", [OPENMETRICS, f"{OPENMETRICS}; version=1.0.0,text/plain;q=0.5", f"{OPENMETRICS};version=x"]
)
def test_openmetrics_is_told_to_who_asks_for_it(client: FlaskClient, accept: str) -> None:
    response = client.get("/metrics", headers={"Accept": accept})
    assert response.content_type.startswith(f"{OPENMETRICS}; version=1.0.0")
    assert response.text.endswith("# EOF\n")
    assert "# TYPE blogsearch_http_requests counter\n" in response.text
    assert response.headers["Cache-Control"] == "no-store"


def test_everybody_else_gets_the_format_of_prometheus(client: FlaskClient) -> None:
    assert client.get("/metrics").content_type == "text/plain; version=0.0.4; charset=utf-8"


def test_what_the_archive_says_of_itself_is_told(data: Path) -> None:
    with Worn.open(data) as archive:
        text = scraped(archive, data)
    told = {name: number(text, f"blogsearch_{name}") for name in ("generation", "ready", "degraded", "posts")}
    assert told == {"generation": 6, "ready": 1, "degraded": 1, "posts": 1234}
    assert number(text, "blogsearch_generations_broken") == 1
    at_most = (datetime.now(UTC) - AN_HOUR_AGO).total_seconds()
    assert 3600 <= number(text, "blogsearch_generation_age_seconds") <= at_most
    assert 3600 <= number(text, "blogsearch_import_age_seconds") <= at_most
    assert numbers(text, "blogsearch_import_changes") == {
        ("added",): 3, ("updated",): 2, ("unchanged",): 1, ("removed",): 4
    }  # fmt: skip
    assert [number(text, f"blogsearch_import_{what}") for what in ("seconds", "skipped", "warnings")] == [
        1.5,
        2,
        3,
    ]
    assert numbers(text, "blogsearch_feeds") == {("ok",): 1, ("failing",): 1, ("retired",): 1}
    assert "/srv/archive" not in text


def test_every_change_that_an_import_reports_has_a_number(data: Path) -> None:
    with Worn.open(data) as archive:
        told = {change for (change,) in numbers(scraped(archive, data), "blogsearch_import_changes")}
    assert told <= set(ChangeCounts.__slots__)


def test_an_archive_that_cannot_be_read_is_told_to_be_that(data: Path) -> None:
    with Unreadable.open(data) as archive:
        text = scraped(archive, data)
    assert (number(text, "blogsearch_ready"), number(text, "blogsearch_degraded")) == (0, 1)
    assert numbers(text, "blogsearch_posts") == {}


def test_it_says_what_runs_and_what_that_uses(client: FlaskClient) -> None:
    text = client.get("/metrics").text
    ((_, program),) = numbers(text, "blogsearch_build_info")
    assert program == version("blogsearch")
    assert number(text, "blogsearch_workers") == 1
    if Path("/proc/self/statm").exists():
        assert number(text, "blogsearch_worker_resident_memory_bytes", "0") > 1_000_000
        assert number(text, "blogsearch_worker_open_files", "0") > 3


def test_the_alerts_that_are_shown_ask_for_metrics_that_there_are() -> None:
    blocks = re.findall(r"```yaml\n(.*?)```", OPERATING, re.DOTALL)
    shown = [yaml.safe_load(block) for block in blocks]
    rules = [rule for block in shown for group in block.get("groups", ()) for rule in group["rules"]]
    asked = set(re.findall(r"blogsearch_\w+", " ".join(rule["expr"] for rule in rules)))
    there = {metric.exposed_name + end for metric in METRICS for end in ("", "_bucket")}
    assert len(rules) >= 3
    assert asked <= there


def test_who_is_not_of_this_machine_finds_nothing(client: FlaskClient) -> None:
    response = client.get("/metrics", environ_overrides={"REMOTE_ADDR": "203.0.113.9"})
    assert (response.status_code, response.mimetype) == (404, "application/problem+json")
    assert client.get("/metrics", headers={"X-Forwarded-For": "127.0.0.1"}).status_code == 404
