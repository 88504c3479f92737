"""Periods: dates with their precision."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.model import Blog, InvalidPeriod, Period, Post, Precision


@pytest.mark.parametrize(
    ("text", "precision", "first", "last"),
    [
        ("2024", Precision.YEAR, date(2024, 1, 1), date(2024, 12, 31)),
        ("2024-02", Precision.MONTH, date(2024, 2, 1), date(2024, 2, 29)),
        ("2023-2", Precision.MONTH, date(2023, 2, 1), date(2023, 2, 28)),
        ("2025-03-02", Precision.DAY, date(2025, 3, 2), date(2025, 3, 2)),
        ("2025-03-02T23:30:00-05:00", Precision.TIME, date(2025, 3, 3), date(2025, 3, 3)),
    ],
)
def test_a_period_spans_its_first_to_its_last_day(
    text: str, precision: Precision, first: date, last: date
) -> None:
    period = Period.parse(text)
    assert (period.precision, period.first_day, period.last_day) == (precision, first, last)


@pytest.mark.parametrize("text", ["2025", "2025-03", "2025-03-02", "2025-03-02T16:12:00Z", "0987-01"])
def test_a_period_is_written_as_it_is_read(text: str) -> None:
    assert str(Period.parse(text)) == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "yesterday",
        "2025-13",
        "2025-00",
        "2025-00-07",
        "2025-01-00",
        "2025-02-30",
        "0000",
        "99999",
        "2025-03-02T25:00",
        "٢٠٢٥",
    ],
)
def test_what_is_no_date_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(InvalidPeriod, match="write 2025, 2025-03 or 2025-03-02"):
        Period.parse(text)


@given(st.text())
def test_any_text_is_a_period_or_refused(text: str) -> None:
    try:
        period = Period.parse(text)
    except InvalidPeriod:
        return
    assert Period.parse(str(period)) == period


def test_a_time_is_kept_in_utc_to_the_second() -> None:
    moment = datetime(2025, 3, 2, 1, 30, 5, 999, tzinfo=timezone(timedelta(hours=2)))
    assert Period.at(moment).start == datetime(2025, 3, 1, 23, 30, 5, tzinfo=UTC)


def test_a_time_without_a_zone_is_taken_as_utc() -> None:
    assert str(Period.parse("2025-03-02T16:12")) == "2025-03-02T16:12:00Z"


def test_a_summary_that_says_something_of_its_own_is_read_before_the_text() -> None:
    post = Post("1", Blog("b"), summary="Why it matters. JL", text="The harbour is open.")
    assert post.readable == "Why it matters. JL\n\nThe harbour is open."


@pytest.mark.parametrize("summary", ["", "The harbour\nis open", "The harbour is open. And the boats"])
def test_a_summary_cut_from_the_text_is_not_read_twice(summary: str) -> None:
    text = "The harbour is open. And the boats " + "are back, all of them, " * 10
    assert Post("1", Blog("b"), summary=summary, text=text).readable == text


def test_whom_a_post_quotes_is_read_before_a_text_that_does_not_say_it() -> None:
    quoting = Post("1", Blog("b"), text="The front moved.", reporters=("David Axe",), publication="Forbes")
    assert quoting.readable == "David Axe in Forbes\n\nThe front moved."
    named = replace(quoting, text="David Axe reports in Forbes:\n\nThe front moved.")
    assert named.readable == named.text
