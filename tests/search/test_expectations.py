"""What an archive is expected to find: how it is written, and when it is met."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path

import pytest

from search.errors import ExpectationsUnreadable
from search.expectations import Expectation, Expectations
from search.query.ast import And
from search.request import SearchRequest
from search.results import Match, Matches

RANKED = tuple(f"post-{number:04}" for number in range(1, 1_201))
LINKS = {"https://blog.example/third": "post-0003"}


def resolve(names: Collection[str]) -> dict[str, str]:
    return {name: LINKS.get(name, name) for name in names if name in LINKS or name in RANKED}


def search(request: SearchRequest) -> Matches:
    """Every query finds all posts in order, but "two words" only posts that have any of them."""
    if request.query.text == "two words" and isinstance(request.query.node, And):
        return Matches((), 0, {}, "000001")
    return page(request, RANKED)


def page(request: SearchRequest, ids: Sequence[str]) -> Matches:
    found = ids[request.offset : request.offset + request.size]
    return Matches(tuple(Match(each, 1.0) for each in found), len(ids), {}, "000001")


def broken(*entries: Expectation) -> list[str]:
    expected = Expectations(Path("expect.toml"), entries)
    return [str(each) for each in expected.broken(search, resolve)]


def read(tmp_path: Path, text: str) -> Expectations:
    (tmp_path / "expect.toml").write_text(text, encoding="utf-8")
    return Expectations.read(tmp_path / "expect.toml")


def test_a_file_has_entries_with_their_places(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        """
        [[expect]]
        query = "rain tag:garden"
        post = " https://blog.example/rain "
        within = 3
        [[expect]]
        query = "password"
        post = "post-0001"
        absent = true
        """,
    )
    assert found.entries == (
        Expectation(1, "rain tag:garden", "https://blog.example/rain", within=3),
        Expectation(2, "password", "post-0001", absent=True),
    )


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("[[expect]]\nquery = 'a'", "entry 1: post is missing"),
        ("[[expect]]\nquery = ' '\npost = 'b'", "entry 1: query is missing"),
        (
            "[[expect]]\nquery = 'a'\npost = 'b'\n[[expect]]\nquery = 1\npost = 'b'",
            "entry 2: query is to be a text",
        ),
        (
            "[[expect]]\nquery = 'a'\npost = 'b'\nwithin = 0",
            "entry 1: within is to be a number from 1 to 100",
        ),
        ("[[expect]]\nquery = 'a'\npost = 'b'\nwithin = true", "entry 1: within is to be a number"),
        ("[[expect]]\nquery = 'a'\npost = 'b'\nrank = 1", "entry 1: 'rank' is not one of query, post"),
        (f"[[expect]]\nquery = '{'a' * 1001}'\npost = 'b'", "entry 1: query: 1,001 characters"),
        ("expect = [1]", "entry 1: it is to begin with"),
        ("[expect]\nquery = 'a'", "entries that begin with"),
        ("[[expected]]\nquery = 'a'", "entries that begin with"),
        ("[[expect]", "cannot be read"),
    ],
)
def test_a_mistake_is_told_with_the_file_and_the_entry(tmp_path: Path, text: str, problem: str) -> None:
    with pytest.raises(ExpectationsUnreadable) as caught:
        read(tmp_path, text)
    assert problem in str(caught.value)
    assert str(tmp_path / "expect.toml") in str(caught.value)


def test_a_file_that_was_named_has_to_be_there_and_the_usual_one_need_not(tmp_path: Path) -> None:
    assert Expectations.read(tmp_path / "expect.toml", required=False).entries == ()
    with pytest.raises(ExpectationsUnreadable, match="no such file"):
        Expectations.read(tmp_path / "expect.toml")


def test_a_post_within_reach_meets_its_expectation_by_id_and_by_link() -> None:
    assert not broken(
        Expectation(1, "any", "post-0010"),
        Expectation(2, "any", "https://blog.example/third", within=3),
    )


def test_a_post_too_far_down_is_told_with_its_place() -> None:
    assert broken(Expectation(1, "any", "post-0011"), Expectation(2, "any", "post-0350", within=2)) == [
        "entry 1: 'any' finds post-0011 at place 11, and it is to be among the first 10",
        "entry 2: 'any' finds post-0350 at place 350, and it is to be among the first 2",
    ]


def test_a_post_beyond_the_first_thousand_is_not_found() -> None:
    [line] = broken(Expectation(1, "any", "post-1001"))
    assert line == "entry 1: 'any' does not find post-1001, and it is to be among the first 10"


def test_what_is_no_post_of_the_archive_is_told_as_that() -> None:
    [line] = broken(
        Expectation(1, "any", "https://blog.example/gone"), Expectation(2, "any", "gone", absent=True)
    )
    assert line == "entry 1: 'any' is to find https://blog.example/gone, which is no post of the archive"


def test_a_post_that_is_to_be_absent_may_stand_further_down() -> None:
    entries = [
        Expectation(number, "any", "post-0004", within, absent=True) for number, within in ((1, 3), (2, 4))
    ]
    assert broken(*entries) == ["entry 2: 'any' finds post-0004 at place 4, where it is not to be"]


def test_any_words_count_where_all_of_them_find_nothing() -> None:
    assert not broken(Expectation(1, "two words", "post-0001"))


def test_it_is_told_where_a_post_stood_before() -> None:
    expected = Expectations(Path("expect.toml"), (Expectation(1, "any", "post-0500"),))

    def before(request: SearchRequest) -> Matches:
        return page(request, ["post-0007", "post-0500"])

    [line] = expected.broken(search, resolve, before)
    assert str(line).endswith("among the first 10 (until now: at place 2)")
