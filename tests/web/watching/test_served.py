"""What a real server tells: its log, its numbers, and those of all its processes together."""

from __future__ import annotations

import json
import os
import signal
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from click.testing import CliRunner

from indexer.cli import blogsearch
from tests.web.serving import server
from tests.web.watching.asking import ask, number, numbers

FORGED = '\n{"level": "error", "message": "forged"}\r\n2026-01-01 00:00:00 UTC  error  forged\x1b[2J\u202e'
SECRET = "correct horse battery staple"  # noqa: S105 - of a server that lives for a second
PATIENCE = 20


@dataclass(frozen=True, slots=True)
class Served:
    process: int
    address: str
    log: Path

    def lines(self) -> list[dict[str, Any]]:
        """All lines of the log, each of which is an object."""
        return [json.loads(line) for line in self.log.read_text(encoding="utf-8").splitlines()]

    def told(self, request_id: str, event: str = "request") -> dict[str, Any]:
        """What the log has of a request, once it has."""
        found: dict[str, Any] = eventually(
            lambda: next(
                (
                    line
                    for line in self.lines()
                    if (line.get("request_id"), line.get("event")) == (request_id, event)
                ),
                None,
            )
        )
        return found


def eventually(find: Any) -> Any:
    deadline = time.monotonic() + PATIENCE
    while not (found := find()):
        assert time.monotonic() < deadline
        time.sleep(0.02)
    return found


@pytest.fixture(scope="module")
def served(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Two processes that log in JSON, to which every search is slow, behind a trusted proxy at 127.0.0.2."""
    log = tmp_path_factory.mktemp("served") / "log"
    options = ("--workers", "2", "--log", "json", "--slow", "0.000001", "--trusted-proxy", "127.0.0.2")
    with log.open("w") as file, server(data, *options, log=file) as (process, address):
        yield Served(process, address, log)


@pytest.fixture(scope="module")
def guarded(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """One process with a secret, that logs for people, to which every search is slow."""
    log = tmp_path_factory.mktemp("guarded") / "log"
    secret = {"BLOGSEARCH_METRICS_TOKEN": SECRET}
    with log.open("w") as file, server(data, "--slow", "0.000001", log=file, **secret) as (process, address):
        yield Served(process, address, log)


def test_each_request_is_a_line_with_the_id_of_its_answer(served: Served) -> None:
    answer = ask(served.address, "/search.json?q=roses")
    told = served.told(answer.headers["X-Request-Id"])
    assert (told["status"], told["path"], told["bytes"]) == (200, "/search.json", len(answer.text.encode()))
    assert told["level"] == "info"
    assert told["ms"] > 0


def test_nobody_forges_a_line_by_what_they_ask_for(served: Served) -> None:
    answer = ask(served.address, f"/search.json?q={quote('roses' + FORGED)}&tag={quote(FORGED)}")
    told = served.told(answer.headers["X-Request-Id"], "slow_search")
    assert told["level"] == "warning"
    assert told["query"].startswith('roses {"level": "error"')
    assert told["query"].isprintable()
    nothing = ask(served.address, f"/{quote(FORGED)}", X_Request_Id="forged-forged", User_Agent="{}")
    assert served.told(nothing.headers["X-Request-Id"])["path"].isprintable()
    assert {line["level"] for line in served.lines()} <= {"info", "warning"}
    assert "forged-forged" not in served.log.read_text()


def test_in_lines_for_people_nobody_forges_one_either(guarded: Served) -> None:
    answer = ask(guarded.address, f"/search.json?q={quote('roses' + FORGED)}")
    request_id = answer.headers["X-Request-Id"]
    eventually(lambda: request_id in guarded.log.read_text())
    *_, line = guarded.log.read_text().splitlines()
    assert "  warning  slow search: " in line
    assert line.endswith(f"  [{request_id}]")
    assert line.isprintable()
    ask(guarded.address, "/nothing")
    assert all("slow search" in line for line in guarded.log.read_text().splitlines())


def test_the_numbers_of_all_processes_add_up_whichever_is_asked(served: Served) -> None:
    def searches(text: str) -> float:
        return numbers(text, "blogsearch_http_requests_total").get(("/search.json", "2xx"), 0)

    before = searches(ask(served.address, "/metrics").text)
    workers: set[int] = set()
    asked = 0
    while len(workers) < 2 or asked < 10:
        answer = ask(served.address, "/search.json?q=drones")
        workers.add(served.told(answer.headers["X-Request-Id"])["pid"])
        asked += 1
        assert asked < 500
    for _ in range(5):
        text = ask(served.address, "/metrics").text
        assert searches(text) == before + asked
        assert number(text, "blogsearch_workers") == 2


def test_a_process_that_takes_the_place_of_another_goes_on_counting(served: Served) -> None:
    before = ask(served.address, "/metrics").text
    victim = served.told(ask(served.address, "/search.json").headers["X-Request-Id"])["pid"]
    os.kill(victim, signal.SIGKILL)

    def replaced() -> str:
        text = ask(served.address, "/metrics").text
        starts = number(text, "blogsearch_worker_starts_total")
        is_whole = number(text, "blogsearch_workers") == 2 and starts > number(
            before, "blogsearch_worker_starts_total"
        )
        return text if is_whole else ""

    after = eventually(replaced)
    assert number(after, "blogsearch_worker_replacements_total") >= 1
    assert number(after, "blogsearch_search_seconds_count") > number(
        before, "blogsearch_search_seconds_count"
    )
    assert number(after, "blogsearch_http_requests_in_progress") == 1
    assert len(numbers(after, "blogsearch_worker_open_files")) in (0, 2)


@pytest.mark.parametrize("header", ["X_Forwarded_For", "Forwarded", "Via", "X_Real_IP"])
def test_who_comes_by_a_web_server_in_front_finds_no_numbers(served: Served, header: str) -> None:
    assert ask(served.address, "/metrics", **{header: "127.0.0.1"}).status == 404


def test_only_who_knows_the_secret_reads_the_numbers_where_there_is_one(guarded: Served) -> None:
    assert ask(guarded.address, "/metrics").status == 404
    assert ask(guarded.address, "/metrics", Authorization=f"Bearer {SECRET[:-1]}").status == 404
    answer = ask(guarded.address, "/metrics", Authorization=f"Bearer {SECRET}", X_Forwarded_For="203.0.113.9")
    assert (answer.status, number(answer.text, "blogsearch_ready")) == (200, 1)
    assert SECRET not in answer.text + guarded.log.read_text()


def test_a_secret_that_can_be_guessed_is_refused(data: Path) -> None:
    refused = CliRunner().invoke(
        blogsearch, ["serve", "--data", str(data)], env={"BLOGSEARCH_METRICS_TOKEN": "geheim"}
    )
    assert refused.exit_code == 2
    assert "BLOGSEARCH_METRICS_TOKEN is too short" in refused.output
    assert "geheim" not in refused.output
