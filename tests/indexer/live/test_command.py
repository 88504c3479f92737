"""`blogsearch sync` and `reindex ADDRESS` as their users run them."""

from __future__ import annotations

import fcntl
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from indexer.live.gather import PORTION
from search.layout import lock_file
from tests.indexer.fetching.faulty_server import FaultyServer, Reply, refusal, silent
from tests.indexer.live.archive import LiveArchive
from tests.indexer.live.blogs import atom, html, rss

COMMAND = (sys.executable, "-W", "error", "-c", "from indexer.cli import main; main()")


def environment(data: Path, *, private: bool = True) -> dict[str, str]:
    settings = {"BLOGSEARCH_DATA": str(data), "BLOGSEARCH_DELAY": "0"}
    if private:
        settings["BLOGSEARCH_PRIVATE_ADDRESSES"] = "1"
    return {**os.environ, **settings}


def call(archive: LiveArchive, *arguments: str, private: bool = True) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 - our own command
        [*COMMAND, *arguments],
        env=environment(archive.data, private=private),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


@contextmanager
def running(archive: LiveArchive, *arguments: str) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(  # noqa: S603 - our own command
        [*COMMAND, *arguments],
        env=environment(archive.data) | {"PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    with process:
        try:
            yield process
        finally:
            process.kill()


def subscribed(server: FaultyServer, archive: LiveArchive) -> None:
    server.answer("/feed", rss(server, ["hail"]))
    archive.reindex(server.address("/feed"))


def test_an_address_is_imported_and_the_summary_says_so(server: FaultyServer, archive: LiveArchive) -> None:
    server.answer("/feed", rss(server, ["hail"]))
    done = call(archive, "reindex", server.address("/feed"))
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[0] == "1 feed: 1 fetched; 1 added."
    assert archive.titles() == ["Hail"]


def test_this_machine_is_not_asked_without_the_setting(server: FaultyServer, archive: LiveArchive) -> None:
    server.answer("/feed", rss(server, ["hail"]))
    done = call(archive, "reindex", server.address("/feed"), private=False)
    assert done.returncode == 1
    assert "this machine" in done.stderr
    assert not server.asked


def test_sync_reports_as_reindex_does_and_lists_the_feeds(server: FaultyServer, archive: LiveArchive) -> None:
    subscribed(server, archive)
    server.answer("/feed", rss(server, ["frost"]))
    done = call(archive, "sync", "--json", "--quiet")
    report: dict[str, Any] = json.loads(done.stdout)
    assert done.returncode == 0
    assert report["changes"]["added"] == 1
    assert report["feeds"] == [
        {"address": server.address("/feed"), "outcome": "fetched", "new": 1, "next": None, "note": ""}
    ]


def test_a_failing_feed_among_others_ends_with_3_and_is_told_of(
    server: FaultyServer, archive: LiveArchive
) -> None:
    subscribed(server, archive)
    server.answer("/bad", rss(server, ["sleet"]), refusal(500))
    archive.reindex(server.address("/bad"))
    done = call(archive, "sync")
    assert done.returncode == 3
    assert f"Warning: {server.address('/bad')}" in done.stdout


def test_a_list_with_a_failing_feed_ends_with_3(
    server: FaultyServer, archive: LiveArchive, tmp_path: Path
) -> None:
    server.answer("/feed", rss(server, ["hail"]))
    outlines = "".join(f'<outline text="x" xmlUrl="{server.address(path)}"/>' for path in ("/feed", "/bad"))
    path = tmp_path / "feeds.opml"
    path.write_text(f'<opml version="2.0"><head/><body>{outlines}</body></opml>')
    done = call(archive, "reindex", str(path))
    assert done.returncode == 3
    assert f"Warning: {server.address('/bad')}" in done.stdout
    assert archive.titles() == ["Hail"]


def test_sync_ends_with_1_where_no_feed_answers(server: FaultyServer, archive: LiveArchive) -> None:
    subscribed(server, archive)
    server.answer("/feed", refusal(500))
    assert call(archive, "sync", "--quiet").returncode == 1


def test_sync_without_feeds_is_a_wrong_call(archive: LiveArchive) -> None:
    done = call(archive, "sync")
    assert done.returncode == 2
    assert "no live feeds" in done.stderr


def test_sync_does_not_wait_for_another_writer_unless_told(
    server: FaultyServer, archive: LiveArchive
) -> None:
    subscribed(server, archive)
    with lock_file(archive.data).open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert call(archive, "sync").returncode == 75


@pytest.mark.parametrize("pace", ["soon", "15", "30s", "0m", "-1h"])
def test_a_pace_that_is_none_or_impolite_is_a_wrong_call(archive: LiveArchive, pace: str) -> None:
    done = call(archive, "sync", "--every", pace)
    assert done.returncode == 2
    assert "--every" in done.stderr


@pytest.mark.parametrize("which", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_the_loop_cleanly(
    server: FaultyServer, archive: LiveArchive, which: signal.Signals
) -> None:
    subscribed(server, archive)
    server.answer("/feed", rss(server, ["frost"]))
    with running(archive, "sync", "--every", "15m") as process:
        assert process.stdout
        assert "1 added" in process.stdout.readline()
        with lock_file(archive.data).open("a") as lock:  # it sleeps without the lock
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        process.send_signal(which)
        assert process.wait(60) == 0
    assert archive.titles() == ["Frost", "Hail"]


def test_a_signal_is_heard_while_a_server_is_silent(server: FaultyServer, archive: LiveArchive) -> None:
    subscribed(server, archive)
    server.answer("/feed", silent())
    with running(archive, "sync") as process:
        while len(server.asked) < 2:
            assert process.poll() is None
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 130
        assert process.stderr
        assert "nothing was changed" in process.stderr.read()


def test_what_is_killed_while_it_fetches_changed_nothing_and_locked_nobody(
    server: FaultyServer, archive: LiveArchive
) -> None:
    subscribed(server, archive)
    before = archive.feed()
    server.answer("/feed", silent())
    with running(archive, "sync") as process:
        while len(server.asked) < 2:
            assert process.poll() is None
        with lock_file(archive.data).open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        process.kill()
        process.wait()
    assert archive.feed() == before
    server.answer("/feed", rss(server, ["frost"]))
    archive.sync()
    assert archive.titles() == ["Frost", "Hail"]


def test_an_archive_that_was_being_followed_when_killed_is_followed_from_there(
    server: FaultyServer, archive: LiveArchive
) -> None:
    def page(number: int) -> Reply:
        older = f'<link rel="next" href="/feed?page={number + 1}"/>' if number < PORTION + 3 else ""
        return atom(server, [f"post {number}"], links=older)

    for number in range(1, PORTION + 4):
        server.answer(f"/feed?page={number}", page(number))
    last = f"/feed?page={PORTION + 3}"
    server.answer(last, silent(), page(PORTION + 3))
    with running(archive, "reindex", "--history", server.address("/feed?page=1")) as process:
        while not server.asked_for(last):
            assert process.poll() is None
        process.kill()
        process.wait()
    assert len(archive.titles()) == PORTION + 1
    archive.sync()
    assert len(archive.titles()) == PORTION + 3
    assert len(server.asked_for("/feed?page=2")) == 1


def test_status_says_what_is_wrong_with_a_feed(server: FaultyServer, archive: LiveArchive) -> None:
    subscribed(server, archive)
    server.answer("/feed", html("Out of order"))
    archive.sync()
    told = call(archive, "status")
    feed_line, times, trouble = told.stdout.partition("Feeds (1 of 1 failing):\n")[2].splitlines()[:3]
    assert feed_line == f"  {server.address('/feed')}"
    assert times.startswith("    asked in vain ")
    assert trouble.startswith("    a page came instead of a feed")
    (feed,) = json.loads(call(archive, "status", "--json").stdout)["feeds"]
    assert (feed["address"], feed["failures"]) == (server.address("/feed"), 1)


def test_a_bare_name_is_told_to_be_no_address(archive: LiveArchive) -> None:
    done = call(archive, "reindex", "blog.example")
    assert done.returncode == 1
    assert "https://blog.example" in done.stderr


def test_files_are_imported_without_anything_of_the_web(tmp_path: Path, archive: LiveArchive) -> None:
    (tmp_path / "hail.md").write_text("---\ntitle: Hail\n---\nIce.\n")
    code = (
        "import sys; from pathlib import Path; from indexer.reindex import Options, reindex\n"
        f"reindex([{str(tmp_path / 'hail.md')!r}], Options(Path({str(archive.data)!r})))\n"
        "print([name for name in ('httpx', 'httpcore') if name in sys.modules])"
    )
    done = subprocess.run(  # noqa: S603 - our own code
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
