"""Each link of a search page is one step from its search."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import parse_qs

import pytest

from search.request import Scope, SearchRequest, Sort
from web import params, refine

Step = Callable[[SearchRequest], SearchRequest]


def step(query: str, change: Step) -> str:
    return params.write(change(params.read(parse_qs(query), strict=True)))


@pytest.mark.parametrize(
    ("query", "change", "expected"),
    [
        ("q=x&page=3", lambda r: refine.toggled(r, "tag", "war"), "q=x&tag=war"),
        ("tag=sea", lambda r: refine.toggled(r, "tag", "war"), "tag=sea&tag=war"),
        ("tag=sea&tag=war", lambda r: refine.toggled(r, "tag", "war"), "tag=sea"),
        ("tag=Caf%C3%89", lambda r: refine.toggled(r, "tag", "cafe"), ""),
        ("tag=sea&-tag=war", lambda r: refine.toggled(r, "tag", "war"), "tag=sea&tag=war&-tag=war"),
        ("-tag=war&-tag=sea", lambda r: refine.including(r, "tag", "war"), "-tag=sea"),
        ("tag=a&tag=b&blog=c", lambda r: refine.narrowed(r, "tag", "b"), "blog=c&tag=b"),
        ("q=x&after=2024&before=2025", refine.without_after, "q=x&before=2025"),
        ("q=x&after=2024&before=2025", refine.without_before, "q=x&after=2024"),
        ("q=x&tag=a&date=2024&in=posts&sort=newest", refine.without_filters, "q=x&sort=newest"),
        ("q=x&tag=a&page=2", lambda r: refine.asking(r, "y z"), "q=y+z&tag=a"),
        ("q=x&page=2", lambda r: refine.sorted_by(r, Sort.OLDEST), "q=x&sort=oldest"),
        ("q=x&page=2", lambda r: refine.within(r, Scope.COMMENTS), "q=x&in=comments"),
        ("q=x&page=2", lambda r: refine.on_page(r, 7), "q=x&page=7"),
    ],
)
def test_a_step_changes_one_thing(query: str, change: Step, expected: str) -> None:
    assert step(query, change) == expected


@pytest.mark.parametrize(
    ("chosen", "toggled", "expected"),
    [
        ("", "2024", "date=2024"),
        ("date=2024", "2024", ""),
        ("date=2024", "2024-03", "date=2024-03"),
        ("date=2024-03&date=2024-05", "2024", "date=2024"),
        ("date=2024-03", "2024-05", "date=2024-03&date=2024-05"),
        ("date=2023", "2024-03", "date=2023&date=2024-03"),
    ],
)
def test_a_month_takes_the_place_of_its_year_and_a_year_of_its_months(
    chosen: str, toggled: str, expected: str
) -> None:
    assert step(chosen, lambda request: refine.toggled(request, "date", toggled)) == expected
