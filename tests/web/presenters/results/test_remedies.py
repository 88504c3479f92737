"""An empty result says what to remove and what that gives."""

from __future__ import annotations

from urllib.parse import parse_qs, urlencode

import pytest

from search.request import SearchRequest
from search.results import Correction
from tests.web.made import answer
from web import params
from web.presenters.results.missing import Total
from web.presenters.results.remedies import MOST_SEARCHES, Nothing, nothing


def request(query: str) -> SearchRequest:
    return params.read(parse_qs(query), strict=True)


def nothing_of(query: str, total: Total) -> Nothing:
    found = nothing(answer(request(query), hits=()), total)
    assert found is not None
    return found


def test_a_search_that_found_something_needs_no_remedy() -> None:
    assert nothing(answer("drones"), lambda _: 1) is None


def test_each_word_and_filter_is_left_out_and_what_that_finds_is_said() -> None:
    found = nothing_of("q=drones+kursk&tag=war&after=2024", lambda asked: len(asked.query.text) or 1_234)
    assert [(remedy.text, remedy.url, remedy.finds) for remedy in found.remedies] == [
        ("Without “drones”", "/search?q=kursk&tag=war&after=2024", "5 posts"),
        ("Without “kursk”", "/search?q=drones&tag=war&after=2024", "6 posts"),
        ("Without “Tag: war”", "/search?q=drones+kursk&after=2024", "12 posts"),
        ("Without “From 2024”", "/search?q=drones+kursk&tag=war", "12 posts"),
        ("Without any filter", "/search?q=drones+kursk", "12 posts"),
        ("Without any word", "/search?tag=war&after=2024", "1,234 posts"),
    ]


def test_words_that_no_post_has_are_told_and_left_out_together() -> None:
    found = nothing_of("q=zeppelin+war+oslo", lambda asked: int(asked.query.text == "war"))
    assert found.missing == "No post has the word “zeppelin” or the word “oslo”."
    assert [(remedy.text, remedy.url) for remedy in found.remedies] == [
        ("Without these words", "/search?q=war")
    ]


def test_no_search_is_offered_twice() -> None:
    found = nothing_of("q=zeppelin+oslo&tag=war", lambda asked: int(not asked.query.text))
    assert [(remedy.text, remedy.url) for remedy in found.remedies] == [
        ("Without these words", "/search?tag=war")
    ]


def test_to_leave_out_all_there_is_is_no_remedy() -> None:
    assert nothing_of("q=zeppelin+oslo", lambda asked: int(not asked.query.text)).remedies == ()


def test_words_are_not_told_of_twice_where_a_correction_names_them() -> None:
    corrected = answer(request("q=zeppelinn"), hits=(), correction=Correction("zeppelin", 1, (("a", "b"),)))
    found = nothing(corrected, lambda _: 0)
    assert found is not None
    assert found.missing == ""


@pytest.mark.parametrize(
    "query",
    [
        urlencode({"q": " ".join(f"word{number}" for number in range(64))}),
        urlencode({"q": "x", "tag": [f"none {number}" for number in range(60)]}, doseq=True),
        urlencode({"q": "a b c d e f", "author": list("abcdefg"), "-tag": list("hijk")}, doseq=True),
    ],
)
def test_however_much_there_is_to_leave_out_at_most_twelve_searches_are_made(query: str) -> None:
    asked: list[SearchRequest] = []

    def total(near: SearchRequest) -> int:
        asked.append(near)
        return 0

    nothing_of(query, total)
    assert 0 < len(asked) <= MOST_SEARCHES


def test_nothing_is_said_of_what_is_not_known_in_time() -> None:
    found = nothing_of("q=drones+kursk&tag=war", lambda _: None)
    assert (found.remedies, found.missing) == ((), "")
