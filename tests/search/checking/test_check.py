"""Checking an archive: what agrees is said to, and each way to disagree is found, named and repaired."""

from __future__ import annotations

import shutil
import sqlite3
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from search.archive import Archive
from search.checking.check import Means, check, repair
from search.checking.finding import CheckReport, Remedy, Subject
from search.errors import ArchiveLocked, ArchiveNotFound
from search.expectations import NOTHING, Expectation, Expectations
from search.history import FeedState
from search.layout import lock_file
from search.lock import held
from search.model import Blog, Comment, Origin, Period, Post
from search.query.parser import parse
from search.request import SearchRequest
from search.writer import open_for_writing
from tests.search.archives import SOURCE, store

BLOG = Blog("Tides")
POSTS = [
    Post(
        f"post{number:08}",
        BLOG,
        title=f"Post number {number}",
        text=f"Boats and harbours, word{number}",
        html=f"<p>Boats and harbours, word{number}</p>",
        authors=("Ada", "Béla")[: number % 3],
        tags=("Boats", "boats", f"tag{number}"),
        date=(None, Period.of(2019), Period.of(2019, 5), Period.at(datetime(2020, 1, 2, tzinfo=UTC)))[
            number % 4
        ],
        language=("en", "")[number % 2],
        origins=(Origin("title", "page.txt", "line 3", 0.9),),
    )
    for number in range(12)
]
COMMENTS = [
    Comment(f"comment{n:05}", POSTS[n % 3].id, author=f"Reader {n}", text=f"Lovely reply{n}")
    for n in range(5)
]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of three generations, with deletions."""
    data = tmp_path_factory.mktemp("check") / "data"
    store(data, *POSTS)
    store(data, *POSTS, *COMMENTS)
    store(data, *POSTS[:-1], *COMMENTS)
    return data


@pytest.fixture
def data(made: Path, tmp_path: Path) -> Path:
    """A copy of it, to be damaged."""
    copy = tmp_path / "data"
    shutil.copytree(made, copy)
    return copy


def look(data: Path, expected: Expectations = NOTHING) -> CheckReport:
    return check(data, expected, lambda _: None, Means(jobs=1))


def mend(data: Path, expected: Expectations = NOTHING) -> CheckReport:
    return repair(data, expected, lambda _: None, Means(jobs=1))


def change(data: Path, statement: str) -> None:
    """Change the store behind the program's back."""
    with sqlite3.connect(data / "store.db") as connection:
        connection.execute(statement)
    connection.close()


def told(report: CheckReport) -> list[tuple[Subject, str, Remedy]]:
    return [(each.subject, each.key, each.remedy) for each in report.findings]


def total(data: Path, text: str) -> int:
    with Archive.open(data) as archive:
        return archive.search(SearchRequest(parse(text))).total


def test_an_archive_as_it_was_made_agrees_with_itself(data: Path) -> None:
    report = look(data)
    assert report.findings == ()
    counts = {each.subject: each.counts for each in report.checked}
    assert counts[Subject.RECORDS] == ((11, "post"), (5, "comment"))
    assert counts[Subject.INDEX] == ((11, "post"), (5, "comment"))
    assert counts[Subject.GENERATIONS][0] == (3, "generation")
    assert counts[Subject.FACETS][0][0] > 20
    assert report.generation == "000003"


def test_where_there_is_no_archive_that_is_said(tmp_path: Path) -> None:
    for attempt in (look, mend):
        with pytest.raises(ArchiveNotFound):
            attempt(tmp_path / "nothing")
    assert not (tmp_path / "nothing").exists()


def test_a_post_that_changed_behind_the_programs_back_is_found_and_read_again(data: Path) -> None:
    change(data, "UPDATE posts SET text = 'Something else' WHERE id = 'post00000003'")
    report = look(data)
    assert (Subject.RECORDS, "post post00000003", Remedy.NOTE) in told(report)
    assert (Subject.INDEX, "post post00000003", Remedy.REBUILD) in told(report)
    after = mend(data)
    assert {each.remedy for each in after.findings} == {Remedy.READ_AGAIN}
    assert {each.key for each in after.findings} == {"post post00000003", "version of post post00000003"}
    assert SOURCE.location in {each.source for each in after.findings}
    store(data, *POSTS[:-1], *COMMENTS)
    assert look(data).findings == ()
    assert total(data, "word3") == 1


def test_a_comment_that_changed_is_found_and_read_again(data: Path) -> None:
    change(data, "UPDATE comments SET author = 'Nobody' WHERE id = 'comment00002'")
    report = look(data)
    assert [each.subject for each in report.findings] == [Subject.RECORDS, Subject.INDEX]
    assert [each.problem for each in report.findings][1].startswith("has another title, date")
    assert [each.remedy for each in mend(data).findings] == [Remedy.READ_AGAIN]
    store(data, *POSTS[:-1], *COMMENTS)
    assert look(data).findings == ()


