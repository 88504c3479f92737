from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.normalise.date_order import UNKNOWN, Order, order_in, order_of
from indexer.normalise.dates import read_date

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)


def _read(*candidates: str, order: Order = UNKNOWN) -> str:
    dated = read_date(candidates, NOW, order)
    return str(dated.period) if dated else ""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2009", "2009"),
        ("2009-05", "2009-05"),
        ("2009/05", "2009-05"),
        ("2025-03-02", "2025-03-02"),
        ("2025-3-2", "2025-03-02"),
        ("2014/05/06", "2014-05-06"),
        ("20140506", "2014-05-06"),
        ("2014-05-06 12:00:00", "2014-05-06T12:00:00Z"),
        ("2014-05-06T12:00:00.123Z", "2014-05-06T12:00:00Z"),
        ("2014-05-06 12:00:00 -0700", "2014-05-06T19:00:00Z"),
        ("2014-05-06 12:00 UTC", "2014-05-06T12:00:00Z"),
        ("2014-05-06 12:00 UTC+02:00", "2014-05-06T10:00:00Z"),
        ("2014-05-06 12:00:00 -500", "2014-05-06T17:00:00Z"),
        ("20140506120000", "2014-05-06T12:00:00Z"),
        ("1399377600", "2014-05-06T12:00:00Z"),
        ("1399377600123", "2014-05-06T12:00:00Z"),
        ("Tue, 06 May 2014 12:00:00 +0200", "2014-05-06T10:00:00Z"),
        ("Tue, 06 May 2014 12:00:00 EST", "2014-05-06T17:00:00Z"),
        ("Sun May 05 10:11:12 +0000 2013", "2013-05-05T10:11:12Z"),
        ("Mar 2, 2025", "2025-03-02"),
        ("Saturday, June 14, 2008", "2008-06-14"),
        ("14 June 2008", "2008-06-14"),
        ("June 14th, 2008", "2008-06-14"),
        ("June 2008", "2008-06"),
        ("March 3, 2025 at 4:12 PM", "2025-03-03T16:12:00Z"),
        ("March 3, 2025 at 12:05 am", "2025-03-03T00:05:00Z"),
        ("Mar 2nd, 2025 11:20 am EST", "2025-03-02T16:20:00Z"),
        ("14. Juni 2008 um 16:12", "2008-06-14T16:12:00Z"),
        ("1er f\u00e9vrier 2012 \u00e0 14h30", "2012-02-01T14:30:00Z"),
        ("2 de marzo de 2025, 4:12 p.\u00a0m.", "2025-03-02T16:12:00Z"),
        ("sabato 3 maggio 2014", "2014-05-03"),
        ("3 de mar\u00e7o de 2012", "2012-03-03"),
        ("3 maart 2012", "2012-03-03"),
        ("14 \u0438\u044e\u043d\u044f 2008 \u0433., 12:30", "2008-06-14T12:30:00Z"),
        ("03/04/2012", "2012-03-04"),
        ("14/06/2008", "2008-06-14"),
        ("03.04.2012", "2012-04-03"),
        ("10/03/2023 10:54:50 AM", "2023-10-03T10:54:50Z"),
        ("10/03/2023 12:04:05 AM", "2023-10-03T00:04:05Z"),
        ("10/03/2023 12:00:00 pm", "2023-10-03T12:00:00Z"),
        ("1/2/2008 3:04", "2008-01-02T03:04:00Z"),
        ("13/01/2008 15:04:05", "2008-01-13T15:04:05Z"),
        ("1660-01-01", "1660-01-01"),
        ("12:30 6 May 2014 XQZ", "2014-05-06T12:30:00Z"),
        ("2014-05-06 0h J", "2014-05-06"),
    ],
)
def test_a_date_keeps_the_precision_it_is_written_with(text: str, expected: str) -> None:
    assert _read(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "now", "today", "May", "12", "10:30", "Friday", "hello", "0", "-1"),
        *("0000-00-00", "0000-00-00 00:00:00", "-0001-11-30T00:00:00+00:00", "0001-01-01"),
        *("1970-01-01T00:00:00Z", "9999-12-31", "9999-12-31T23:59:59-01:00", "99999999999999999999"),
        *("2012-02-31", "31 February 2012", "2012-13-01", "Tue, 99 May 2014 12:00:00 +0000"),
        *("1" * 5_000, "2014-05-06" * 1_000, "May " * 1_000),
    ],
)
def test_what_is_no_date_gives_none_and_never_now(text: str) -> None:
    assert read_date([text], NOW) is None


