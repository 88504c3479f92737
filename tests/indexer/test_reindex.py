from __future__ import annotations

import fcntl
from pathlib import Path

import pytest

from indexer.reindex import Options, reindex
from indexer.steps import NoSteps
from search.archive import Archive
from search.errors import (
    ArchiveLocked,
    NoSources,
    SourceError,
    SourceNotFound,
)
from search.layout import dead_letter_file, index_folder, lock_file
from tests.indexer.exports import comment, feed_item, item, json_feed, markdown, wordpress
from tests.indexer.imports import changes, run, titles


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


def test_what_is_imported_is_found(data: Path, tmp_path: Path) -> None:
    export = wordpress(
        tmp_path / "export.xml",
        item(
            1,
            "Hail over the valley",
            "Stones as large as walnuts.",
            comments=[comment(7, "Ours were larger")],
        ),
        item(2, "A dry week", "Nothing in the gauge."),
    )
    report = run(data, export)
    assert (report.read.posts, report.read.comments) == (2, 1)
    assert changes(report) == (3, 0, 0, 0)
    assert titles(data, "walnuts") == ["Hail over the valley"]
    assert titles(data, "larger") == ["Hail over the valley"]


def test_formats_are_recognised_file_by_file(data: Path, tmp_path: Path) -> None:
    folder = tmp_path / "everything"
    markdown(folder, "2020-01-05-frost", "Frost", "White fields.")
    wordpress(folder / "old.xml", item(1, "Hail", "Ice."))
    json_feed(folder / "feed.json", feed_item(1, "High water."))
    report = run(data, folder)
    assert report.read.posts == 3
    assert not report.skipped
    assert titles(data) == ["Frost", "Hail", "Tide 1"]


def test_the_report_has_the_shape_that_is_documented(data: Path, tmp_path: Path) -> None:
    export = wordpress(
        tmp_path / "export.xml",
        item(1, "Hail", "Ice.", comments=[comment(1, "Buy pills", approved="spam")]),
        item(2, "Unfinished", "To do.", status="draft"),
    )
    report = run(data, export).as_json()
    assert report.pop("seconds") >= 0
    assert report == {
        "generation": "000001",
        "read": {"posts": 1, "comments": 0},
        "left_out": {"draft": 1, "spam": 1, "pingback": 0},
        "changes": {"added": 1, "updated": 0, "unchanged": 0, "removed": 0},
        "archive": {"posts": 1, "comments": 0},
        "skipped": [],
        "warnings": [],
    }


def test_importing_the_same_again_changes_nothing(data: Path, tmp_path: Path) -> None:
    export = wordpress(tmp_path / "export.xml", item(1, "Hail", "Ice.", comments=[comment(7, "Brr")]))
    first = run(data, export)
    again = run(data, export)
    assert changes(again) == (0, 0, 2, 0)
    assert again.generation == first.generation
    assert (again.archive.posts, again.archive.comments) == (1, 1)


def test_a_changed_post_is_updated(data: Path, tmp_path: Path) -> None:
    run(data, wordpress(tmp_path / "export.xml", item(1, "Hail", "Ice."), item(2, "Dry", "Dust.")))
    report = run(data, wordpress(tmp_path / "export.xml", item(1, "Hail", "Sleet."), item(2, "Dry", "Dust.")))
    assert changes(report) == (0, 1, 1, 0)
    assert titles(data, "sleet") == ["Hail"]
    assert report.generation == "000002"


def test_a_vanished_post_is_removed_with_its_comments(data: Path, tmp_path: Path) -> None:
    gone = item(2, "Dry", "Dust.", comments=[comment(7, "Cough")])
    run(data, wordpress(tmp_path / "export.xml", item(1, "Hail", "Ice."), gone))
    report = run(data, wordpress(tmp_path / "export.xml", item(1, "Hail", "Ice.")))
    assert changes(report) == (0, 0, 1, 2)
    assert titles(data) == ["Hail"]


