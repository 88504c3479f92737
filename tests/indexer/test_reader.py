from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer.formats.format import Format
from indexer.input import Input
from indexer.reader import Reader
from indexer.record import POST_LEFT_OUT, RawComment, RawPost, Record, Skipped
from indexer.report import SkippedRecord
from indexer.source import Source
from indexer.steps import NoSteps
from search.errors import SourceRefused, UnknownFormat
from search.history import SourceRecord


def read_notes(source: Source) -> Iterator[Record]:
    """A format for these tests: a record a line, such as `post 1`, `draft 2`, `comment of 2`."""
    with source.open() as stream:
        for number, line in enumerate(stream.read().decode().splitlines(), 1):
            where = f"line {number}"
            match line.split():
                case ["post", own_id]:
                    yield RawPost(where, own_id=own_id)
                case ["draft", own_id]:
                    yield RawPost(where, own_id=own_id, left_out="draft")
                case ["comment"]:
                    yield RawComment(where)
                case ["comment", "of", post]:
                    yield RawComment(where, post_own_id=post)
                case ["spam"]:
                    yield RawComment(where, left_out="spam")
                case ["companion"]:
                    source.companion = True
                case ["bomb"]:
                    raise SourceRefused(f"{source.name}: it is a bomb")
                case _:
                    source.warn("has lines of no meaning")
                    yield Skipped(where, "no meaning")


NOTES = Format("notes", "Notes", "its name", lambda source: source.name.endswith(".notes"), read_notes)
OTHER = Format(
    "other", "Other", "its name", lambda source: source.name.endswith(".other"), read_notes, complete=False
)


def reader(path: Path, *formats: Format) -> Reader:
    return Reader(Input.at(SourceRecord(str(path))), formats or (NOTES, OTHER), NoSteps())


def write(path: Path, *lines: str) -> Path:
    path.parent.mkdir(exist_ok=True)
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def wheres(found: Reader) -> list[str]:
    return [item.raw.where for item in found.items()]


def test_what_is_published_comes_in_order(tmp_path: Path) -> None:
    found = reader(write(tmp_path / "a.notes", "post 1", "comment", "post 2"))
    assert wheres(found) == ["line 1", "line 2", "line 3"]
    assert not found.left_out
    assert not found.skipped


def test_what_is_left_out_is_counted_by_reason(tmp_path: Path) -> None:
    found = reader(write(tmp_path / "a.notes", "draft 1", "post 2", "spam", "spam"))
    assert wheres(found) == ["line 2"]
    assert found.left_out == {"draft": 1, "spam": 2}


def test_comments_right_under_a_draft_are_left_out(tmp_path: Path) -> None:
    found = reader(write(tmp_path / "a.notes", "draft 1", "comment", "spam", "post 2", "comment"))
    assert wheres(found) == ["line 4", "line 5"]
    assert found.left_out == {"draft": 1, POST_LEFT_OUT: 1, "spam": 1}


def test_comments_that_name_a_draft_are_left_out_wherever_they_are(tmp_path: Path) -> None:
    found = reader(write(tmp_path / "a.notes", "draft 1", "post 2", "comment of 1", "comment of 2"))
    assert wheres(found) == ["line 2", "line 4"]
    assert found.left_out == {"draft": 1, POST_LEFT_OUT: 1}


def test_each_file_of_a_folder_is_read_as_what_it_is(tmp_path: Path) -> None:
    write(tmp_path / "blog" / "a.notes", "post 1")
    write(tmp_path / "blog" / "b.other", "post 2")
    found = reader(tmp_path / "blog")
    assert [(item.source, item.held.complete) for item in found.items()] == [
        ("blog/a.notes", True),
        ("blog/b.other", False),
    ]
    assert found.files == 2


def test_a_hostile_file_in_a_folder_is_skipped_and_what_came_before_it_kept(tmp_path: Path) -> None:
    write(tmp_path / "blog" / "a.notes", "post 1", "bomb", "post 2")
    write(tmp_path / "blog" / "b.notes", "post 3")
    found = reader(tmp_path / "blog")
    assert [item.source for item in found.items()] == ["blog/a.notes", "blog/b.notes"]
    assert found.skipped == [SkippedRecord("blog/a.notes", "", "it is a bomb")]


def test_a_hostile_file_that_was_named_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceRefused, match=r"a\.notes: it is a bomb"):
        wheres(reader(write(tmp_path / "a.notes", "bomb")))


def test_a_folder_in_which_no_file_is_known_is_an_error(tmp_path: Path) -> None:
    write(tmp_path / "blog" / "a.bin", "?")
    with pytest.raises(UnknownFormat, match="notes, other"):
        wheres(reader(tmp_path / "blog"))


def test_an_empty_file_is_said_to_be_empty(tmp_path: Path) -> None:
    (tmp_path / "export.xml").touch()
    with pytest.raises(UnknownFormat, match=r"^export\.xml: the file is empty$"):
        list(Reader(Input.at(SourceRecord(str(tmp_path / "export.xml"))), [NOTES], NoSteps()).items())


def test_unknown_files_are_told_apart_from_bad_records(tmp_path: Path) -> None:
    write(tmp_path / "blog" / "a.bin", "?")
    write(tmp_path / "blog" / "b.notes", "post 1", "?")
    found = reader(tmp_path / "blog")
    assert wheres(found) == ["line 1"]
    assert [record.source for record in found.unknown] == ["blog/a.bin"]
    assert found.skipped == [SkippedRecord("blog/b.notes", "line 2", "no meaning")]


def test_what_a_format_recovered_from_is_told(tmp_path: Path) -> None:
    found = reader(write(tmp_path / "a.notes", "post 1", "?"))
    wheres(found)
    assert found.notices.texts() == ("a.notes: has lines of no meaning",)


def test_a_file_without_records_is_told(tmp_path: Path) -> None:
    found = reader(write(tmp_path / "a.notes"))
    assert wheres(found) == []
    assert found.notices.texts() == ("a.notes: held no posts (read as Notes)",)


def test_a_file_whose_records_others_have_misses_none(tmp_path: Path) -> None:
    found = reader(write(tmp_path / "a.notes", "companion"))
    assert wheres(found) == []
    assert not found.notices.texts()


def test_a_picture_that_is_not_called_one_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "image.axd").write_bytes(b"\xff\xd8\xff\xe0 a photo")
    write(tmp_path / "unknown.axd", "no photo")
    write(tmp_path / "a.notes", "post 1")
    found = reader(tmp_path)
    assert wheres(found) == ["line 1"]
    assert found.ignored == 1
    assert [record.source for record in found.unknown] == [f"{tmp_path.name}/unknown.axd"]


def test_a_folder_of_nothing_but_pictures_is_told(tmp_path: Path) -> None:
    folder = write(tmp_path / "pictures" / "ferry.png", "")
    found = reader(folder.parent)
    assert list(found.items()) == []
    assert found.notices.texts() == (f"{folder.parent}: nothing in it can hold posts",)