def test_a_lost_post_is_missed_on_both_sides_and_comes_back(data: Path) -> None:
    change(data, "DELETE FROM posts WHERE id = 'post00000001'")
    report = look(data)
    assert (Subject.INDEX, "post post00000001", Remedy.REBUILD) in told(report)
    assert any(each.subject is Subject.FACETS for each in report.findings)
    assert (Subject.RECORDS, "version of post post00000001", Remedy.NOTE) in told(report)
    assert all(each.remedy is Remedy.READ_AGAIN for each in mend(data).findings)
    store(data, *POSTS[:-1], *COMMENTS)
    assert look(data).findings == ()
    assert total(data, "word1") == 1


def test_a_post_that_can_not_even_be_read_stops_neither_the_check_nor_the_repair(data: Path) -> None:
    change(data, "UPDATE posts SET tags = 'no list', date = 'long ago' WHERE id = 'post00000004'")
    change(data, "UPDATE posts SET text = CAST(x'ff41' AS TEXT) WHERE id = 'post00000005'")
    keys = {each.key for each in look(data).findings if each.subject is Subject.RECORDS}
    assert {"post post00000004", "post post00000005"} <= keys
    assert {each.remedy for each in mend(data).findings} == {Remedy.READ_AGAIN}
    assert total(data, "word4") == 1
    store(data, *POSTS[:-1], *COMMENTS)
    assert look(data).findings == ()


def test_what_is_only_in_the_index_or_only_in_the_store_is_found_and_mended(data: Path) -> None:
    with open_for_writing(data) as writer:
        staging = writer.stage(SOURCE)
        for post in POSTS:
            staging.put_post(post)
        staging.apply(keep_missing=False)
        writer._transaction.commit()  # without a generation, as no writer does
    change(data, "DELETE FROM unpublished")
    report = look(data)
    kinds = {(each.key, each.problem) for each in report.findings if each.subject is Subject.INDEX}
    assert ("post post00000011", "is in the store and not in the index") in kinds
    assert ("comment comment00000 of post post00000000", "is in the index and not in the store") in kinds
    assert any(each.subject is Subject.FACETS for each in report.findings)
    after = mend(data)
    assert after.findings == ()
    assert len(after.lost) == len(COMMENTS)
    assert len(after.repaired) == len(report.findings)
    assert total(data, "word11") == 1


@pytest.mark.parametrize("ending", ["*.segment", "columns.arrays", "MANIFEST.json"])
def test_one_changed_byte_of_an_index_is_found_and_the_index_made_anew(data: Path, ending: str) -> None:
    path = next((data / "index" / "000003").glob(ending))
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 4
    path.unlink()
    path.write_bytes(content)
    path.chmod(0o600)
    assert (Subject.GENERATIONS, "000003", Remedy.REBUILD) in told(look(data))
    after = mend(data)
    assert after.findings == ()
    assert after.generation == "000004"
    assert not (data / "index" / "000003").exists()
    assert total(data, "boats") == 11


def test_a_lost_index_is_made_anew(data: Path) -> None:
    shutil.rmtree(data / "index")
    assert {each.remedy for each in look(data).findings} == {Remedy.REBUILD}
    assert mend(data).findings == ()
    assert total(data, "boats") == 11


def test_a_lost_current_is_set_again(data: Path) -> None:
    (data / "index" / "CURRENT").unlink()
    assert [each.remedy for each in look(data).findings] == [Remedy.SET]
    assert mend(data).findings == ()
    assert (data / "index" / "CURRENT").read_text() == "000003\n"


def test_a_generation_gone_back_to_is_no_disagreement(data: Path) -> None:
    with open_for_writing(data) as writer:
        writer.roll_back("000002")
    report = look(data)
    assert report.findings == ()
    assert any("went back" in note for note in report.notes)
    assert report.generation == "000003"


def test_files_that_others_can_read_are_found_and_closed(data: Path) -> None:
    (data / "store.db").chmod(0o644)
    (data / "index" / "000003").chmod(0o755)
    keys = {key for subject, key, _ in told(look(data)) if subject is Subject.FOLDER}
    assert keys >= {str(data / "store.db"), str(data / "index" / "000003")}
    assert mend(data).findings == ()


def test_what_a_killed_writer_left_is_found_and_removed(data: Path) -> None:
    (data / "index" / "000004.building").mkdir(mode=0o700)
    shutil.copytree(data / "index" / "000003", data / "index" / "000004")
    assert [remedy for _, _, remedy in told(look(data))] == [Remedy.REMOVE, Remedy.REMOVE]
    assert mend(data).findings == ()
    assert not (data / "index" / "000004").exists()