def test_a_vanished_post_stays_when_asked_to_keep_what_is_missing(data: Path, tmp_path: Path) -> None:
    run(data, wordpress(tmp_path / "export.xml", item(1, "Hail", "Ice."), item(2, "Dry", "Dust.")))
    report = run(data, wordpress(tmp_path / "export.xml", item(1, "Hail", "Ice.")), keep_missing=True)
    assert changes(report) == (0, 0, 1, 0)
    assert titles(data) == ["Dry", "Hail"]


def test_feeds_only_add(data: Path, tmp_path: Path) -> None:
    run(data, json_feed(tmp_path / "feed.json", feed_item(1, "High."), feed_item(2, "Low.")))
    report = run(data, json_feed(tmp_path / "feed.json", feed_item(2, "Low."), feed_item(3, "Slack.")))
    assert changes(report) == (1, 0, 1, 0)
    assert titles(data) == ["Tide 1", "Tide 2", "Tide 3"]


def test_without_a_source_every_known_one_is_read_again(data: Path, tmp_path: Path) -> None:
    export = tmp_path / "export.xml"
    run(
        data,
        wordpress(export, item(1, "Hail", "Ice.")),
        markdown(tmp_path / "md", "2020-01-05-frost", "Frost", "W"),
    )
    wordpress(export, item(1, "Hail", "Sleet."))
    report = run(data)
    assert len(report.sources) == 2
    assert changes(report) == (0, 1, 1, 0)


def test_options_of_a_source_are_remembered(data: Path, tmp_path: Path) -> None:
    run(data, wordpress(tmp_path / "export.xml", item(1, "Hail", "Ice.")), blog="Weather Log")
    assert changes(run(data)) == (0, 0, 1, 0)
    assert changes(run(data, tmp_path / "export.xml")) == (0, 0, 1, 0)
    with Archive.open(data) as archive:
        assert [blog.name for blog in archive.status().blogs] == ["Weather Log"]


def test_a_known_source_that_is_gone_is_told_and_its_posts_stay(data: Path, tmp_path: Path) -> None:
    export = Path(wordpress(tmp_path / "export.xml", item(1, "Hail", "Ice.")))
    run(data, export, markdown(tmp_path / "md", "2020-01-05-frost", "Frost", "White."))
    export.unlink()
    report = run(data)
    assert report.all_warnings == (f"{export} is not there any more; its posts are kept",)
    assert titles(data) == ["Frost", "Hail"]


def test_the_data_folder_is_no_source(tmp_path: Path) -> None:
    markdown(tmp_path / "blog", "2020-01-05-frost", "Frost", "White.")
    data = tmp_path / "blog" / "data"
    run(data, tmp_path / "blog")
    report = run(data, tmp_path / "blog")
    assert changes(report) == (0, 0, 1, 0)
    assert not report.skipped


def test_an_interrupted_import_changes_nothing(data: Path, tmp_path: Path) -> None:
    class Interrupted(NoSteps):
        def read(self, done: int) -> None:
            raise KeyboardInterrupt

    run(data, wordpress(tmp_path / "export.xml", item(1, "Hail", "Ice.")))
    changed = wordpress(tmp_path / "export.xml", item(1, "Hail", "Sleet."))
    with pytest.raises(KeyboardInterrupt):
        reindex([changed], Options(data), Interrupted())
    assert titles(data, "ice") == ["Hail"]
    assert changes(run(data)) == (0, 1, 0, 0)


def test_an_import_interrupted_while_indexing_changes_nothing(data: Path, tmp_path: Path) -> None:
    class Interrupted(NoSteps):
        def indexing(self, done: int, total: int, /) -> None:
            raise KeyboardInterrupt

    run(data, wordpress(tmp_path / "export.xml", item(1, "Hail", "Ice.")))
    changed = wordpress(tmp_path / "export.xml", item(1, "Hail", "Sleet."), item(2, "", ""))
    with pytest.raises(KeyboardInterrupt):
        reindex([changed], Options(data), Interrupted())
    assert titles(data, "ice") == ["Hail"]
    with Archive.open(data) as archive:
        assert archive.health().is_whole
    assert [path.name for path in sorted(index_folder(data).iterdir())] == ["000001", "CURRENT"]
    assert changes(run(data)) == (1, 1, 0, 0)


