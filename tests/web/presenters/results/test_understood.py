"""A query is told back in words, where it is more than words."""

from __future__ import annotations

import pytest

from search.query.parser import parse
from web.presenters.results.understood import understood


@pytest.mark.parametrize("text", ["", "drones", "drones kursk harbour"])
def test_words_alone_are_not_told_back(text: str) -> None:
    assert understood(parse(text)) == ""


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("tag:war drones", "the tag “war” and the word “drones”"),
        ('author:"Jonathan Low"', "the author “Jonathan Low”"),
        ("language:de", "the language “Deutsch”"),
        ("title:drones", "the word “drones” in the title"),
        ("title:dro*", "words that begin with “dro” in the title"),
        ("tag:dro*", "the tag “dro*”"),
        ('"drones over kursk"', "the words “drones over kursk” in this order"),
        ('"drones kursk"~3', "the words “drones kursk” near each other"),
        ("dr?nes", "words such as “dr?nes”"),
        ("thier~", "words spelt much like “thier”"),
        ("rain OR storm", "the word “rain” or the word “storm”"),
        ("(rain OR storm) wind", "(the word “rain” or the word “storm”) and the word “wind”"),
        ("drones -war", "the word “drones” and not the word “war”"),
        ("-(a b)", "not (the word “a” and the word “b”)"),
        ("date:2024", "the date 2024"),
        ("after:2024-03", "dates from March 2024"),
        ("before:2024", "dates until 2024"),
        ("date:2019..2021", "dates from 2019 until 2021"),
        ("in:comments lighthouse", "comments only and the word “lighthouse”"),
        ("in:posts lighthouse", "posts only and the word “lighthouse”"),
    ],
)
def test_what_was_read_is_said(text: str, told: str) -> None:
    assert understood(parse(text)) == f"You searched for {told}."
