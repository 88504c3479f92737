from __future__ import annotations

import fcntl
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from indexer.reindex import Options, reindex
from indexer.report import Report
from indexer.steps import NoSteps
from search.archive import Archive
from search.errors import (
    ArchiveLocked,
    NoSources,
    SourceError,
    SourceNotFound,
    TooManySkipped,
    UnknownFormat,
)
from search.layout import dead_letter_file, index_folder, lock_file
from search.query.parser import parse
from search.request import SearchRequest
from tests.indexer.exports import comment, feed_item, item, json_feed, markdown, wordpress


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


def run(data: Path, *sources: str | Path, **options: Any) -> Report:
    return reindex([str(source) for source in sources], Options(data, **options))


def titles(data: Path, text: str = "") -> list[str]:
    with Archive.open(data) as archive:
        return sorted(hit.post.title for hit in archive.search(SearchRequest(parse(text))).hits)


def changes(report: Report) -> tuple[int, int, int, int]:
    """Added, updated, unchanged, removed."""
    made = report.changes
    return made.added, made.updated, made.unchanged, made.removed


def letters(data: Path) -> Sequence[dict[str, str]]:
    lines = dead_letter_file(data).read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


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


def test_a_file_that_no_format_knows_is_an_error_when_it_was_named(data: Path, tmp_path: Path) -> None:
    path = tmp_path / "notes.bin"
    path.write_bytes(bytes(range(256)))
    with pytest.raises(UnknownFormat, match=r"notes\.bin"):
        run(data, path)


def test_a_file_that_no_format_knows_is_skipped_in_a_folder(data: Path, tmp_path: Path) -> None:
    markdown(tmp_path / "md", "2020-01-05-frost", "Frost", "White.")
    (tmp_path / "md" / "notes.bin").write_bytes(bytes(range(256)))
    report = run(data, tmp_path / "md")
    assert [(record.source, record.why) for record in report.skipped] == [
        ("md/notes.bin", "no format knows this file")
    ]
    assert titles(data) == ["Frost"]


def test_a_format_that_was_named_reads_whatever_the_file_looks_like(data: Path, tmp_path: Path) -> None:
    page = markdown(tmp_path / "md", "2020-01-05-frost", "Frost", "White.").rename(tmp_path / "frost.notes")
    assert run(data, page, format="frontmatter").read.posts == 1
    with pytest.raises(UnknownFormat, match="'nonsense' is not a format"):
        run(data, page, format="nonsense")


def test_a_source_without_posts_is_told(data: Path, tmp_path: Path) -> None:
    report = run(data, wordpress(tmp_path / "export.xml"))
    (warning,) = report.all_warnings
    assert warning.startswith("export.xml: ")
    assert "no post" in warning


def test_a_source_that_has_become_empty_removes_nothing(data: Path, tmp_path: Path) -> None:
    run(data, wordpress(tmp_path / "export.xml", item(1, "Hail", "Ice.")))
    report = run(data, wordpress(tmp_path / "export.xml"))
    assert changes(report) == (0, 0, 0, 0)
    assert any("nothing was removed" in warning for warning in report.all_warnings)
    assert titles(data) == ["Hail"]


def test_nothing_is_removed_when_records_were_skipped(data: Path, tmp_path: Path) -> None:
    gone = markdown(tmp_path / "md", "2020-01-05-frost", "Frost", "White.")
    markdown(tmp_path / "md", "2020-01-06-thaw", "Thaw", "Grey.")
    run(data, tmp_path / "md")
    gone.unlink()
    json_feed(tmp_path / "md" / "feed.json", feed_item(1, "High."), "17")
    report = run(data, tmp_path / "md", force=True)
    assert any("nothing was removed" in warning for warning in report.all_warnings)
    assert titles(data) == ["Frost", "Thaw", "Tide 1"]


def test_a_file_that_never_gave_posts_keeps_none_of_them(data: Path, tmp_path: Path) -> None:
    gone = markdown(tmp_path / "md", "2020-01-05-frost", "Frost", "White.")
    markdown(tmp_path / "md", "2020-01-06-thaw", "Thaw", "Grey.")
    (tmp_path / "md" / "notes.bin").write_bytes(bytes(range(256)))
    run(data, tmp_path / "md")
    gone.unlink()
    report = run(data, tmp_path / "md")
    assert [record.source for record in report.skipped] == ["md/notes.bin"]
    assert titles(data) == ["Thaw"]


