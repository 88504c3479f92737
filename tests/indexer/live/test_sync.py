from __future__ import annotations

from datetime import timedelta

import pytest

from indexer.live.feed_report import Outcome
from indexer.report import Report
from search.errors import FetchFailed, NoSources, SourceError
from tests.indexer.fetching.faulty_server import (
    FaultyServer,
    conditional,
    cut_off,
    document,
    redirect,
    refusal,
    reply,
)
from tests.indexer.live.archive import LiveArchive
from tests.indexer.live.blogs import WORDPRESS, html, rss, rss_comments

MINUTE = timedelta(minutes=1)


def outcomes(report: Report) -> list[str]:
    return [str(feed.outcome) for feed in report.feeds]


def subscribed(server: FaultyServer, archive: LiveArchive) -> None:
    server.answer("/feed", rss(server, ["hail"], ETag='"1"'))
    archive.reindex(server.address("/feed"))


def test_a_feed_is_imported_by_its_address(server: FaultyServer, archive: LiveArchive) -> None:
    server.answer("/feed", rss(server, ["hail", "frost"]))
    report = archive.reindex(server.address("/feed"))
    assert report.read.posts == 2
    assert archive.titles() == ["Frost", "Hail"]
    assert archive.sources() == [server.address("/feed")]


def test_what_is_new_in_a_feed_is_added_and_nothing_is_removed(
    server: FaultyServer, archive: LiveArchive
) -> None:
    subscribed(server, archive)
    server.answer("/feed", rss(server, ["sleet"]))
    report = archive.sync()
    assert archive.titles() == ["Hail", "Sleet"]
    assert [(feed.outcome, feed.new) for feed in report.feeds] == [(Outcome.FETCHED, 1)]


def test_an_unchanged_feed_is_not_sent_again(server: FaultyServer, archive: LiveArchive) -> None:
    server.answer("/feed", conditional(rss(server, ["hail"], ETag='"1"'), '"1"'))
    archive.reindex(server.address("/feed"))
    report = archive.sync()
    assert outcomes(report) == ["unchanged"]
    assert report.sources == ()
    assert server.asked[-1].headers["If-None-Match"] == '"1"'


def test_a_feed_is_read_again_by_reindex_whatever_is_remembered(
    server: FaultyServer, archive: LiveArchive
) -> None:
    server.answer("/feed", conditional(rss(server, ["hail"], ETag='"1"'), '"1"'))
    archive.reindex(server.address("/feed"))
    report = archive.reindex()
    assert outcomes(report) == ["fetched"]
    assert report.changes.unchanged == 1


def test_one_bad_feed_stops_no_other(server: FaultyServer, archive: LiveArchive) -> None:
    bad = {
        "/broken": refusal(500),
        "/cut-off": cut_off(b"<rss><channel>"),
        "/page": html("Out of order"),
        "/nothing": document(b""),
        "/loop": redirect("/loop"),
        "/image": reply(200, b"\x89PNG\r\n\x1a\n", {"Content-Type": "image/png"}),
        "/bomb": document(b'<!DOCTYPE rss [<!ENTITY a "b">]><rss><channel>&a;</channel></rss>'),
    }
    for path in ("/first", *bad, "/last"):
        server.answer(path, rss(server, [path.strip("/")]))
        archive.reindex(server.address(path))
    for path, answer in bad.items():
        server.answer(path, answer)
    server.answer("/first", rss(server, ["new first"]))
    server.answer("/last", rss(server, ["new last"]))
    report = archive.sync()
    became = {feed.address.rpartition("/")[2]: feed.outcome for feed in report.feeds}
    assert became == {path.strip("/"): Outcome.FAILED for path in bad} | {
        "first": Outcome.FETCHED,
        "last": Outcome.FETCHED,
    }
    assert all(feed.note for feed in report.feeds if feed.outcome is Outcome.FAILED)
    assert len(archive.titles()) == len(bad) + 4


def test_a_page_in_the_place_of_a_feed_is_no_post(server: FaultyServer, archive: LiveArchive) -> None:
    subscribed(server, archive)
    server.answer("/feed", html("<article><h1>We are moving</h1><p>Come back later.</p></article>"))
    report = archive.sync()
    assert "a page came instead of a feed" in report.feeds[0].note
    assert archive.titles() == ["Hail"]


