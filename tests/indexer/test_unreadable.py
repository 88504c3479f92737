"""What cannot be read: what is kept of an archive then, and what is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from search.errors import (
    TooManySkipped,
    UnknownFormat,
)
from search.layout import dead_letter_file
from tests.indexer.exports import feed_item, item, json_feed, markdown, wordpress
from tests.indexer.imports import changes, letters, run, titles


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


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
