"""`sync --every`: the loop, by its own clock."""

from __future__ import annotations

from datetime import timedelta
from itertools import islice

from indexer.report import Report
from indexer.steps import NoSteps
from indexer.sync import keep_in_sync
from tests.indexer.fetching.faulty_server import FaultyServer, refusal
from tests.indexer.live.archive import LiveArchive
from tests.indexer.live.blogs import rss

QUARTER = timedelta(minutes=15)


def rounds(archive: LiveArchive, number: int) -> list[Report]:
    loop = keep_in_sync(archive.options(), NoSteps(), archive.time.clock(), QUARTER)
    return list(islice(loop, number))


def test_feeds_are_asked_at_their_pace_for_ever(server: FaultyServer, archive: LiveArchive) -> None:
    server.answer("/feed", rss(server, ["hail"]), rss(server, ["hail"]), rss(server, ["frost"]))
    archive.reindex(server.address("/feed"))
    found = rounds(archive, 3)
    assert archive.time.slept == [900, 900]
    assert [report.changes.added for report in found] == [0, 1, 0]


def test_a_feed_that_fails_is_waited_for_while_others_go_on(
    server: FaultyServer, archive: LiveArchive
) -> None:
    server.answer("/good", rss(server, ["hail"]))
    server.answer("/bad", rss(server, ["frost"]), refusal(500))
    for path in ("/good", "/bad"):
        archive.reindex(server.address(path))
    rounds(archive, 5)
    assert len(server.asked_for("/good")) == 6
    assert len(server.asked_for("/bad")) == 4


def test_where_all_feeds_are_gone_the_loop_rests(server: FaultyServer, archive: LiveArchive) -> None:
    server.answer("/feed", rss(server, ["hail"]), refusal(410))
    archive.reindex(server.address("/feed"))
    rounds(archive, 3)
    assert archive.time.slept == [900, 900]
    assert len(server.asked) == 2
