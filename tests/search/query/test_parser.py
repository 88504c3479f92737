from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from search.query.ast import And, Node, Not, Or
from search.query.parser import MAX_DEPTH, MAX_WARNINGS, parse
from tests.search.query.sexpr import sexpr

QUERIES = json.loads(Path(__file__).with_name("queries.json").read_text("utf-8"))
SIGNS = '()"-|:~*?[]{}<>.,\\ \t\n“’'
PIECES = [
    "OR ",
    "AND ",
    "NOT ",
    "title:",
    "date:",
    "in:",
    "tag:",
    "[a TO b]",
    "war ",
    "2024",
    "..",
    "~2",
    *SIGNS,
]


@pytest.mark.parametrize("query", QUERIES, ids=[repr(query["text"])[:60] for query in QUERIES])
def test_each_query_is_read_as_written_down(query: dict[str, Any]) -> None:
    read = parse(query["text"])
    assert sexpr(read.node) == query["tree"]
    assert list(map(str, read.warnings)) == query.get("warnings", [])


@example("TAA:*:0")
@given(st.one_of(st.text(), st.lists(st.sampled_from(PIECES)).map("".join)))
def test_no_text_fails_and_every_tree_is_well_formed(text: str) -> None:
    query = parse(text)
    query.text.encode()
    assert len(query.warnings) <= MAX_WARNINGS
    assert depth(query.node) <= 3 * (MAX_DEPTH + 1)
    assert_joined(query.node)


@given(st.lists(st.sampled_from(PIECES)).map("".join))
def test_reading_a_query_twice_gives_the_same(text: str) -> None:
    assert parse(parse(text).text) == parse(text)


@pytest.mark.parametrize(
    "piece",
    ["(", ")", '"', "-", "a:", "titel:", 'title:"', "x:(", "NOT ", "OR ", "a*-", "[a TO ", "東", "a~", "-("],
)
def test_a_hundred_thousand_signs_are_read_without_failing(piece: str) -> None:
    assert len(parse(piece * (100_000 // len(piece))).warnings) <= MAX_WARNINGS


def test_brackets_too_deep_are_left_out_and_the_words_kept() -> None:
    query = parse("(a OR " * 1_000 + "b" + ")" * 1_000)
    assert tuple(map(str, query.warnings)) == (f"Brackets more than {MAX_DEPTH} deep were left out.",)
    assert sexpr(query.node).count("a") == 1_000


def test_many_negations_make_no_deep_tree() -> None:
    assert sexpr(parse("NOT " * 501 + "a").node) == "(not a)"


def test_nul_and_lone_surrogates_are_taken_out_of_the_text() -> None:
    assert parse("a\x00b \udfffc").text == "ab c"


def test_warnings_shorten_what_they_quote() -> None:
    (warning,) = parse("date:" + "x" * 500).warnings
    assert len(str(warning)) < 160


def depth(node: Node) -> int:
    match node:
        case And(nodes) | Or(nodes):
            return 1 + max(map(depth, nodes))
        case Not(child):
            return 1 + depth(child)
        case _:
            return 1


def assert_joined(node: Node) -> None:
    match node:
        case And(nodes) | Or(nodes):
            assert len(nodes) >= 2
            for child in nodes:
                assert type(child) is not type(node)
                assert_joined(child)
        case Not(child):
            assert not isinstance(child, Not)
            assert_joined(child)
        case _:
            pass
