"""The words of a search in a post, for programs."""

from __future__ import annotations

from search.query.parser import parse
from search.text.fragments import Highlighter
from tests.web.made import COMMENT, DRONES_AND_COMMENTS
from web.presenters.programs.matches import matches


def found(query: str) -> list[tuple[str, str | None, str]]:
    highlighter = Highlighter(parse(query).node, ["en"])
    told = matches(DRONES_AND_COMMENTS, highlighter)
    return [(match["field"], match["comment"], match["html"]) for match in told]


def test_every_text_with_a_word_of_the_search_is_told_whole() -> None:
    assert found("drones") == [
        ("title", None, "<mark>Drones</mark> over the harbour"),
        ("body", None, "<mark>Drones</mark> were seen over the harbour."),
        ("body", COMMENT.id, "I saw <mark>drones</mark> too."),
    ]


def test_texts_without_a_match_are_left_out() -> None:
    assert found("title:drones") == [("title", None, "<mark>Drones</mark> over the harbour")]
    assert found("tag:drones") == found("zeppelin") == []


def test_fragments_are_text_and_whether_it_matched() -> None:
    highlighter = Highlighter(parse("title:harbour").node, ["en"])
    (title,) = matches(DRONES_AND_COMMENTS, highlighter)
    assert title["fragments"] == [
        {"text": "Drones over the ", "matched": False},
        {"text": "harbour", "matched": True},
    ]
