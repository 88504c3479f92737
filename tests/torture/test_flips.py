"""A short form of the torture, and that it would tell what is wrong."""

from __future__ import annotations

import random
import re
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from search.archive import Archive
from search.layout import index_folder, store_file
from search.query.parser import parse
from search.request import SearchRequest
from tests.torture.flips import Flip, answers_of_each, flips, make, run, try_index, try_store


@dataclass(frozen=True, slots=True)
class Made:
    """An archive, and what each of its generations answers."""

    data: Path
    right: Mapping[str, tuple[object, ...]]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    folder = tmp_path_factory.mktemp("flips")
    make(folder / "data")
    return Made(folder / "data", answers_of_each(folder / "data", folder / "scratch"))


def test_no_flipped_bit_gives_a_wrong_answer(tmp_path: Path) -> None:
    outcome = run(30, tmp_path, lambda _: None)
    assert outcome.wrong == ()
    assert sum(int(count) for count in outcome.figures.values()) == 31, "one of them in the store"
    assert int(outcome.figures["the one before"]) > 0


def test_the_torture_tells_an_answer_that_is_wrong(made: Made) -> None:
    flip = next(flips(made.data, random.Random(1)))
    right = made.right
    swapped = {"000003": right["000002"], "000002": right["000003"], "000001": right["000001"]}
    assert try_index(made.data, flip, swapped)[0] == "wrong"


def test_a_text_that_is_flipped_in_the_store_is_shown_and_found_by_check(made: Made) -> None:
    with Archive.open(made.data, seconds=60) as archive:
        title = archive.search(SearchRequest(parse("gulls"))).hits[0].post.title.encode()
    places = [found.end() - 1 for found in re.finditer(re.escape(title), store_file(made.data).read_bytes())]
    came = []
    for place in places:
        flip = Flip(store_file(made.data), place, 0)
        with flip.done():
            came.append(try_store(made.data, flip, made.right["000003"]))
    assert ("store: shown, and found by check", "") in came
    assert [problem for _, problem in came if problem] == []


def test_where_nothing_is_left_nothing_is_answered(made: Made, tmp_path: Path) -> None:
    data = tmp_path / "data"
    shutil.copytree(made.data, data)
    for name in ("000001", "000002"):
        shutil.rmtree(index_folder(data) / name)
    flip = Flip(index_folder(data) / "000003" / "MANIFEST.json", 0, 0)
    with flip.done():
        assert try_index(data, flip, made.right) == ("refused", "")
