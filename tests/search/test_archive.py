"""An archive as its readers see it: engine, store and fragments together, on real files."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from threading import Thread

import pytest

from search.archive import Archive
from search.deadline import Deadline
from search.errors import ArchiveLocked, ArchiveNotFound, IndexUnreadable, PostNotFound
from search.finding import SOME_WORDS, find
from search.layout import index_folder, lock_file
from search.model import Blog, Comment, Origin, Period, Post
from search.query.parser import parse
from search.request import MatchMode, SearchRequest
from search.results import Fragment, Matches
from search.writer import open_for_writing
from tests.search.archives import store

TIDES = Blog("Tides")

HARBOUR = Post(
    "harbour00000",
    TIDES,
    title="The harbour reopens",
    text="Boats and gulls are back. " * 30,
    summary="What the dredging was for.",
    tags=("boats",),
    language="en",
    date=Period.of(2019, 5, 4),
)
MILL = Post("mill00000000", TIDES, title="The mill", text="Flour and water.", tags=("bread",), language="en")
REPLIES = (
    Comment("reply0000001", HARBOUR.id, author="Cleo", text="My lighthouse photographs are better."),
    Comment("reply0000002", HARBOUR.id, author="Bo", text="Which lighthouse?"),
    Comment("reply0000003", HARBOUR.id, author="Ada", text="Nice."),
)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    store(tmp_path / "data", HARBOUR, MILL, *REPLIES)
    return tmp_path / "data"


@pytest.fixture
def archive(data: Path) -> Iterator[Archive]:
    with Archive.open(data) as archive:
        yield archive


def ask(text: str, **values: object) -> SearchRequest:
    return replace(SearchRequest(query=parse(text)), **values)  # type: ignore[arg-type] # its fields, by name


def test_an_archive_that_lost_its_index_says_so_and_does_not_answer_with_nothing(data: Path) -> None:
    shutil.rmtree(index_folder(data))
    with (
        Archive.open(data) as archive,
        pytest.raises(IndexUnreadable, match=r"2 posts but no index.*--rebuild"),
    ):
        archive.search(ask("harbour"))
    store(data, HARBOUR, MILL, *REPLIES)
    with Archive.open(data) as archive:
        assert archive.search(ask("harbour")).total == 1


def test_a_comment_hit_is_shown_under_its_post(archive: Archive) -> None:
    page = archive.search(ask("lighthouse"))
    [hit] = page.hits
    assert hit.post == HARBOUR
    assert (hit.comments_matched, hit.comments_total) == (2, 3)
    assert {found.comment for found in hit.comments} == set(REPLIES[:2])
    fragments = [fragment for found in hit.comments for fragment in found.snippets[0].fragments]
    assert [fragment.text for fragment in fragments if fragment.matched] == ["lighthouse", "lighthouse"]


def test_a_result_knows_that_its_date_is_a_guess(tmp_path: Path) -> None:
    guess = Origin("date", "page.html", "its address", 0.7)
    store(tmp_path, replace(HARBOUR, origins=(Origin("title", "page.html", "line 1", 0.9), guess)))
    with Archive.open(tmp_path) as archive:
        [hit] = archive.search(ask("harbour")).hits
    assert hit.post.origins == (guess,)


def test_titles_and_passages_tell_what_matched(archive: Archive) -> None:
    [hit] = archive.search(ask("harbour gull")).hits
    assert hit.title == (Fragment("The "), Fragment("harbour", matched=True), Fragment(" reopens"))
    assert any(fragment == Fragment("gulls", matched=True) for fragment in hit.snippets[0].fragments)


def test_words_of_a_summary_are_found_and_quoted(archive: Archive) -> None:
    [hit] = archive.search(ask("dredging")).hits
    assert Fragment("dredging", matched=True) in hit.snippets[0].fragments


def test_when_all_words_find_nothing_some_of_them_are_enough_and_that_is_said(archive: Archive) -> None:
    page = archive.search(ask("flour submarine"))
    assert [hit.post.id for hit in page.hits] == [MILL.id]
    assert page.match is MatchMode.ANY
    assert SOME_WORDS in page.warnings


def test_filters_hold_when_some_words_are_enough(archive: Archive) -> None:
    assert archive.search(ask("tag:boats flour submarine")).total == 0


def test_any_word_can_be_asked_for(archive: Archive) -> None:
    page = archive.search(ask("flour gulls", match=MatchMode.ANY))
    assert {hit.post.id for hit in page.hits} == {MILL.id, HARBOUR.id}
    assert page.warnings == ()


def test_a_misspelt_word_is_corrected_with_what_that_would_find(archive: Archive) -> None:
    page = archive.search(ask("lighthose"))
    assert page.total == 0
    assert page.correction is not None
    assert (page.correction.text, page.correction.total) == ("lighthouse", 1)
    assert page.correction.changes == (("lighthose", "lighthouse"),)


def test_a_correction_tells_each_word_as_typed_with_what_takes_its_place(archive: Archive) -> None:
    correction = archive.search(ask("title:Harbuor harbour (Brigde OR dredgng Dredgng)")).correction
    assert correction is not None
    assert correction.text == "title:harbour harbour (Brigde OR dredging dredging)"
    assert correction.changes == (("Harbuor", "harbour"), ("dredgng", "dredging"), ("Dredgng", "dredging"))


def test_many_unknown_words_are_not_taken_for_misspelt_ones(archive: Archive) -> None:
    words = [f"harbou{letter}" for letter in "abcdefghi"]
    assert archive.search(ask(" ".join(words[:8]))).correction is not None
    assert archive.search(ask(" ".join(words))).correction is None


def test_an_empty_query_browses_newest_first(archive: Archive) -> None:
    page = archive.search(ask(""))
    assert [hit.post.id for hit in page.hits] == [HARBOUR.id, MILL.id]
    assert not page.has_next


def test_pages_follow_each_other(archive: Archive) -> None:
    first = archive.search(ask("", size=1))
    second = archive.search(ask("", size=1, page=2))
    assert [hit.post.id for page in (first, second) for hit in page.hits] == [HARBOUR.id, MILL.id]
    assert (first.has_next, second.has_next) == (True, False)


def test_searches_of_one_answer_end_by_the_same_deadline(archive: Archive) -> None:
    late = Deadline(0)
    found = archive.search(ask("gulls"), late)
    assert (found.total, found.partial, archive.total(ask("gulls"), late)) == (0, True, None)
    assert archive.neighbours(ask("gulls"), HARBOUR.id, late) is None
    assert archive.similar(HARBOUR.id, deadline=late) == ()
    assert (archive.total(ask("gulls")), archive.total(ask("zeppelin"))) == (1, 0)


def test_after_the_deadline_posts_are_shown_by_how_they_begin(archive: Archive) -> None:
    clock = iter(range(1_000))
    whole = archive.search(ask("gulls"), Deadline(1_000, lambda: next(clock)))
    assert any(fragment.matched for each in whole.hits[0].snippets for fragment in each.fragments)
    used = next(clock)
    clock = iter(range(1_000))
    hasty = archive.search(ask("gulls"), Deadline(used - 1, lambda: next(clock)))
    assert (hasty.total, hasty.partial, whole.partial) == (1, True, False)
    assert not any(fragment.matched for each in hasty.hits[0].snippets for fragment in each.fragments)


def test_where_there_was_no_time_for_any_of_the_words_nobody_is_told_that_there_is_nothing() -> None:
    in_turn = iter((Matches((), 0, {}, "000001"), Matches((), 0, {}, "000001", partial=True)))
    assert find(ask("gulls zeppelin"), lambda _: next(in_turn)).matches.partial


def test_a_post_comes_with_its_comments_or_is_not_found(archive: Archive) -> None:
    found = archive.post(HARBOUR.id)
    assert (found.post, set(found.comments)) == (HARBOUR, set(REPLIES))
    with pytest.raises(PostNotFound, match="nowhere00000"):
        archive.post("nowhere00000")


def test_a_reader_sees_a_new_generation_without_opening_again(archive: Archive, data: Path) -> None:
    before = archive.generation
    store(data, replace(MILL, title="The windmill"))
    assert archive.generation > before
    assert [hit.post.title for hit in archive.search(ask("windmill")).hits] == ["The windmill"]
    assert archive.search(ask("lighthouse")).total == 0


def test_importing_the_same_again_publishes_nothing(archive: Archive, data: Path) -> None:
    before = archive.generation
    store(data, HARBOUR, MILL, *REPLIES)
    assert archive.generation == before


def test_a_lost_index_is_built_again_from_the_store(data: Path) -> None:
    for path in sorted(index_folder(data).rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    store(data, HARBOUR, MILL, *REPLIES)
    with Archive.open(data) as archive:
        assert archive.search(ask("flour")).total == 1


def test_a_damaged_index_is_built_again_from_the_store(data: Path) -> None:
    for path in index_folder(data).rglob("*.segment"):
        path.write_bytes(b"")
    with Archive.open(data) as archive, pytest.raises(IndexUnreadable, match="reindex --rebuild"):
        archive.search(ask("flour"))
    store(data, HARBOUR, MILL, *REPLIES)
    with Archive.open(data) as archive:
        assert archive.search(ask("flour")).total == 1


def test_what_is_in_the_archive_is_told(archive: Archive) -> None:
    status = archive.status()
    assert (status.counts.posts, status.counts.comments, status.counts.unpublished) == (2, 3, 0)
    assert (status.first, status.last) == (HARBOUR.date, HARBOUR.date)
    assert status.languages == ("en",)


def test_where_there_is_no_archive_the_error_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(ArchiveNotFound, match="blogsearch reindex SOURCE"):
        Archive.open(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_there_is_one_writer_at_a_time(data: Path) -> None:
    with open_for_writing(data), pytest.raises(ArchiveLocked, match="--wait"), open_for_writing(data):
        pass
    with open_for_writing(data):
        assert lock_file(data).exists()


def test_a_writer_that_waits_begins_when_the_other_is_done(data: Path) -> None:
    order: list[str] = []

    def second() -> None:
        with open_for_writing(data, wait=True):
            order.append("second begins")

    with open_for_writing(data):
        waiting = Thread(target=second)
        waiting.start()
        waiting.join(timeout=0.2)
        order.append("first ends")
    waiting.join()
    assert order == ["first ends", "second begins"]
