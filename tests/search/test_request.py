"""Limits of a search: a request that exists is within all of them."""

from __future__ import annotations

from typing import Any

import pytest

from search.errors import InvalidRequest
from search.model import Period
from search.query.ast import And, Node, Not, Phrase, Query, Word
from search.request import Filters, SearchRequest, ValueFilter, count_terms


@pytest.mark.parametrize(
    ("parameter", "values"),
    [
        ("page", {"page": 0}),
        ("page", {"page": 1001}),
        ("page", {"page": 101, "size": 100}),
        ("size", {"size": 0}),
        ("size", {"size": 101}),
        ("size", {"facet_size": 0}),
        ("facets", {"facets": ("colour",)}),
        ("page", {"facet_offset": -1}),
        *[
            ("generation", {"generation": name})
            for name in ("../x", "abc", "42", "٠٠٠٠٤٢", "000042\n", "1" * 19)
        ],
        ("colour", {"filters": Filters(values=(ValueFilter("colour", ("red",)),))}),
    ],
)
def test_a_request_beyond_a_limit_names_the_parameter(parameter: str, values: dict[str, Any]) -> None:
    with pytest.raises(InvalidRequest) as caught:
        SearchRequest(**values)
    assert caught.value.parameter == parameter


def test_a_long_query_is_refused() -> None:
    SearchRequest(query=Query("x" * 1000, Word("x")))
    with pytest.raises(InvalidRequest, match="1,001 characters"):
        SearchRequest(query=Query("x" * 1001, Word("x")))


def test_a_query_of_many_words_is_refused() -> None:
    words: tuple[Node, ...] = tuple(Word(f"w{number}") for number in range(63))
    SearchRequest(query=Query("", And((*words, Not(Word("last"))))))
    with pytest.raises(InvalidRequest, match="65 words"):
        SearchRequest(query=Query("", And((*words, Not(Phrase("two words"))))))


def test_a_query_of_many_brackets_is_refused() -> None:
    SearchRequest(query=Query("(" * 64, Word("x")))
    with pytest.raises(InvalidRequest, match="65 opening brackets"):
        SearchRequest(query=Query("(" * 65, Word("x")))


def test_the_words_of_phrases_count() -> None:
    assert count_terms(Phrase("one two three")) == 3


def test_chosen_values_are_those_a_page_shows_as_selected() -> None:
    filters = Filters(
        values=(ValueFilter("tag", ("war", "peace")), ValueFilter("tag", ("art",), excluded=True)),
        dates=(Period.of(2024), Period.of(2025, 3)),
    )
    assert filters.chosen("tag") == ("war", "peace")
    assert filters.chosen("date") == ("2024", "2025-03")
    assert filters.chosen("author") == ()
    assert filters
    assert not Filters()