def test_the_first_candidate_that_is_a_date_counts() -> None:
    assert _read("0000-00-00 00:00:00", "2014-05-06 14:00:00", "2015-01-01") == "2014-05-06T14:00:00Z"


def test_dates_after_tomorrow_are_mistakes() -> None:
    assert _read("2026-06-02") == "2026-06-02"
    assert _read("2026-06-04", "2030") == ""
    assert read_date(["2030"]) is not None


@given(st.lists(st.text(max_size=60) | st.datetimes().map(str) | st.dates().map(str), max_size=3))
def test_no_text_makes_reading_a_date_fail(candidates: list[str]) -> None:
    date = read_date(candidates, NOW)
    assert date is None or 1000 <= date.period.start.year <= 2026


@given(st.text(alphabet="0123456789 :/.-+TZamp,MayJunth", max_size=40))
def test_no_text_that_resembles_a_date_makes_reading_it_fail(text: str) -> None:
    read_date([text], NOW)


@given(st.datetimes(min_value=datetime(1971, 1, 1), max_value=datetime(2025, 1, 1)))
def test_iso_times_are_read_back(moment: datetime) -> None:
    date = read_date([moment.isoformat()], NOW)
    assert date
    assert date.period.start == moment.replace(microsecond=0, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "2014",
            "2014-05-06",
            "20140506",
            "2014-05-06T12:00:00Z",
            "2014-05-06 12:00:00 -0700",
            "1399377600",
        ),
        *("Tue, 06 May 2014 12:00:00 EST", "14 June 2008", "14/06/2008", "05/05/2008", "03.04.2012"),
        *("12:30 6 May 2014 UTC", "Sun May 05 10:11:12 +0000 2013", "2014-05-06 12:00 UTC+02:00"),
    ],
)
def test_a_date_that_says_everything_is_sure(text: str) -> None:
    dated = read_date([text], NOW)
    assert dated
    assert (dated.confidence, dated.guessed) == (1.0, "")


@pytest.mark.parametrize(
    ("text", "guessed"),
    [
        ("03/04/2012", "day and month could be the other way round"),
        ("03-04-2012", "day and month could be the other way round"),
        ("03/04/2012 12:00:00", "day and month could be the other way round"),
        ("14/06/08", "the year has two digits"),
        ("Tue, 06 May 14 12:00:00 -0700", "the year has two digits"),
        ("2014-05-06 12:00:00", "its time zone is not said"),
        ("20140506120000", "its time zone is not said"),
        ("06-25-2014 12:00", "its time zone is not said"),
        ("14. Juni 2008 um 16:12", "its time zone is not said"),
        ("12:30 6 May 2014 XQZ", "its time zone is not said"),
    ],
)
def test_what_had_to_be_guessed_of_a_date_is_told(text: str, guessed: str) -> None:
    dated = read_date([text], NOW)
    assert dated
    assert dated.guessed == guessed
    assert dated.confidence < 1


def test_day_and_month_stand_as_in_the_other_dates() -> None:
    day_first = order_of(["03/04/2012", "25/12/2011", "2012-01-02", "no date"])
    assert day_first
    assert _read("03/04/2012", order=day_first) == "2012-04-03"
    assert _read("03/04/2012 16:12", order=day_first) == "2012-04-03T16:12:00Z"
    assert _read("12/25/2011", order=day_first) == "2011-12-25"
    assert _read("2012-04-03", order=day_first) == "2012-04-03"
    month_first = order_of(["12/25/2011"])
    assert month_first
    assert _read("03/04/2012", order=month_first) == "2012-03-04"
    assert order_of(["25/12/2011", "12/25/2011"]) is None
    assert order_of(["03/04/2012", "05/05/2012"]) is None


@pytest.mark.parametrize(
    ("language", "expected"),
    [("de", "2012-04-03"), ("en-GB", "2012-04-03"), ("en_US", "2012-03-04"), ("en", "2012-03-04")],
)
def test_else_day_and_month_stand_as_the_language_has_them(language: str, expected: str) -> None:
    assert _read("03/04/2012", order=order_in(language)) == expected
