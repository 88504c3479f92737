"""Queries that no reader would type, over HTTP: answered or refused in order, never with a failure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient

from search.archive import Archive
from tests.web.blog import build
from tests.web.made import BARE
from web.app import create_app
from web.presenters import words
from web.settings import Settings

BEYOND_A_LIMIT = {
    "10,000 words": " ".join(f"word{number}" for number in range(10_000)),
    "1,001 characters": "a" * 1_001,
    "65 words": "a " * 65,
    "1,001 brackets": "(" * 1_001,
    "500 NOTs": "NOT word " * 500,
    "a phrase of 5,000 words": '"' + "word " * 5_000 + '"',
    "a phrase of 65 words": '"' + "word " * 65 + '"',
    "1,000 brackets": "(" * 1_000,
    "10,000 combining characters": "a" + "\u0301" * 10_000,
}
ODD = {
    "NUL": "%00",
    "a lone surrogate": "%ed%a0%80",
    "two bytes of no text": "%ff%fe",
    "a mark from right to left": quote("\u202eabc\u200f"),
    "900 combining characters": "a" + "%cc%81" * 900,
    "64 brackets": "(" * 64,
    "no word but NOT": quote("NOT " * 240),
    "63 patterns": quote(" OR ".join(f"*{chr(97 + number % 26)}*" for number in range(63))),
    "63 fuzzy words": quote(" ".join(f"ro{chr(97 + number % 26)}es~2" for number in range(63))),
    "a pattern of stars": "*a" * 450,
    "a range of letters": quote("[a TO z]"),
}


@pytest.mark.parametrize("query", BEYOND_A_LIMIT.values(), ids=BEYOND_A_LIMIT)
def test_a_query_beyond_a_limit_is_a_problem_document_and_a_page_that_says_what_to_shorten(
    client: FlaskClient, query: str
) -> None:
    problem = client.get("/search.json", query_string={"q": query})
    assert (problem.status_code, problem.mimetype) == (400, "application/problem+json")
    assert "at most" in problem.get_json()["detail"]
    page = client.get("/search", query_string={"q": query})
    assert (page.status_code, page.mimetype) == (400, "text/html")
    assert "at most" in page.text


@pytest.mark.parametrize("query", ODD.values(), ids=ODD)
def test_an_odd_query_is_answered_with_valid_json(client: FlaskClient, query: str) -> None:
    response = client.get(f"/search.json?q={query}")
    assert response.status_code == 200
    assert response.get_json()["page"] == 1
    response.data.decode("utf-8")


@pytest.mark.parametrize(
    "parameters",
    [
        "page=1000000000",
        "page=-1",
        "page=0",
        "page=x",
        "page=1e3",
        "page=" + "9" * 999,
        "page=%D9%A1",
        "size=1e3",
        "size=0",
        "size=101",
        "size=-1",
        "size=1.5",
    ],
)
def test_a_page_or_size_that_is_none_is_refused(client: FlaskClient, parameters: str) -> None:
    for path in ("/search.json", "/search"):
        assert client.get(f"{path}?{parameters}").status_code == 400


@pytest.fixture(scope="module")
def wordy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    """A site with more words that begin alike than a pattern may mean."""
    data = tmp_path_factory.mktemp("wordy")
    letters = "abcdefghijklm"
    many = ["a" + "".join(ending) for ending in product(letters, repeat=3)]
    build(data, [replace(BARE, id=f"{letters[n] * 11}2", text=" ".join(many[n::10])) for n in range(10)], ())
    with Archive.open(data) as archive:
        yield create_app(Settings(data), archive).test_client()


@pytest.mark.parametrize("query", ["a*", "a?*?", "*", "aaaa~2 OR a*", "[a TO z] a*"])
def test_a_pattern_of_too_many_words_is_cut_short_and_says_so(wordy: FlaskClient, query: str) -> None:
    response = wordy.get("/search.json", query_string={"q": query})
    assert response.status_code == 200
    is_all = query == "*"  # which means everything, and no word
    assert (str(words.PARTIAL) in response.get_json()["query"]["warnings"]) is not is_all
    assert (response.headers["Cache-Control"] == "no-store") is not is_all
