"""Impossible dates give undated posts, never "now"; of two posts with one GUID the later modified stays."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from tests.indexer.hostile.entries import Entry, Export
from tests.indexer.hostile.exports import EXPORTS
from tests.indexer.hostile.formats import EVERY_FORMAT_WITH_DATES, each
from tests.indexer.hostile.importing import imported, imported_export, reindexed

IMPOSSIBLE = (
    "0000-00-00 00:00:00", "0000-00-00", "-0001-11-30T00:00:00+00:00", "-0001-11-30 00:00:00",
    "9999-12-31 23:59:59", "2093-01-01 00:00:00", "2012-13-45 99:99:99", "99999999999999999999",
)  # fmt: skip
IN_ITS_NAME = {"frontmatter", "medium"}  # a day that the file's name says is a date of its own
WITH_DATES = {name: export for name, export in EXPORTS.items() if export.dated and name != "subscribers"}
WITH_IDS = {
    name: EXPORTS[name]
    for name in ("wxr", "takeout", "blogger", "blogml", "jsonfeed", "feed", "ghost", "wordpress-api")
}


@each({name: export for name, export in WITH_DATES.items() if name not in IN_ITS_NAME})
def test_an_impossible_date_is_none_and_never_now(tmp_path: Path, export: Export) -> None:
    beside = {name: text.encode() for name, text in export.beside.items() if not export.many}
    files = {
        f"{number}/{export.path}": export.of(Entry(date=date, number=number)).replace(
            b"tide.example", b"%d.example" % number
        )
        for number, date in enumerate(IMPOSSIBLE, start=1)
    }
    found = imported(tmp_path, {**beside, **files})
    assert found.code == 0
    assert sum(found.report["read"].values()) >= len(IMPOSSIBLE)
    dates = [str(read.post.date) for read in found.read()]
    dates += [str(comment.date) for read in found.read() for comment in read.comments]
    years = (str(datetime.now(UTC).year), "9999", "2093", "0000")
    assert not any(date.startswith(years) for date in dates)


@EVERY_FORMAT_WITH_DATES
def test_a_possible_date_is_kept(tmp_path: Path, export: Export) -> None:
    found = imported_export(tmp_path, export, export.of(Entry()))
    for read in found.read():
        dates = [read.post.date, *(comment.date for comment in read.comments)]
        assert all(str(date).startswith("2012-03-04") for date in dates)


@each(WITH_IDS)
def test_the_same_post_twice_is_one_and_a_second_run_changes_nothing(tmp_path: Path, export: Export) -> None:
    earlier = export.of(Entry("<p>As it was.</p>"))
    later = export.of(Entry("<p>As it was changed.</p>"))
    found = imported(tmp_path, {f"1/{export.path}": earlier, f"2/{export.path}": later})
    assert found.code == 0
    assert len(found.read()) == 1
    again = reindexed(tmp_path, tmp_path / "site")
    changes = again.report["changes"]
    assert (changes["added"], changes["updated"], changes["removed"]) == (0, 0, 0)


def test_of_a_guid_twice_in_one_file_the_later_modified_wins_and_is_counted(tmp_path: Path) -> None:
    export = EXPORTS["wxr"]
    content = export.of(Entry("<p>Late.</p>"), Entry("<p>Early.</p>"))
    late, early = (
        f"<wp:post_modified_gmt>{day} 08:00:00</wp:post_modified_gmt>" for day in ("2013-01-01", "2012-05-05")
    )
    content = content.replace(b"<wp:post_type>", f"{late}<wp:post_type>".encode(), 1)
    second = content.rindex(b"<wp:post_type>")
    content = content[:second] + early.encode() + content[second:]
    found = imported(tmp_path, {export.path: content})
    assert found.texts() == "Late."
    assert "more than once" in found.warnings
    again = reindexed(tmp_path, tmp_path / "site")
    assert again.report["changes"]["updated"] == 0
