"""Searches, numbers and dates as people say them."""

from __future__ import annotations

from urllib.parse import parse_qs

import pytest

from search.model import Period
from search.request import MatchMode
from web import params
from web.presenters import words


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", "All posts"),
        ("q=drones+kursk&tag=war", "drones kursk in tag war"),
        ("author=Ann&author=Bo&-tag=war", "All posts by Ann or Bo, not in tag war"),
        ("q=x&language=de&reporter=Bo", "x quoting Bo, in Deutsch"),
        ("date=2024&date=2025-03&in=comments", "All posts dated 2024 or March 2025, in comments only"),
        ("q=x&after=2024-03-02&before=2025", "x from 2 March 2024, until 2025"),
    ],
)
def test_a_search_is_said_in_words(query: str, expected: str) -> None:
    assert words.search(params.read(parse_qs(query), strict=True), MatchMode.ALL) == expected


def test_a_search_for_any_of_the_words_says_so() -> None:
    request = params.read({"q": ["a b"]}, strict=True)
    assert words.search(request, MatchMode.ANY) == "a b with any of the words"


@pytest.mark.parametrize(
    ("date", "day", "moment"),
    [
        ("2025", "2025", "2025"),
        ("2025-03", "March 2025", "March 2025"),
        ("2025-03-02", "2 March 2025", "2 March 2025"),
        ("2025-03-02T16:12:00Z", "2 March 2025", "2 March 2025, 16:12 UTC"),
    ],
)
def test_a_date_is_said_as_exactly_as_it_is_known(date: str, day: str, moment: str) -> None:
    period = Period.parse(date)
    assert (words.day(period), words.moment(period)) == (day, moment)


def test_one_is_not_many() -> None:
    assert [words.posts(n) for n in (0, 1, 4733)] == ["0 posts", "1 post", "4,733 posts"]


def test_three_are_listed() -> None:
    assert words.both(("a", "b", "c")) == "a, b and c"


@pytest.mark.parametrize(
    ("confidence", "phrase"),
    [
        (1, "certain"),
        (0.9, "very likely (90%)"),
        (0.7, "likely (70%)"),
        (0.3, "a guess (30%)"),
        (0, "a guess (0%)"),
    ],
)
def test_how_sure_a_reading_is_comes_in_words(confidence: float, phrase: str) -> None:
    assert words.sureness(confidence) == phrase
