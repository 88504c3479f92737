"""Lists of feeds: each feed is a source of its own, and lists are followed as feeds are."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from indexer.live.feed_report import Outcome
from indexer.report import Report
from tests.indexer.fetching.faulty_server import (
    FaultyServer,
    Reply,
    conditional,
    document,
    refusal,
)
from tests.indexer.live.archive import LiveArchive
from tests.indexer.live.blogs import rss

MINUTE = timedelta(minutes=1)


def outcomes(report: Report) -> list[str]:
    return [str(feed.outcome) for feed in report.feeds]


def test_the_feeds_of_a_list_are_sources_of_their_own(
    server: FaultyServer, archive: LiveArchive, tmp_path: Path
) -> None:
    server.answer("/one", rss(server, ["hail"]))
    server.answer("/two", rss(server, ["frost"]))
    outlines = [
        f'<outline text="{path}" xmlUrl="{server.address(path)}"/>' for path in ("/one", "/two", "/bad")
    ]
    path = tmp_path / "feeds.opml"
    path.write_text(f'<opml version="2.0"><head/><body>{"".join(outlines)}</body></opml>')
    report = archive.reindex(path)
    assert sorted(outcomes(report)) == ["failed", "fetched", "fetched"]
    assert archive.titles() == ["Frost", "Hail"]
    server.answer("/bad", rss(server, ["sleet"]))
    archive.time.now += 20 * MINUTE
    archive.sync()
    assert archive.titles() == ["Frost", "Hail", "Sleet"]


def test_a_feed_added_to_a_list_is_found_by_sync(
    server: FaultyServer, archive: LiveArchive, tmp_path: Path
) -> None:
    path = tmp_path / "feeds.opml"
    for names in (["/one"], ["/one", "/two"]):
        outlines = "".join(f'<outline text="x" xmlUrl="{server.address(name)}"/>' for name in names)
        path.write_text(f'<opml version="2.0"><head/><body>{outlines}</body></opml>')
        server.answer(names[-1], rss(server, [names[-1].strip("/")]))
        if names == ["/one"]:
            archive.reindex(path)
    archive.sync()
    assert archive.titles() == ["One", "Two"]


def test_a_list_may_be_at_an_address(server: FaultyServer, archive: LiveArchive) -> None:
    server.answer("/one", rss(server, ["hail"]))
    outline = f'<outline text="x" xmlUrl="{server.address("/one")}"/>'
    server.answer("/list", document(f'<opml version="2.0"><head/><body>{outline}</body></opml>'.encode()))
    archive.reindex(server.address("/list"))
    assert archive.titles() == ["Hail"]


def listing(server: FaultyServer, *paths: str) -> Reply:
    outlines = "".join(f'<outline text="x" xmlUrl="{server.address(path)}"/>' for path in paths)
    opml = f'<opml version="2.0"><head/><body>{outlines}</body></opml>'
    return document(opml.encode(), ETag=f'"{len(paths)}{paths[-1]}"')


def test_a_list_at_an_address_is_read_by_sync_and_feeds_that_leave_it_stay(
    server: FaultyServer, archive: LiveArchive
) -> None:
    for name in ("one", "two"):
        server.answer(f"/{name}", rss(server, [name]))
    server.answer("/list", listing(server, "/one"))
    assert not archive.reindex(server.address("/list")).all_warnings
    server.answer("/list", listing(server, "/two"))
    report = archive.sync()
    assert archive.titles() == ["One", "Two"]
    assert report.all_warnings == (
        f"{server.address('/list')} does not list {server.address('/one')} any more; it is still asked, "
        "and its posts stay",
    )
    again = archive.sync()
    assert len(again.feeds) == 3
    assert not again.all_warnings


def test_a_list_that_is_unchanged_is_not_sent_again(server: FaultyServer, archive: LiveArchive) -> None:
    server.answer("/one", rss(server, ["hail"]))
    server.answer("/list", conditional(listing(server, "/one"), '"1/one"'))
    archive.reindex(server.address("/list"))
    report = archive.sync()
    became = {feed.address: feed.outcome for feed in report.feeds}
    assert became[server.address("/list")] is Outcome.UNCHANGED


def test_a_feed_whose_host_wants_peace_is_not_blamed(
    server: FaultyServer, archive: LiveArchive, tmp_path: Path
) -> None:
    for name in ("one", "two"):
        server.answer(f"/{name}", refusal(429, Retry_After="3600"))
    outlines = "".join(f'<outline text="x" xmlUrl="{server.address(path)}"/>' for path in ("/one", "/two"))
    path = tmp_path / "feeds.opml"
    path.write_text(f'<opml version="2.0"><head/><body>{outlines}</body></opml>')
    report = archive.reindex(path)
    assert sorted(outcomes(report)) == ["failed", "waiting"]
    assert len(server.asked) == 1
