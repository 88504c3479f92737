"""The client that the docs offer to copy, against a served archive."""

from __future__ import annotations

import http.client
import runpy
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.serving import make_server

from search.archive import Archive as Stored
from tests.web.serving import serving
from web.app import create_app
from web.conduct.turns import AT_ONCE
from web.settings import Settings
from web.site import EXTENSION

CLIENT = Path(__file__).parents[2] / "docs" / "client.py"
NAMES = runpy.run_path(str(CLIENT))
Archive, ApiError = NAMES["Archive"], NAMES["ApiError"]
MOST_LINES = 150


@pytest.fixture(scope="module")
def address(data: Path) -> Iterator[str]:
    with serving(data) as found:
        yield found


def test_it_searches(address: str) -> None:
    page = Archive(address).search("roses", sort="oldest", size=5, tag=["garden", "drones"])
    assert page["total"] == 25
    assert [each["title"] for each in page["results"]] == [f"Roses, part {number}" for number in range(5)]


def test_it_takes_parameters_whose_names_are_none_in_python(address: str) -> None:
    assert Archive(address).search("roses", **{"-author": "Ann Ames"})["total"] == 12
    assert Archive(address).search("drones", **{"in": "comments"})["total"] == 1


def test_it_follows_pages_to_the_last(address: str) -> None:
    titles = [each["title"] for page in Archive(address).pages("roses", size=10) for each in page["results"]]
    assert sorted(titles) == sorted(f"Roses, part {number}" for number in range(25))


def test_it_reads_a_post(address: str) -> None:
    assert Archive(address).post("aaaaaaaaaaa2")["comments"]["total"] == 2


def test_it_lists_all_values_of_a_facet(address: str) -> None:
    values = {each["value"]: each["count"] for each in Archive(address).values("tag", "roses", size=4)}
    assert values == {"garden": 25, **{f"rose {number}": 1 for number in range(25)}}


def test_it_exports_whole_results(address: str) -> None:
    assert {line["text"] for line in Archive(address).export("roses")} == {"On pruning roses in the garden."}


def test_a_refusal_is_told_with_its_problem_document(address: str) -> None:
    with pytest.raises(ApiError, match=r"cannot be made: .*/problems/invalid-parameter") as caught:
        Archive(address).search("roses", size=1000)
    assert caught.value.problem["parameter"] == "size"


def test_it_asks_sites_alone() -> None:
    with pytest.raises(ValueError, match="no address of a site"):
        Archive("file:///etc/passwd")


def test_it_is_a_command(address: str) -> None:
    command = [sys.executable, str(CLIENT), "drones", "--site", address]
    printed = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60).stdout  # noqa: S603
    assert printed.splitlines()[0] == "1 posts"
    assert f"{address}/posts/aaaaaaaaaaa2/drones-over-the-harbour" in printed


def test_it_is_one_page_of_code() -> None:
    assert len(CLIENT.read_text(encoding="utf-8").splitlines()) < MOST_LINES


def test_it_waits_as_long_as_it_is_told_to(data: Path) -> None:
    with serving(data, "--rate", "60") as address:
        archive = Archive(address)
        assert all(archive.search("roses", size=1)["total"] == 25 for _ in range(62))


def test_it_waits_for_its_turn(data: Path, archive: Stored, monkeypatch: pytest.MonkeyPatch) -> None:
    app = create_app(Settings(data), archive)
    turns = app.extensions[EXTENSION].turns
    taken = [turns.take(()) for _ in range(AT_ONCE)]
    monkeypatch.setattr(time, "sleep", lambda _: taken.clear())
    with served(app) as address:
        with pytest.raises(ApiError, match="The site is busy"):
            list(Archive(address, patience=0).export("roses"))
        assert len(list(Archive(address).export("roses"))) == 25


@contextmanager
def served(app: Flask) -> Iterator[str]:
    """The address of an application of this process."""
    server = make_server("127.0.0.1", 0, app)
    loop = threading.Thread(target=server.serve_forever)
    loop.start()
    try:
        yield f"http://127.0.0.1:{server.port}"
    finally:
        server.shutdown()
        loop.join()
        server.server_close()


@contextmanager
def failing(data: Path) -> Iterator[str]:
    """A served archive whose disk fails while a result is read."""
    command = [sys.executable, "-m", "tests.web.failing", str(data)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:  # noqa: S603
        try:
            assert process.stdout is not None
            yield process.stdout.readline().strip()
        finally:
            process.terminate()


def test_an_export_that_breaks_off_is_not_taken_for_a_whole_one(data: Path) -> None:
    with failing(data) as address, pytest.raises(http.client.IncompleteRead):
        list(Archive(address).export("roses"))
