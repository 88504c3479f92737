"""The pager shows where one is and where one can go."""

from __future__ import annotations

import pytest

from search.request import SearchRequest
from tests.web.made import answer
from web.presenters.paging import pager


def numbers(page: int, total: int, size: int = 10) -> str:
    request = SearchRequest(page=page, size=size)
    shown = pager(answer(request, total=total)).pages
    return " ".join("…" if not p.number else f"[{p.number}]" if p.current else str(p.number) for p in shown)


@pytest.mark.parametrize(
    ("page", "total", "expected"),
    [
        (1, 0, "[1]"),
        (1, 10, "[1]"),
        (1, 11, "[1] 2"),
        (1, 200, "[1] 2 3 … 20"),
        (10, 200, "1 … 8 9 [10] 11 12 … 20"),
        (20, 200, "1 … 18 19 [20]"),
        (999, 1_000_000, "1 … 997 998 [999] 1000"),
    ],
)
def test_pages_around_the_current_one_and_both_ends_are_shown(page: int, total: int, expected: str) -> None:
    assert numbers(page, total) == expected


def test_there_is_nothing_before_the_first_page_or_after_the_last() -> None:
    assert (pager(answer(total=5)).previous, pager(answer(total=5)).next) == ("", "")


def test_the_deepest_page_has_no_next_one() -> None:
    assert pager(answer(SearchRequest(page=1000), total=50_000)).next == ""


def test_a_page_past_the_end_leads_back_to_the_last_one() -> None:
    assert pager(answer(SearchRequest(page=50), hits=(), total=25)).previous == "/search?page=3"
