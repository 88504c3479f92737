"""The system of record."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from search.engine import Change
from search.errors import ArchiveNotFound, StoreUnreadable
from search.history import ChangeCounts, Counts, FeedState, ImportRecord, SourceRecord
from search.model import Blog, Comment, Origin, Period, Post, Standing
from search.publication import Publication
from search.sameness.identity import Held
from search.store import Staging, Store

EXPORT = SourceRecord("/exports/blog.xml", "wxr", "")
FEED = SourceRecord("/exports/feed.xml")

HARBOUR = Post(
    id="harbour00000",
    blog=Blog("Tides", "https://tides.example/"),
    title="The harbour",
    html="<p>Boats &amp; gulls</p>",
    text="Boats & gulls",
    authors=("Ada", "Béla"),
    tags=("boats",),
    date=Period.of(2019, 5),
    updated=Period.at(datetime(2020, 1, 2, 3, 4, 5, tzinfo=UTC)),
    link="https://tides.example/harbour",
    language="en",
    publication="The Gazette",
    reporters=("Mara",),
    origins=(Origin("title", "page.txt", "line 3", 0.9),),
)
MILL = Post(id="mill00000000", blog=Blog("Tides"), title="The mill", language="de")
REPLY = Comment("reply0000000", HARBOUR.id, author="Cleo", date=Period.of(2019, 6, 1), text="Lovely")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store.open(tmp_path / "store.db", create=True)
    yield store
    store.close()


def put(staging: Staging, *records: Post | Comment, complete: bool = True) -> None:
    held = Held("wxr") if complete else Held("feed", Standing.FEED, complete=False)
    for record in records:
        if isinstance(record, Post):
            staging.put_post(record, held)
        else:
            staging.put_comment(record, held)


def bring_in(
    store: Store,
    *records: Post | Comment,
    source: SourceRecord = EXPORT,
    complete: bool = True,
    keep_missing: bool = False,
) -> ChangeCounts:
    with store.transaction() as transaction:
        staging = transaction.stage(source)
        put(staging, *records, complete=complete)
        counts = staging.apply(keep_missing=keep_missing)
        transaction.commit(ImportRecord(datetime(2026, 1, 1, tzinfo=UTC), {"seconds": 1.5}))
    return counts


def note_published(store: Store) -> None:
    with store.transaction() as transaction:
        transaction.commit(publication=Publication("000001", "d1", datetime(2026, 1, 2, tzinfo=UTC)))


def unpublished(store: Store) -> list[Change]:
    with store.transaction() as transaction:
        return list(transaction.unpublished_changes())


def test_a_post_and_its_comments_come_back_as_they_were_put(store: Store) -> None:
    assert bring_in(store, HARBOUR, MILL, REPLY) == ChangeCounts(added=3)
    found = store.contents([HARBOUR.id, MILL.id, "unknown00000"])
    assert found[HARBOUR.id].post == HARBOUR
    assert found[HARBOUR.id].comments == (REPLY,)
    assert found[MILL.id].post == MILL
    assert set(found) == {HARBOUR.id, MILL.id}


def test_the_same_import_again_changes_nothing(store: Store) -> None:
    bring_in(store, HARBOUR, MILL, REPLY)
    note_published(store)
    assert bring_in(store, HARBOUR, MILL, REPLY) == ChangeCounts(unchanged=3)
    assert store.counts().unpublished == 0


def test_a_changed_post_is_updated_and_waits_for_the_index(store: Store) -> None:
    bring_in(store, HARBOUR, MILL)
    note_published(store)
    assert bring_in(store, replace(HARBOUR, title="The old harbour"), MILL) == ChangeCounts(
        updated=1, unchanged=1
    )
    [change] = unpublished(store)
    assert change.content is not None
    assert change.content.post.title == "The old harbour"


def test_a_changed_comment_has_its_post_indexed_anew(store: Store) -> None:
    bring_in(store, HARBOUR, MILL, REPLY)
    note_published(store)
    bring_in(store, HARBOUR, MILL, replace(REPLY, text="Less lovely"))
    assert [change.post_id for change in unpublished(store)] == [HARBOUR.id]


def test_a_comment_that_moves_has_both_its_posts_indexed_anew(store: Store) -> None:
    bring_in(store, HARBOUR, MILL, REPLY)
    note_published(store)
    bring_in(store, HARBOUR, MILL, replace(REPLY, post_id=MILL.id))
    assert [change.post_id for change in unpublished(store)] == [HARBOUR.id, MILL.id]


def test_a_vanished_post_is_removed_with_its_comments(store: Store) -> None:
    bring_in(store, HARBOUR, MILL, REPLY)
    note_published(store)
    assert bring_in(store, MILL) == ChangeCounts(unchanged=1, removed=2)
    [change] = unpublished(store)
    assert (change.post_id, change.content) == (HARBOUR.id, None)
    assert store.found([], [REPLY.id]).comments == {}


def test_missing_posts_are_kept_when_asked(store: Store) -> None:
    bring_in(store, HARBOUR, MILL)
    assert bring_in(store, MILL, keep_missing=True) == ChangeCounts(unchanged=1)
    assert bring_in(store, MILL) == ChangeCounts(unchanged=1, removed=1)


def test_a_feed_only_adds(store: Store) -> None:
    bring_in(store, HARBOUR, source=FEED, complete=False)
    assert bring_in(store, MILL, source=FEED, complete=False) == ChangeCounts(added=1)
    assert store.counts().posts == 2


def test_a_post_stays_while_another_source_holds_it(store: Store) -> None:
    bring_in(store, HARBOUR, MILL)
    bring_in(store, HARBOUR, source=FEED, complete=False)
    assert bring_in(store, MILL) == ChangeCounts(unchanged=1)
    assert HARBOUR.id in store.posts([HARBOUR.id])


def test_a_feed_does_not_overwrite_what_an_export_brought(store: Store) -> None:
    shortened = replace(HARBOUR, text="Boats…")
    bring_in(store, HARBOUR)
    assert bring_in(store, shortened, source=FEED, complete=False) == ChangeCounts(unchanged=1)
    assert store.posts([HARBOUR.id])[HARBOUR.id] == HARBOUR


def test_an_export_takes_over_what_a_feed_brought_and_keeps_it(store: Store) -> None:
    shortened = replace(HARBOUR, text="Boats…")
    bring_in(store, shortened, source=FEED, complete=False)
    assert bring_in(store, HARBOUR) == ChangeCounts(updated=1)
    assert bring_in(store, shortened, source=FEED, complete=False) == ChangeCounts(unchanged=1)
    assert store.posts([HARBOUR.id])[HARBOUR.id] == HARBOUR


def test_of_two_records_with_one_id_the_later_modified_wins_in_any_order(store: Store) -> None:
    older = replace(HARBOUR, title="First try", updated=Period.of(2019, 5, 1))
    assert bring_in(store, HARBOUR, older) == ChangeCounts(added=1, duplicates=1)
    assert bring_in(store, older, HARBOUR) == ChangeCounts(unchanged=1, duplicates=1)
    assert store.posts([HARBOUR.id])[HARBOUR.id] == HARBOUR


def test_a_comment_may_come_before_its_post(store: Store) -> None:
    assert bring_in(store, REPLY, HARBOUR) == ChangeCounts(added=2)


def test_a_comment_without_its_post_is_left_out_and_counted(store: Store) -> None:
    assert bring_in(store, MILL, REPLY) == ChangeCounts(added=1, orphans=1)
    assert bring_in(store, MILL, REPLY) == ChangeCounts(unchanged=1, orphans=1)


def test_comments_are_oldest_first_and_undated_last_in_the_order_of_the_source(store: Store) -> None:
    replies = [
        Comment("undated00002", HARBOUR.id, text="no date, first"),
        Comment("undated00001", HARBOUR.id, text="no date, second"),
        Comment("newest000000", HARBOUR.id, date=Period.of(2021)),
        Comment("oldest000000", HARBOUR.id, date=Period.of(2020)),
    ]
    bring_in(store, HARBOUR, *replies)
    found = store.contents([HARBOUR.id])[HARBOUR.id].comments
    assert [reply.id for reply in found] == ["oldest000000", "newest000000", "undated00002", "undated00001"]


def test_nothing_is_changed_without_a_commit(store: Store) -> None:
    with store.transaction() as transaction:
        staging = transaction.stage(EXPORT)
        put(staging, HARBOUR)
        staging.apply(keep_missing=False)
    assert store.counts().posts == 0
    assert store.sources() == ()


def test_readers_see_the_old_state_until_the_commit(store: Store) -> None:
    bring_in(store, HARBOUR)
    with store.transaction() as transaction:
        staging = transaction.stage(FEED)
        put(staging, MILL)
        staging.apply(keep_missing=False)
        assert store.counts().posts == 1
        transaction.commit(ImportRecord(datetime(2026, 1, 1, tzinfo=UTC), {}))
    assert store.counts().posts == 2


def test_more_records_than_a_batch_are_all_stored_and_all_streamed(store: Store) -> None:
    many = [replace(MILL, id=f"{number:012d}", title=f"Post {number}") for number in range(1234)]
    assert bring_in(store, *many).added == 1234
    assert [change.post_id for change in store.all_changes()] == sorted(post.id for post in many)


def test_what_is_in_the_archive_is_told(store: Store) -> None:
    bring_in(store, HARBOUR, replace(HARBOUR, id="second000000", date=Period.of(2021)), MILL)
    assert store.languages() == ("en", "de")
    assert [(blog.name, blog.posts) for blog in store.blogs()] == [("Tides", 3)]
    assert store.dates() == (Period.of(2019, 5), Period.of(2021))
    assert store.sources() == (EXPORT,)
    [record] = store.imports()
    assert record.report == {"seconds": 1.5}


def test_a_store_that_nothing_was_ever_put_in_is_no_archive_yet(tmp_path: Path) -> None:
    (tmp_path / "store.db").touch()
    with pytest.raises(ArchiveNotFound, match="nothing was imported yet"):
        Store.open(tmp_path / "store.db")


def test_a_file_that_is_no_store_is_refused_and_left_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    path.write_bytes(b"a shopping list, not a database" * 100)
    with pytest.raises(StoreUnreadable, match=r"store\.db is not a store"):
        Store.open(path)
    assert path.read_bytes() == b"a shopping list, not a database" * 100


def test_a_database_of_another_program_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE recipes (name TEXT)")
    connection.close()
    with pytest.raises(StoreUnreadable):
        Store.open(path, create=True)


def test_a_store_of_a_later_version_is_refused_with_advice(store: Store, tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "store.db") as connection:
        connection.execute("UPDATE facts SET value = '99' WHERE name = 'schema'")
    connection.close()
    with pytest.raises(StoreUnreadable, match="use the version that wrote it"):
        Store.open(tmp_path / "store.db")


def test_the_store_can_be_read_by_its_owner_only(store: Store, tmp_path: Path) -> None:
    assert (tmp_path / "store.db").stat().st_mode & 0o777 == 0o600


def test_a_store_whose_pages_are_damaged_is_told_when_they_are_read(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    store = Store.open(path, create=True)
    bring_in(store, *(replace(MILL, id=f"mill{number:08}", text="flour " * 99) for number in range(200)))
    store.close()
    whole = path.read_bytes()
    path.write_bytes(whole[:8192] + b"?" * (len(whole) - 8192))
    with pytest.raises(StoreUnreadable, match=r"store\.db"):
        Store.open(path).posts(["mill00000001"])


def test_a_store_may_lie_in_a_folder_of_any_name(tmp_path: Path) -> None:
    folder = tmp_path / "what? 100% #1 & more"
    folder.mkdir()
    Store.open(folder / "store.db", create=True).close()
    assert {path.name for path in folder.iterdir()} == {"store.db"}
    assert {path.name for path in tmp_path.iterdir()} == {folder.name}


def test_what_is_known_of_a_feed_is_remembered_and_replaced(store: Store) -> None:
    address = "https://tides.example/feed"
    due = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
    failing = FeedState(
        address, "https://tides.example/atom", '"7"', "Mon", due, due, 2, "timed out", True, "7"
    )
    for state in (FeedState(address), failing):
        with store.transaction() as transaction:
            transaction.put_feed(state)
            assert transaction.feeds() == (state,)
            transaction.commit(ImportRecord(due, {}))
        assert store.feeds() == (state,)


def test_what_is_published_is_noted_with_what_it_was_made_of(store: Store) -> None:
    assert store.publication() == Publication()
    at = datetime(2026, 1, 2, tzinfo=UTC)
    back = Publication("000001", "cd", at, rolled_back="000002")
    for noted in (Publication("000002", "ab", at), back, Publication("000003")):
        with store.transaction() as transaction:
            put(staging := transaction.stage(EXPORT), HARBOUR)
            staging.apply(keep_missing=False)
            transaction.commit(publication=noted)
        assert store.publication() == noted
        assert store.counts().unpublished == 0
        assert store.found([HARBOUR.id]).generation == noted.generation


def test_a_transaction_tells_what_it_has_so_far(store: Store) -> None:
    with store.transaction() as transaction:
        put(staging := transaction.stage(EXPORT), HARBOUR, REPLY)
        staging.apply(keep_missing=False)
        assert transaction.counts() == Counts(1, 1, 1)
        assert [change.post_id for change in transaction.unpublished_changes()] == [HARBOUR.id]
        assert [change.post_id for change in transaction.all_changes()] == [HARBOUR.id]
        assert store.counts() == Counts(0, 0, 0)


def test_an_index_is_not_told_what_it_does_not_hold(store: Store) -> None:
    bring_in(store, replace(HARBOUR, html="<p>Ships.</p>", text="Ships."))
    [change] = store.all_changes()
    assert change.content
    assert (change.content.post.html, change.content.post.text) == ("", "Ships.")
    assert store.posts([HARBOUR.id])[HARBOUR.id].html == "<p>Ships.</p>"
