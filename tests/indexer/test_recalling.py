"""What is known of a source from the last time: it saves work, and changes nothing else."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from indexer import recalling
from indexer.normalise import batch as batches
from indexer.normalise.batch import Batch, Item
from indexer.preparing import Prepared, digest_of, prepare
from indexer.record import RawBlog, RawPost
from indexer.reindex import Options, reindex
from indexer.report import Report
from search.layout import store_file
from search.sameness.identity import Held
from tests.indexer.exports import comment, feed_item, item, json_feed, markdown, wordpress

POST = RawPost("item 1", RawBlog("Rain Gauge"), own_id="1", title="Rain", body="<p>It rained.</p>")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture(autouse=True)
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batches, "MOST_ITEMS", 2)


@pytest.fixture
def work(monkeypatch: pytest.MonkeyPatch) -> list[Batch]:
    """The batches that are prepared."""
    done: list[Batch] = []

    def noted(blog: str, fallback: str, batch: Batch) -> Prepared:
        done.append(batch)
        return prepare(blog, fallback, batch)

    monkeypatch.setattr(recalling, "prepare", noted)
    return done


def run(data: Path, *sources: str | Path, **options: Any) -> Report:
    return reindex([str(source) for source in sources], Options(data, **options))


def changes(report: Report) -> tuple[int, int, int, int]:
    """Added, updated, unchanged, removed."""
    made = report.changes
    return made.added, made.updated, made.unchanged, made.removed


def known_as(*published: str) -> bytes:
    raw = replace(POST, published=published)
    return prepare("", "", Batch((Item("export.xml", raw, Held("wxr")),))).batch


def test_what_is_as_it_was_is_not_prepared_again(data: Path, tmp_path: Path, work: list[Batch]) -> None:
    items = [item(day, f"Day {day}", "Rain.", comments=[comment(day, f"Wet {day}")]) for day in range(1, 5)]
    run(data, wordpress(tmp_path / "export.xml", *items))
    assert len(work) == 4
    work.clear()
    items[3] = item(4, "Day 4", "Sun.")
    report = run(data, wordpress(tmp_path / "export.xml", *items))
    assert changes(report) == (0, 1, 6, 1)
    assert (report.read.posts, report.read.comments) == (4, 3)
    assert len(work) == 1


def test_everything_is_prepared_again_for_a_rebuild(data: Path, tmp_path: Path, work: list[Batch]) -> None:
    export = wordpress(tmp_path / "export.xml", item(1, "Hail", "Ice."))
    run(data, export)
    run(data, export, rebuild=True)
    assert len(work) == 2


def test_another_name_for_the_blog_makes_other_posts(data: Path, tmp_path: Path, work: list[Batch]) -> None:
    export = wordpress(tmp_path / "export.xml", item(1, "Hail", "Ice."))
    run(data, export)
    assert changes(run(data, export, blog="Weather")) == (1, 0, 0, 1)
    assert len(work) == 2


def test_reasons_and_warnings_are_told_again(data: Path, tmp_path: Path) -> None:
    export = wordpress(tmp_path / "export.xml", item(1, "Hail", "Ice\x7f."), item(2, "", ""))
    first, again = run(data, export), run(data, export)
    assert first.all_warnings
    assert again.all_warnings == first.all_warnings
    assert again.sources[0].left_out == first.sources[0].left_out


def test_what_a_later_record_had_replaced_is_read_once_that_is_gone(data: Path, tmp_path: Path) -> None:
    first = [item(1, "Hail", "Ice."), item(2, "Dry", "Dust.")]
    run(data, wordpress(tmp_path / "export.xml", *first, item(1, "Hail", "Sleet."), item(3, "Fog", "Grey.")))
    report = run(data, wordpress(tmp_path / "export.xml", *first))
    assert changes(report) == (0, 1, 1, 1)
    assert "Ice." in str(held(data))
    assert "Sleet." not in str(held(data))


@pytest.mark.parametrize("table", ["versions", "comments"])
def test_nothing_is_recalled_that_the_store_has_otherwise(data: Path, tmp_path: Path, table: str) -> None:
    export = wordpress(tmp_path / "export.xml", item(1, "Hail", "Ice.", comments=[comment(7, "Brr")]))
    run(data, export)
    before = held(data)
    with closing(sqlite3.connect(store_file(data))) as store:
        store.execute(f"UPDATE {table} SET digest = x'00'")  # noqa: S608 - one of ours
        store.commit()
    run(data, export)
    assert held(data) == before


def test_dates_that_are_still_to_come_are_looked_at_each_time() -> None:
    assert known_as("2019-03-01") == known_as("2019-03-01")
    assert known_as("no date") != b""
    assert known_as("2999-03-01") == b""
    assert known_as("2999-03-01", "2019-03-01") == b""


def test_a_batch_is_another_with_anything_else_in_it() -> None:
    items = tuple(Item("export.xml", replace(POST, own_id=own), Held("wxr")) for own in "12")
    others = {
        digest_of("", "", Batch(items)),
        digest_of("Rain", "", Batch(items)),
        digest_of("", "Rain", Batch(items)),
        digest_of("", "", Batch(items[::-1])),
        digest_of("", "", Batch(items[1:], items[0])),
        digest_of("", "", Batch((items[0], replace(items[1], source="other.xml")))),
        digest_of("", "", Batch((items[0], replace(items[1], held=Held("wxr", complete=False))))),
    }
    assert len(others) == 7


@pytest.mark.parametrize("seed", range(4))
def test_an_archive_is_the_same_as_one_that_recalls_nothing(tmp_path: Path, seed: int) -> None:
    recalls, forgets = tmp_path / "recalls", tmp_path / "forgets"
    drawn = random.Random(seed)
    sources = tmp_path / "export.xml", tmp_path / "feed.json", tmp_path / "posts"
    export = [drawn_item(drawn) for _ in range(8)]
    for _ in range(4):
        change(drawn, export)
        wordpress(sources[0], *export)
        json_feed(sources[1], *(feed_item(day, drawn.choice("AB")) for day in drawn.sample(range(1, 6), 3)))
        for day in drawn.sample(range(1, 5), 2):
            markdown(sources[2], f"2019-03-0{day}-post", f"Day {day}", drawn.choice(["Rain.", "Sun."]))
        options = {"keep_missing": drawn.random() < 0.2}
        ours, theirs = run(recalls, *sources, **options), run(forgets, *sources, rebuild=True, **options)
        assert ours.sources == theirs.sources
        assert held(recalls) == held(forgets)


def drawn_item(drawn: random.Random) -> str:
    """A post as it may be: one of few, published or not, with comments that others have, too."""
    number = drawn.randint(1, 6)
    replies = [comment(drawn.randint(1, 9), drawn.choice(["Wet", "Dry"])) for _ in range(drawn.randint(0, 2))]
    status = drawn.choice(["publish", "publish", "publish", "draft"])
    return item(number, f"Day {number}", drawn.choice(["Rain.", "Sun."]), status=status, comments=replies)


def change(drawn: random.Random, export: list[str]) -> None:
    """Take some posts away, put others anywhere, and turn some round; now and then nothing."""
    for _ in range(drawn.choice([0, 1, 1, 3])):
        match drawn.randrange(4):
            case 0:
                export.append(drawn_item(drawn))
            case 1 if len(export) > 1:
                export.pop(drawn.randrange(len(export)))
            case 2:
                export[drawn.randrange(len(export))] = drawn_item(drawn)
            case _:
                export.insert(drawn.randrange(len(export)), drawn.choice(export))


def held(data: Path) -> list[tuple[object, ...]]:
    """All that the store holds, but for the numbers of rows."""
    return sorted(_rows(store_file(data)), key=repr)


def _rows(store: Path) -> Iterator[tuple[object, ...]]:
    with closing(sqlite3.connect(store)) as connection:
        connection.row_factory = sqlite3.Row
        for table in ("posts", "versions", "comments"):
            for row in connection.execute(f"SELECT * FROM {table}"):  # noqa: S608 - ours
                yield table, *(row[name] for name in row.keys() if name != "number")  # noqa: SIM118 - no dict
