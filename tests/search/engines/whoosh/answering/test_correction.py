"""What was probably meant, by the words of several segments."""

from __future__ import annotations

import pytest

from search.deadline import Deadline
from search.engines.whoosh.answering.correction import Respelt, correct
from search.query.parser import parse
from tests.search.engines.whoosh.inverting import MadeIndex, Written

INDEX = MadeIndex(
    [
        [Written(title=["drones"], body=["drone", "alone"]), Written(body=["stone"])],
        [Written(body=["stone", "phone"]), Written(body=["phone"]), Written(title=["kursk"], body=["phone"])],
    ]
)


def corrected(text: str, seconds: float = 1000) -> str | None:
    respelt = correct(parse(text), INDEX, ("",), Deadline(seconds))
    return respelt.text if respelt else None


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("drune", "drone"),
        ("-tag:x drune OR kursk", "-tag:x drone OR kursk"),
        ('"Kusrk" at', '"kursk" at'),
        ("stona", "stone"),
        ("xhone", "phone"),
        ("atone", "alone"),  # before "stone", which has another first letter
    ],
)
def test_a_misspelt_word_is_replaced_by_the_nearest_and_most_used(typed: str, meant: str) -> None:
    assert corrected(typed) == meant


@pytest.mark.parametrize("text", ["drone", "kursk phone", "zzzzzz", "kr", "12345", "tag:drune", "dru*", ""])
def test_what_is_known_or_like_nothing_is_not_corrected(text: str) -> None:
    assert corrected(text) is None


def test_the_words_of_all_segments_count_together() -> None:
    segments = [[Written(body=["bat"])], [Written(body=["cat"])], [Written(body=["cat"])]]
    respelt = correct(parse("xat"), MadeIndex(segments), ("",), Deadline(1000))
    assert respelt == Respelt("cat", (("xat", "cat"),))


def test_after_the_deadline_nothing_is_corrected() -> None:
    assert corrected("drune", seconds=0) is None
