"""Why a post matched: words of the query, where they are, and in which form."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from search.archive import Archive
from search.model import Blog, Comment, Period, Post
from search.query.parser import parse
from search.request import SearchRequest
from search.results import Reason
from tests.search.archives import store

POST = Post(
    "council00000",
    Blog("Town Notes"),
    title="The Councils of war",
    text="A council met. COUNCIL members, and councillors of the café, spoke of a  cold\nwar in Łódź.",
    authors=("Jonathan Low", "Ann Öztürk"),
    tags=("Öl", "trade"),
    language="en",
    date=Period.of(2019, 5, 4),
)
REPLIES = (
    Comment("reply0000001", POST.id, author="Cleo", text="Which council is that? Submarines!"),
    Comment("reply0000002", POST.id, author="Bo", text="Nice."),
)
LONG = Post(
    "long00000000",
    Blog("Town Notes"),
    title="Long",
    text="hail hailed " * 900 + "thunder",
    language="en",
)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    data = tmp_path_factory.mktemp("data")
    store(data, POST, *REPLIES, LONG)
    with Archive.open(data) as archive:
        yield archive


def reasons(archive: Archive, text: str) -> list[Reason]:
    [hit] = archive.search(SearchRequest(parse(text))).hits
    return list(hit.reasons)


def test_a_word_is_found_in_places_and_forms(archive: Archive) -> None:
    assert reasons(archive, "council") == [
        Reason("council", ("title", "body", "comments"), ("councils", "council"))
    ]
    assert reasons(archive, "submarine") == [Reason("submarine", ("comments",), ("submarines",))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"cold war"', Reason('"cold war"', ("body",), ("cold war",))),
        ('"council café"~5', Reason('"council café"~5', ("body",), ("council", "café"))),
        ("counc*", Reason("counc*", ("title", "body", "comments"), ("councils", "council", "councillors"))),
        ("c?fe", Reason("c?fe", ("body",), ("café",))),
        ("Lodz", Reason("Lodz", ("body",), ("łódź",))),
        ("coumcil~", Reason("coumcil~", ("body", "comments"), ("council",))),
        ("title:council", Reason("title:council", ("title",), ("councils",))),
        ("tag:ol", Reason("tag:ol", ("tag",), ("Öl",))),
        ("author:low", Reason("author:low", ("author",), ("Jonathan Low",))),
        ('author:"ann ozturk"', Reason('author:"ann ozturk"', ("author",), ("Ann Öztürk",))),
    ],
)
def test_what_was_typed_is_told_as_typed(archive: Archive, text: str, expected: Reason) -> None:
    assert reasons(archive, text) == [expected]


def test_reasons_are_in_the_order_of_the_query_with_values_last(archive: Archive) -> None:
    assert [reason.text for reason in reasons(archive, "tag:trade war date:2019 cafe -hail")] == [
        "war",
        "cafe",
        "tag:trade",
    ]


def test_with_some_of_the_words_the_reasons_are_those_that_are_there(archive: Archive) -> None:
    assert [reason.text for reason in reasons(archive, "cafe zebra war unicorns")] == ["cafe", "war"]


def test_browsing_and_what_is_excluded_give_no_reason(archive: Archive) -> None:
    assert reasons(archive, "-hail -tag:x") == []
    assert reasons(archive, "date:2019") == []


def test_of_a_text_that_is_full_of_a_word_the_others_are_told_too(archive: Archive) -> None:
    assert reasons(archive, "hail thunder") == [
        Reason("hail", ("body",), ("hail", "hailed")),
        Reason("thunder", ("body",), ("thunder",)),
    ]
