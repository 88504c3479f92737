"""Stores of earlier versions."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from search.errors import StoreUnreadable
from search.history import ChangeCounts, ImportRecord, SourceRecord
from search.model import Blog, Comment, Post, Standing
from search.sameness.identity import Held
from search.store import Store

EXPORT, FEED = SourceRecord("/blog.xml", "", ""), SourceRecord("/feed.xml", "", "")
HARBOUR = Post("harbour00000", Blog("Tides"), "The harbour", text="Boats", html="<p>Boats</p>", tags=("sea",))
MILL = Post("mill00000000", Blog("Tides"), "The mill", text="Flour", html="<p>Flour</p>")
REPLY = Comment("reply0000000", HARBOUR.id, "Ivo", text="Lovely", html="<p>Lovely</p>")

_SCHEMA_1 = (Path(__file__).parent / "schema-1.sql").read_text(encoding="utf-8")


@pytest.fixture
def earlier(tmp_path: Path) -> Path:
    """A store as the first version wrote it."""
    path = tmp_path / "store.db"
    connection = sqlite3.connect(path)
    connection.executescript(_SCHEMA_1)
    connection.close()
    return path


@pytest.fixture
def store(earlier: Path) -> Iterator[Store]:
    store = Store.open(earlier, create=True)
    yield store
    store.close()


def bring_in(store: Store, source: SourceRecord, held: Held, *records: Post | Comment) -> ChangeCounts:
    with store.transaction() as transaction:
        staging = transaction.stage(source)
        for record in records:
            if isinstance(record, Post):
                staging.put_post(record, held)
            else:
                staging.put_comment(record, held)
        counts = staging.apply(keep_missing=False)
        transaction.commit(ImportRecord(datetime(2026, 1, 1, tzinfo=UTC), {}))
    return counts


def test_nothing_of_an_earlier_store_is_lost(store: Store) -> None:
    found = store.contents([HARBOUR.id, MILL.id])
    assert {content.post for content in found.values()} == {HARBOUR, MILL}
    assert found[HARBOUR.id].comments == (REPLY,)
    assert (store.counts().posts, store.counts().comments, store.counts().unpublished) == (2, 1, 0)
    assert store.sources() == (EXPORT, FEED)
    assert store.publication().generation == "000003"


def test_an_earlier_store_is_brought_up_to_date_once(store: Store, earlier: Path) -> None:
    with_the_new_tables = Store.open(earlier)
    assert with_the_new_tables.posts([MILL.id]) == {MILL.id: MILL}
    with_the_new_tables.close()
    again = Store.open(earlier, create=True)
    assert again.counts().posts == 2
    again.close()


def test_a_reader_of_an_earlier_store_is_told_what_to_do(earlier: Path) -> None:
    with pytest.raises(StoreUnreadable, match="run `blogsearch reindex`"):
        Store.open(earlier)


def test_a_source_that_is_read_again_has_its_posts_once(store: Store) -> None:
    bring_in(store, EXPORT, Held("wxr"), HARBOUR, MILL, REPLY)
    assert (store.counts().posts, store.counts().comments) == (2, 1)
    assert bring_in(store, EXPORT, Held("wxr"), HARBOUR, MILL, REPLY) == ChangeCounts(unchanged=3)


def test_what_a_source_no_longer_has_goes_as_it_would_have_gone_before(store: Store) -> None:
    counts = bring_in(store, EXPORT, Held("wxr"))
    assert counts.removed == 2  # the mill and the comment; the feed still holds the harbour
    assert store.posts([HARBOUR.id, MILL.id]) == {HARBOUR.id: HARBOUR}
    bring_in(store, FEED, Held("feed", Standing.FEED, complete=False), HARBOUR)
    assert store.counts().posts == 1