def test_while_somebody_writes_a_check_answers_and_a_repair_says_who_is_in_the_way(data: Path) -> None:
    (data / "index" / "000004.building").mkdir(mode=0o700)
    (data / "store.db").chmod(0o644)
    with held(lock_file(data), wait=False):
        report = look(data)
        assert {each.remedy for each in report.findings} == {Remedy.SET}
        assert any("is writing" in note for note in report.notes)
        with pytest.raises(ArchiveLocked):
            mend(data)


def test_a_database_index_that_does_not_fit_is_made_anew(data: Path) -> None:
    with sqlite3.connect(data / "store.db") as connection:
        connection.execute("PRAGMA writable_schema=ON")
        connection.execute(
            "UPDATE sqlite_schema SET sql = replace(sql, 'post_id, shown', 'post_id, number')"
            " WHERE name = 'comments_of_post'"
        )
    connection.close()
    assert [each.remedy for each in look(data).findings if each.subject is Subject.DATABASE][:1] == [
        Remedy.MAKE_INDICES
    ]
    assert not [each for each in mend(data).findings if each.subject is Subject.DATABASE]


def test_keys_and_kept_versions_that_lead_nowhere_are_put_in_order(data: Path) -> None:
    change(data, "INSERT INTO version_keys VALUES (77, 1)")
    change(
        data,
        "INSERT INTO kept_posts SELECT 99, date, NULL, link, blog, blog_link, title, summary, language,"
        " publication, kind, authors, tags, reporters, origins, updated, NULL FROM posts LIMIT 1",
    )
    assert [each.remedy for each in look(data).findings] == [Remedy.NOTE, Remedy.NOTE]
    assert mend(data).findings == ()


def test_a_page_of_the_database_that_is_gone_is_told_and_nothing_is_replaced(data: Path) -> None:
    path = data / "store.db"
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        [root] = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'posts'").fetchone()
        [size] = connection.execute("PRAGMA page_size").fetchone()
    connection.close()
    content = bytearray(path.read_bytes())
    content[(root - 1) * size : root * size] = b"\xff" * size
    path.write_bytes(content)
    before = path.read_bytes()
    report = look(data)
    assert (Subject.DATABASE, str(path), Remedy.RESTORE) in told(report)
    assert any(each.subject is Subject.RECORDS for each in report.findings)
    assert path.read_bytes() == before


def test_expectations_are_asked_of_the_generation_that_answers(data: Path) -> None:
    met = Expectation(1, "word3 harbours", POSTS[3].id, within=1)
    unmet = Expectation(2, "word3", POSTS[4].id)
    [finding] = look(data, Expectations(Path("expect.toml"), (met, unmet))).findings
    assert (finding.subject, finding.remedy) == (Subject.EXPECTATIONS, Remedy.LOOK)
    assert finding.key == "expect.toml, entry 2"


def test_a_post_of_several_sources_agrees_too_and_damage_of_one_version_is_found(data: Path) -> None:
    with open_for_writing(data) as writer:
        staging = writer.stage(replace(SOURCE, location="/exports/other.xml"))
        staging.put_post(replace(POSTS[1], text="Another wording", html="<p>Another wording</p>"))
        staging.apply(keep_missing=False)
        writer.publish()
    assert look(data).findings == ()
    change(data, "UPDATE kept_posts SET title = 'Changed' WHERE text IS NOT NULL OR html IS NOT NULL")
    findings = look(data).findings
    assert {each.key for each in findings} == {f"version of post {POSTS[1].id}"}
    assert all(each.source for each in findings)


def test_a_store_that_changed_while_it_was_looked_at_is_seen_as_it_was(data: Path) -> None:
    looked: list[Subject] = []

    def tell(subject: Subject) -> None:
        if subject is Subject.GENERATIONS:
            store(data, *POSTS[:5])
        looked.append(subject)

    report = check(data, NOTHING, tell, Means(jobs=1))
    assert report.findings == ()
    assert report.generation == "000003"
    assert look(data).generation == "000004"


def test_a_feed_is_asked_for_all_that_it_has_where_something_was_lost(data: Path) -> None:
    with open_for_writing(data) as writer:
        writer.put_feed(FeedState("https://tides.example/feed", etag='"7"', last_modified="yesterday"))
        writer.publish()
    change(data, "DELETE FROM comments WHERE id = 'comment00002'")
    report = mend(data)
    assert report.agrees
    assert report.lost == ("comment comment00002 of post post00000002",)
    with Archive.open(data) as archive:
        assert archive.feeds() == (FeedState("https://tides.example/feed"),)