def test_a_failing_feed_is_left_alone_for_longer_and_longer_up_to_a_day(
    server: FaultyServer, archive: LiveArchive
) -> None:
    subscribed(server, archive)
    server.answer("/feed", refusal(500))
    pauses = []
    for _ in range(9):
        archive.sync()
        state = archive.feed()
        assert state.next_fetch
        pauses.append((state.next_fetch - archive.time.now) // MINUTE)
        archive.time.now = state.next_fetch - MINUTE
        assert outcomes(archive.sync()) == ["waiting"]
        archive.time.now = state.next_fetch
    assert pauses == [15, 30, 60, 120, 240, 480, 960, 1440, 1440]


def test_a_server_that_asks_to_be_left_alone_is(server: FaultyServer, archive: LiveArchive) -> None:
    subscribed(server, archive)
    server.answer("/feed", refusal(429, Retry_After="7200"))
    archive.sync()
    assert archive.feed().next_fetch == archive.time.now + 120 * MINUTE
    asked = len(server.asked)
    archive.sync()
    assert len(server.asked) == asked


def test_a_feed_that_answers_again_is_forgiven(server: FaultyServer, archive: LiveArchive) -> None:
    subscribed(server, archive)
    server.answer("/feed", refusal(503), rss(server, ["frost"]))
    archive.sync()
    archive.time.now += 15 * MINUTE
    assert outcomes(archive.sync()) == ["fetched"]
    assert (archive.feed().failures, archive.feed().note) == (0, "")


def test_a_feed_that_is_gone_is_retired_and_its_posts_stay(
    server: FaultyServer, archive: LiveArchive
) -> None:
    subscribed(server, archive)
    server.answer("/feed", refusal(410))
    report = archive.sync()
    assert outcomes(report) == ["gone"]
    assert report.all_warnings
    asked = len(server.asked)
    archive.time.now += timedelta(days=40)
    assert outcomes(archive.sync()) == ["gone"]
    assert len(server.asked) == asked
    assert archive.titles() == ["Hail"]


def test_a_retired_feed_that_is_named_again_is_asked(server: FaultyServer, archive: LiveArchive) -> None:
    subscribed(server, archive)
    server.answer("/feed", refusal(410))
    archive.sync()
    server.answer("/feed", rss(server, ["frost"]))
    archive.reindex(server.address("/feed"))
    assert not archive.feed().retired


def test_a_permanent_redirect_is_remembered_and_posts_keep_their_ids(
    server: FaultyServer, archive: LiveArchive
) -> None:
    subscribed(server, archive)
    server.answer("/feed", redirect("/moved", 301))
    server.answer("/moved", rss(server, ["hail", "frost"]))
    report = archive.sync()
    assert (report.changes.added, report.changes.unchanged) == (1, 1)
    archive.sync()
    assert [asked.path for asked in server.asked][-1] == "/moved"
    assert len(server.asked_for("/feed")) == 2
    assert archive.feed().moved_to == server.address("/moved")
    archive.reindex(server.address("/moved"))
    assert archive.sources() == [server.address("/feed")]


def test_a_permanent_redirect_is_remembered_though_nothing_changed(
    server: FaultyServer, archive: LiveArchive
) -> None:
    subscribed(server, archive)
    server.answer("/feed", redirect("/moved", 301))
    server.answer("/moved", conditional(rss(server, ["hail"]), '"1"'))
    assert outcomes(archive.sync()) == ["unchanged"]
    assert archive.feed().moved_to == server.address("/moved")


def test_a_temporary_redirect_is_followed_and_forgotten(server: FaultyServer, archive: LiveArchive) -> None:
    subscribed(server, archive)
    server.answer("/feed", redirect("/elsewhere", 302))
    server.answer("/elsewhere", rss(server, ["frost"]))
    archive.sync()
    assert archive.feed().moved_to == ""
    assert archive.titles() == ["Frost", "Hail"]


def test_a_feed_that_moved_to_a_dead_end_is_asked_at_its_old_address_in_the_end(
    server: FaultyServer, archive: LiveArchive
) -> None:
    subscribed(server, archive)
    server.answer("/feed", redirect("/moved", 301), rss(server, ["frost"]))
    server.answer("/moved", rss(server, ["hail"]), refusal(404))
    archive.sync()
    for _ in range(4):
        archive.time.now += timedelta(days=2)
        archive.sync()
    assert archive.titles() == ["Frost", "Hail"]


def test_what_could_not_be_imported_is_asked_for_again(server: FaultyServer, archive: LiveArchive) -> None:
    subscribed(server, archive)
    server.answer("/feed", document(b'<!DOCTYPE r [<!ENTITY a "b">]><rss><channel/></rss>', ETag='"2"'))
    archive.sync()
    assert archive.feed().etag == '"1"'


def test_the_newest_comments_come_when_the_feed_speaks_of_others(
    server: FaultyServer, archive: LiveArchive
) -> None:
    def told(count: int) -> str:
        return f"<slash:comments>{count}</slash:comments>"

    server.answer(
        "/feed",
        rss(server, ["hail"], head=WORDPRESS, more=told(1)),
        rss(server, ["hail"], head=WORDPRESS, more=told(1)),
        rss(server, ["hail"], head=WORDPRESS, more=told(2)),
    )
    server.answer("/comments/feed/", rss_comments(server, [("hail", 1)]), rss_comments(server, [("hail", 2)]))
    archive.reindex(server.address("/feed"))
    archive.sync()
    assert len(server.asked_for("/comments/feed/")) == 1
    archive.sync()
    assert len(server.asked_for("/comments/feed/")) == 2
    assert archive.titles("reply 2") == ["Hail"]


def test_without_feeds_there_is_nothing_to_sync(archive: LiveArchive) -> None:
    with pytest.raises(NoSources, match="no live feeds"):
        archive.sync()


def test_an_address_that_gives_nothing_is_an_error_where_it_is_named(
    server: FaultyServer, archive: LiveArchive
) -> None:
    with pytest.raises(FetchFailed):
        archive.reindex(server.address("/nothing"))
    assert not (archive.data / "store.db").exists()


def test_an_address_that_is_no_feed_is_read_as_the_file_it_is(
    server: FaultyServer, archive: LiveArchive
) -> None:
    post = "<article class='h-entry'><h1 class='p-name'>Hail</h1><div class='e-content'>Ice.</div></article>"
    server.answer("/2019/hail.html", html(post))
    report = archive.reindex(server.address("/2019/hail.html"))
    assert archive.titles() == ["Hail"]
    assert report.feeds == ()
    server.answer("/2019/hail.html", refusal(404))
    assert "404" in " ".join(archive.reindex().all_warnings)
    with pytest.raises(NoSources):
        archive.sync()


def test_an_unreadable_address_is_an_error_where_it_is_named(
    server: FaultyServer, archive: LiveArchive
) -> None:
    server.answer("/photo", reply(200, b"\x89PNG\r\n\x1a\n\0\0", {"Content-Type": "image/png"}))
    with pytest.raises(SourceError, match="photo"):
        archive.reindex(server.address("/photo"))


def test_a_feed_that_could_not_be_imported_is_in_trouble_though_its_archive_was_read(
    server: FaultyServer, archive: LiveArchive
) -> None:
    server.answer("/feed", rss(server, ["hail"]))
    archive.reindex(server.address("/feed"))
    bad = rss(server, [], head='<atom:link rel="next" href="/older"/>').wire()
    (body,) = (piece for piece in bad if isinstance(piece, bytes))
    feed = body.partition(b"\r\n\r\n")[2].replace(b"<rss", b'<!DOCTYPE r [<!ENTITY a "b">]><rss', 1)
    server.answer("/feed", document(feed))
    server.answer("/older", rss(server, ["frost"]))
    report = archive.sync(history=True)
    assert archive.titles() == ["Frost", "Hail"]
    assert outcomes(report) == ["failed"]
    assert archive.feed().failures == 1
    assert "entities" in archive.feed().note


def test_a_feed_that_is_found_again_from_a_page_keeps_its_state(
    server: FaultyServer, archive: LiveArchive
) -> None:
    server.answer("/feed", redirect("/moved", 301))
    server.answer("/moved", rss(server, ["hail"], head='<atom:link rel="next" href="/older"/>'))
    server.answer("/older", rss(server, ["frost"]))
    archive.reindex(server.address("/feed"), history=True)
    before = archive.feed()
    for named in ("/feed", "/moved"):
        server.answer("/", html("Rain", f'<link rel="alternate" type="text/xml" href="{named}">'))
        archive.reindex(server.address("/"))
        assert archive.sources() == [server.address("/feed")]
        assert archive.feed().history == before.history != ""
        assert archive.feed().moved_to == server.address("/moved")


def test_at_a_pace_each_feed_has_its_own_time(server: FaultyServer, archive: LiveArchive) -> None:
    subscribed(server, archive)
    archive.sync(every=60 * MINUTE)
    assert archive.feed().next_fetch == archive.time.now + 60 * MINUTE
    archive.time.now += 59 * MINUTE
    assert outcomes(archive.sync(every=60 * MINUTE)) == ["waiting"]
    archive.time.now += MINUTE
    assert outcomes(archive.sync(every=60 * MINUTE)) == ["fetched"]
