"""What was exported makes the same archive again: ids, fields, comments, results, and known sources."""

from __future__ import annotations

import gzip
import json
import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

import indexer
from search.archive import Archive
from search.errors import ArchiveNotEmpty, NoSources, SourceRefused, TooManySkipped, UnknownFormat
from search.history import FeedState
from search.writer import open_for_writing
from tests.indexer.exporting.archives import exported, found, imported, stored
from tests.indexer.exports import comment, feed_item, item, json_feed, wordpress

SAMPLE = Path(indexer.__file__).parent / "sample"
STATE = FeedState(
    "https://rain.example/feed",
    moved_to="https://rain.example/new",
    etag='"7"',
    next_fetch=datetime(2030, 1, 1, tzinfo=UTC),
    failures=2,
    note="no answer",
)


FIRST = item(1, "First rain", "It ran over.", comments=[comment(1, "How much?"), comment(2, "A lot.")])


class Original:
    """An archive of several sources that share posts, its export, and what was made of that."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.data = folder / "data"
        self.sample = Path(shutil.copytree(SAMPLE, folder / "sample"))
        self.wordpress = wordpress(
            folder / "rain.xml",
            FIRST,
            item(2, "Drizzle", "Hardly worth a line."),
        )
        first = (
            '{"id": "https://rain.example/1", "url": "https://rain.example/1", "title": "First rain",'
            ' "content_text": "It ran over.", "tags": ["gauge"], "date_published": "2019-03-01T08:00:00Z"}'
        )
        self.feed = json_feed(folder / "feed.json", first, feed_item(5, "High at noon, the ferry said."))
        imported(self.data, self.sample, self.wordpress, self.feed)
        with open_for_writing(self.data) as writer:
            writer.put_feed(STATE)
            writer.publish()
        self.export = exported(self.data, folder / "backup.json")
        self.restored = folder / "restored"
        self.report = imported(self.restored, self.export, restore=True)


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Original:
    return Original(tmp_path_factory.mktemp("original"))


def earlier_ids(data: Path) -> dict[str, str]:
    """Ids that lead to posts with another."""
    with closing(sqlite3.connect(data / "store.db")) as store:
        return dict(store.execute("SELECT record_id, post_id FROM versions WHERE record_id != post_id"))


def ids(data: Path) -> list[str]:
    """The ids of all posts."""
    with closing(sqlite3.connect(data / "store.db")) as store:
        return [post_id for (post_id,) in store.execute("SELECT id FROM posts ORDER BY id")]


def texts(data: Path, title: str) -> list[str]:
    """What the posts with a title say."""
    with closing(sqlite3.connect(data / "store.db")) as store:
        return [text for (text,) in store.execute("SELECT text FROM posts WHERE title = ?", (title,))]


def shown(data: Path) -> list[tuple[object, ...]]:
    """The comments that readers see."""
    query = "SELECT id, post_id, parent, author, date, html, text, link FROM comments WHERE shown ORDER BY id"
    with closing(sqlite3.connect(data / "store.db")) as store:
        return store.execute(query).fetchall()


def test_everything_the_store_has_comes_back(original: Original) -> None:
    before = stored(original.data)
    assert before["kept"]
    assert before["comments"]
    assert before["feeds"]
    assert stored(original.restored) == before
    assert not original.report.skipped


def test_every_search_finds_the_same_with_the_same_scores_facets_and_passages(original: Original) -> None:
    before = found(original.data)
    assert any(page.hits for page in before)
    assert found(original.restored) == before


def test_the_export_of_what_was_restored_is_the_same_to_the_last_byte(
    original: Original, tmp_path: Path
) -> None:
    assert exported(original.restored, tmp_path / "again").read_bytes() == original.export.read_bytes()


def test_an_id_from_before_posts_were_joined_still_leads_to_the_post(original: Original) -> None:
    moved = earlier_ids(original.data)
    assert moved
    with Archive.open(original.restored) as archive:
        assert {old: archive.post(old).post.id for old in moved} == moved


def test_reading_the_sources_again_changes_nothing(original: Original, tmp_path: Path) -> None:
    data = Path(shutil.copytree(original.restored, tmp_path / "data"))
    report = imported(data)
    assert (report.changes.added, report.changes.updated, report.changes.removed) == (0, 0, 0)
    assert stored(data) == stored(original.data)


def test_what_a_source_loses_after_a_restore_goes(tmp_path: Path) -> None:
    archive = Original(tmp_path)
    wordpress(Path(archive.wordpress), item(2, "Drizzle", "Hardly worth a line."))
    json_feed(Path(archive.feed))
    report = imported(archive.restored)
    assert report.changes.removed == 2  # its comments; a feed still has the post
    Path(archive.export).unlink()
    assert imported(archive.restored).changes.removed == 0


def test_a_backup_is_not_restored_over_an_archive(original: Original) -> None:
    before = stored(original.data)
    with pytest.raises(ArchiveNotEmpty, match="there is an archive in"):
        imported(original.data, original.export, restore=True)
    assert stored(original.data) == before


def test_read_like_any_source_it_gives_the_same_posts_under_the_same_ids(
    original: Original, tmp_path: Path
) -> None:
    data = tmp_path / "data"
    imported(data, original.export)
    assert stored(data, "posts") == stored(original.data, "posts")
    assert shown(data) == shown(original.data)
    assert found(data) == found(original.data)
    with Archive.open(data) as archive:
        moved = earlier_ids(original.data)
        assert {old: archive.post(old).post.id for old in moved} == moved
        assert [source.location for source in archive.status().sources] == [str(original.export)]
    again = imported(data, original.export)
    assert (again.changes.added, again.changes.updated, again.changes.removed) == (0, 0, 0)


def test_read_like_any_source_it_neither_doubles_posts_nor_wins_over_their_own_sources(
    original: Original, tmp_path: Path
) -> None:
    data = tmp_path / "data"
    imported(data, original.export)
    changed = item(2, "Drizzle", "Rewritten by its author since.")
    rain = wordpress(tmp_path / "rain.xml", FIRST, changed)
    imported(data, original.sample, original.feed, rain)
    assert ids(data) == ids(original.data)
    (text,) = texts(data, "Drizzle")
    assert text == "Rewritten by its author since."


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """The export of an archive of two posts with a comment."""
    rain = wordpress(
        tmp_path / "rain.xml",
        item(1, "Rain", "It ran over.", comments=[comment(1, "How much?")]),
        item(2, "Drizzle", "Hardly worth a line."),
    )
    imported(tmp_path / "small", rain)
    return exported(tmp_path / "small", tmp_path / "small.json")


def test_of_a_file_that_is_cut_off_what_comes_before_is_kept(small: Path, tmp_path: Path) -> None:
    text = small.read_text("utf-8")
    small.write_text(text[: text.index('"comments":[') + 40], "utf-8")
    report = imported(tmp_path / "data", small, restore=True)
    assert (report.archive.posts, report.archive.comments) == (2, 0)
    assert [(record.where, record.why) for record in report.skipped] == [
        ("comments, row 1", "the file breaks off here")
    ]


def test_a_compressed_export_is_restored_as_well(small: Path, tmp_path: Path) -> None:
    packed = tmp_path / "small.json.gz"
    packed.write_bytes(gzip.compress(small.read_bytes()))
    assert imported(tmp_path / "data", packed, restore=True).archive.posts == 2


def test_scripts_of_a_stranger_do_not_come_back(small: Path, tmp_path: Path) -> None:
    text = small.read_text("utf-8").replace("<p>It ran over.</p>", "<p onclick='x()'>Hi<script>x()</script>")
    small.write_text(text.replace("https://rain.example/1", "javascript:x()"), "utf-8")
    imported(tmp_path / "data", small, restore=True)
    assert "script" not in str(stored(tmp_path / "data", "posts"))
    assert "onclick" not in str(stored(tmp_path / "data", "posts"))


@pytest.mark.parametrize("location", ["", "posts", "../posts", "a\nb"])
def test_a_source_that_can_be_none_is_not_remembered(small: Path, tmp_path: Path, location: str) -> None:
    document = json.loads(small.read_text("utf-8"))
    document["_blogsearch"]["sources"].append({"location": location})
    small.write_text(json.dumps(document), "utf-8")
    report = imported(tmp_path / "data", small, restore=True)
    assert len(report.skipped) == 1
    assert len(stored(tmp_path / "data", "sources")["sources"]) == 1


def test_a_post_of_no_source_is_a_dead_letter(small: Path, tmp_path: Path) -> None:
    small.write_text(small.read_text("utf-8").replace('"source":0', '"source":7', 1), "utf-8")
    report = imported(tmp_path / "data", small, restore=True, force=True)
    assert [record.why for record in report.skipped] == [
        "its source is not among those that the export names"
    ]
    assert report.archive.posts == 1


def test_with_too_much_of_it_wrong_nothing_is_restored(small: Path, tmp_path: Path) -> None:
    small.write_text(small.read_text("utf-8").replace('"known":{', '"unknown":{'), "utf-8")
    with pytest.raises(TooManySkipped):
        imported(tmp_path / "data", small, restore=True)


def test_an_export_of_the_future_is_refused(small: Path, tmp_path: Path) -> None:
    small.write_text(small.read_text("utf-8").replace('"layout":1', '"layout":2', 1), "utf-8")
    with pytest.raises(SourceRefused, match="a later version of blogsearch wrote it"):
        imported(tmp_path / "data", small, restore=True)


def test_only_one_file_is_restored_and_only_an_export(small: Path, tmp_path: Path) -> None:
    with pytest.raises(NoSources, match="name the one file"):
        imported(tmp_path / "data", small, small, restore=True)
    with pytest.raises(UnknownFormat, match="is no export of blogsearch"):
        imported(tmp_path / "data", tmp_path / "rain.xml", restore=True)


def test_a_copied_folder_goes_on_under_another_path(original: Original, tmp_path: Path) -> None:
    with Archive.open(original.data):  # as while it is served
        copy = Path(shutil.copytree(original.data, tmp_path / "elsewhere"))
    assert found(copy) == found(original.data)
    assert imported(copy).changes.updated == 0
    assert stored(copy) == stored(original.data)


def test_real_exports_come_back_to_the_last_letter(samples: Path, tmp_path: Path) -> None:
    data, restored, read = (tmp_path / name for name in ("data", "restored", "read"))
    folders = sorted(path for path in samples.iterdir() if path.is_dir())
    imported(data, *folders, force=True)
    export = exported(data, tmp_path / "backup.json")
    assert not imported(restored, export, restore=True).skipped
    assert stored(restored) == stored(data)
    assert found(restored) == found(data)
    assert exported(restored, tmp_path / "again.json").read_bytes() == export.read_bytes()
    again = imported(restored, force=True)
    assert (again.changes.added, again.changes.updated, again.changes.removed) == (0, 0, 0)
    assert not imported(read, export).skipped
    assert (stored(read, "posts"), shown(read)) == (stored(data, "posts"), shown(data))
