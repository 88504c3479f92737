"""The parts of a query, and what is left without each."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.query.ast import Everything
from search.query.parser import parse
from search.query.without import MAX_PARTS, parts
from search.request import count_terms
from tests.search.query.sexpr import sexpr

LEAVES = st.one_of(
    st.sampled_from(["tea", "Ö", "bro*", "tee~", "U.S.", "sea-side", "“tea”", "-tea", "NOT tea"]),
    st.sampled_from(['"cold war"', '"cold war"~3', '-"a b"', 'author:"Ann Lee"', "tag:-x", "in:comments"]),
    st.sampled_from(["title:tea", "date:2020", "[2019 TO 2020]", "date:[2019 TO 2020]"]),
)
SIGNS = st.sampled_from(
    ['"', "(", ")", "-", "OR", "AND", "NOT", "|", 'title:"', "foo:(", "!", '""', "()", "*", "\u200e"]
)
GROUPS = st.recursive(
    LEAVES,
    lambda inner: st.builds(
        "{}({})".format,
        st.sampled_from(["", "-", "title:", "NOT ", "-tag:"]),
        st.lists(inner, min_size=1, max_size=3).flatmap(
            lambda found: st.sampled_from([" ".join(found), " OR ".join(found), " | ".join(found)])
        ),
    ),
    max_leaves=5,
)
WELL_FORMED = st.lists(GROUPS, min_size=1, max_size=6).flatmap(
    lambda found: st.lists(
        st.sampled_from([" ", " OR ", " AND ", "|"]), min_size=len(found), max_size=len(found)
    ).map(lambda between: "".join(each for pair in zip(found, between, strict=True) for each in pair))
)
TYPED = st.lists(st.one_of(LEAVES, SIGNS), max_size=12).flatmap(
    lambda found: st.sampled_from([" ".join(found), "".join(found)])
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("tea", [("tea", "")]),
        ("tea  bread", [("tea", "bread"), ("bread", "tea")]),
        ('"cold war" -tag:x', [('"cold war"', "-tag:x"), ("-tag:x", '"cold war"')]),
        ("title:(a b) c", [("title:(a b)", "c"), ("c", "title:(a b)")]),
        ("NOT (a OR b) c", [("NOT (a OR b)", "c"), ("c", "NOT (a OR b)")]),
        ("a b OR c", [("a", "b OR c"), ("b", "a OR c"), ("c", "a b")]),
        ("a OR b OR c", [("a", "b OR c"), ("b", "a OR c"), ("c", "a OR b")]),
        ("a AND b", [("a", "b"), ("b", "a")]),
        ("((a b))", [("a", "b"), ("b", "a")]),
        ("(a b) c", [("(a b)", "c"), ("c", "(a b)")]),
        ("date:[2019 TO 2020] tea", [("date:[2019 TO 2020]", "tea"), ("tea", "date:[2019 TO 2020]")]),
        ("tea *", [("tea", "*"), ("*", "tea")]),
        ("Café “Zwei Worte”", [("Café", "“Zwei Worte”"), ("“Zwei Worte”", "Café")]),
    ],
)
def test_each_part_as_typed_and_the_query_without_it(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(part.text, part.without.text) for part in parts(parse(text))] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("tea OR", ["tea"]),
        ("OR tea NOT", ["tea"]),
        ('tea "bread', ["tea", "bread"]),
        ("tea (bread salt", ["tea", "(bread salt"]),
        ("tea) bread", ["tea", "bread"]),
        ('tea "" () - ! ?', ["tea"]),
        ('foo:"tea" bread', ['foo:"tea"', "bread"]),
        ('title:"tea bread', ['title:"tea', "bread"]),
        ('title:" OR tea', ["tea"]),
    ],
)
def test_of_what_was_read_otherwise_than_typed_there_are_sensible_parts(
    text: str, expected: list[str]
) -> None:
    assert [part.text for part in parts(parse(text))] == expected


def test_of_very_many_parts_the_first_ones_are_told() -> None:
    assert len(parts(parse("date:2020 " * 99))) == MAX_PARTS


@given(WELL_FORMED)
def test_what_is_left_is_a_query_of_less(text: str) -> None:
    query = parse(text)
    found = parts(query)
    assert found
    for part in found:
        assert count_terms(part.without.node) == count_terms(query.node) - count_terms(parse(part.text).node)
        assert len(parts(part.without)) >= len(found) - 1
        assert part.text in text
        assert parse(part.without.text) == part.without


@given(TYPED)
def test_whatever_was_typed_has_parts_that_make_a_query_of_less(text: str) -> None:
    query = parse(text)
    for part in parts(query):
        assert part.text in query.text.replace("\u200e", "")
        assert not isinstance(parse(part.text).node, Everything) or "*" in part.text
        if "*" not in text:  # with which OR means everything, whatever else there is
            assert count_terms(part.without.node) <= count_terms(query.node)


@given(st.one_of(WELL_FORMED, TYPED))
def test_the_parts_in_order_are_the_query(text: str) -> None:
    query = parse(text)
    found = [part.text for part in parts(query)]
    if "OR" not in text and "|" not in text and "*" not in text and len(found) < MAX_PARTS:
        assert sexpr(parse(" ".join(found)).node) == sexpr(query.node)