def test_nothing_is_removed_when_a_file_with_posts_is_of_no_known_format_any_more(
    data: Path, tmp_path: Path
) -> None:
    gone = markdown(tmp_path / "md", "2020-01-05-frost", "Frost", "White.")
    markdown(tmp_path / "md", "2020-01-06-thaw", "Thaw", "Grey.")
    export = Path(wordpress(tmp_path / "md" / "export.xml", item(1, "Hail", "Ice.")))
    run(data, tmp_path / "md")
    gone.unlink()
    export.write_bytes(b"")
    report = run(data, tmp_path / "md")
    assert any("nothing was removed" in warning for warning in report.all_warnings)
    assert titles(data) == ["Frost", "Hail", "Thaw"]


def test_nothing_is_removed_when_a_file_that_no_format_knows_may_have_had_the_comments(
    data: Path, tmp_path: Path
) -> None:
    gone = markdown(tmp_path / "site" / "_posts", "2020-01-05-frost", "Frost", "White.")
    markdown(tmp_path / "site" / "_posts", "2020-01-06-thaw", "Thaw", "Grey.")
    saved = tmp_path / "site" / "_data" / "comments" / "thaw" / "1.yml"
    saved.parent.mkdir(parents=True)
    saved.write_text("name: Ida\nmessage: Mud.\ndate: 2020-01-07\n", encoding="utf-8")
    run(data, tmp_path / "site")
    gone.unlink()
    (tmp_path / "site" / "notes.bin").write_bytes(bytes(range(256)))
    report = run(data, tmp_path / "site")
    assert any("nothing was removed" in warning for warning in report.all_warnings)
    assert titles(data) == ["Frost", "Thaw"]


def test_a_bad_record_never_stops_an_import(data: Path, tmp_path: Path) -> None:
    report = run(data, json_feed(tmp_path / "feed.json", feed_item(1, "High."), "17"))
    assert report.archive.posts == 1
    assert [(record.source, record.where) for record in report.skipped] == [("feed.json", "item 2")]


def test_skipped_records_are_written_to_the_dead_letter_file(data: Path, tmp_path: Path) -> None:
    feed = json_feed(tmp_path / "feed.json", feed_item(1, "High."), "17")
    run(data, feed)
    run(data, feed)
    (letter,) = letters(data)
    assert letter["time"].endswith("Z")
    assert (letter["location"], letter["source"], letter["where"]) == (feed, "feed.json", "item 2")
    assert letter["why"]


def test_the_dead_letter_file_goes_when_its_records_are_mended(data: Path, tmp_path: Path) -> None:
    run(data, json_feed(tmp_path / "feed.json", feed_item(1, "High."), "17"))
    run(data, json_feed(tmp_path / "feed.json", feed_item(1, "High."), feed_item(2, "Low.")))
    assert not dead_letter_file(data).exists()


def test_more_than_a_tenth_unreadable_changes_nothing(data: Path, tmp_path: Path) -> None:
    run(data, json_feed(tmp_path / "feed.json", feed_item(1, "High.")))
    worse = json_feed(tmp_path / "feed.json", feed_item(2, "Low."), "17", "18")
    with pytest.raises(TooManySkipped, match="2 of 3 records"):
        run(data, worse)
    assert titles(data) == ["Tide 1"]
    assert len(letters(data)) == 2


def test_a_tenth_is_exactly_that(data: Path, tmp_path: Path) -> None:
    good = [feed_item(day, f"Day {day}.") for day in range(1, 19)]
    with pytest.raises(TooManySkipped, match="2 of 19 records"):
        run(data, json_feed(tmp_path / "feed.json", *good[:17], "17", "18"))
    assert len(run(data, json_feed(tmp_path / "feed.json", *good, "17", "18")).skipped) == 2


def test_more_than_a_tenth_unreadable_is_imported_with_force(data: Path, tmp_path: Path) -> None:
    feed = json_feed(tmp_path / "feed.json", feed_item(1, "High."), "17", "18")
    report = run(data, feed, force=True)
    assert len(report.skipped) == 2
    assert titles(data) == ["Tide 1"]


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