def test_dead_letters_are_those_of_the_last_import_that_was_not_in_vain(data: Path, tmp_path: Path) -> None:
    class Interrupted(NoSteps):
        def indexing(self, done: int, total: int, /) -> None:
            raise KeyboardInterrupt

    folder = tmp_path / "md"
    markdown(folder, "2020-01-05-frost", "Frost", "White.")
    (folder / "notes.bin").write_bytes(bytes(range(256)))
    run(data, folder)
    before = dead_letter_file(data).read_text()
    (folder / "notes.bin").unlink()
    markdown(folder, "2020-01-06-thaw", "Thaw", "Grey.")
    with pytest.raises(KeyboardInterrupt):
        reindex([str(folder)], Options(data), Interrupted())
    assert dead_letter_file(data).read_text() == before
    run(data, folder)
    assert not dead_letter_file(data).exists()


def test_dead_letters_that_cannot_be_written_are_a_warning_as_all_else_is_done(
    data: Path, tmp_path: Path
) -> None:
    markdown(tmp_path / "md", "2020-01-05-frost", "Frost", "White.")
    (tmp_path / "md" / "notes.bin").write_bytes(bytes(range(256)))
    (data / "dead-letter.jsonl.new").mkdir(parents=True)
    report = run(data, tmp_path / "md")
    assert report.all_warnings == (f"{dead_letter_file(data)} could not be written: Is a directory",)
    assert titles(data) == ["Frost"]


@pytest.mark.parametrize("name", ["", "gr\udce9le.xml"])
def test_a_source_that_cannot_be_remembered_is_refused(data: Path, name: str) -> None:
    with pytest.raises(SourceError):
        run(data, name)
    assert not data.exists()


def test_without_any_known_source_one_has_to_be_named(data: Path) -> None:
    with pytest.raises(NoSources):
        run(data)
    assert not data.exists()


def test_a_source_that_does_not_exist_leaves_no_trace(data: Path, tmp_path: Path) -> None:
    with pytest.raises(SourceNotFound):
        run(data, wordpress(tmp_path / "export.xml", item(1, "Hail", "Ice.")), tmp_path / "nothing.xml")
    assert not data.exists()


def test_the_index_is_rebuilt_without_the_sources(data: Path, tmp_path: Path) -> None:
    export = Path(wordpress(tmp_path / "export.xml", item(1, "Hail", "Ice.")))
    run(data, export)
    export.unlink()
    report = run(data, rebuild=True)
    assert report.generation == "000002"
    assert report.archive.posts == 1
    assert titles(data, "ice") == ["Hail"]


def test_comments_of_a_draft_are_left_out_with_it(data: Path, tmp_path: Path) -> None:
    draft = item(2, "Unfinished", "To do.", status="draft", comments=[comment(7, "Early")])
    report = run(data, wordpress(tmp_path / "export.xml", item(1, "Hail", "Ice."), draft))
    assert report.left_out["draft"] == 1
    assert report.left_out["comment on a post left out"] == 1
    assert report.read.comments == 0


def test_records_that_come_twice_are_told(data: Path, tmp_path: Path) -> None:
    report = run(data, wordpress(tmp_path / "export.xml", item(1, "Hail", "Ice."), item(1, "Hail", "Sleet.")))
    (warning,) = report.all_warnings
    assert "1 record came more than once" in warning
    assert report.archive.posts == 1


def test_worker_processes_give_the_same_archive(data: Path, tmp_path: Path) -> None:
    items = [
        item(number % 28 + 1, f"Day {number}", f"Rain {number}.", comments=[comment(number, "Wet")]).replace(
            f"?p={number % 28 + 1}<", f"?p={number}<"
        )
        for number in range(1, 251)
    ]
    export = wordpress(tmp_path / "export.xml", *items)
    assert run(data, export, jobs=1).read.posts == 250
    shared = run(data, export, jobs=2)
    assert changes(shared) == (0, 0, 500, 0)


def test_a_second_writer_is_refused(data: Path, tmp_path: Path) -> None:
    data.mkdir()
    with lock_file(data).open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(ArchiveLocked):
            run(data, wordpress(tmp_path / "export.xml", item(1, "Hail", "Ice.")))
