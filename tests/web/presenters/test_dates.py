"""Numbers and dates as readers of a language and country write them."""

from __future__ import annotations

import pytest
from babel import Locale

from search.model import Period
from web.language.languages import TRANSLATIONS, Languages
from web.language.voice import spoken
from web.presenters import dates, words

LANGUAGES = Languages(TRANSLATIONS)


@pytest.mark.parametrize(
    ("locale", "day", "month", "moment", "of_year", "of_month", "number", "share"),
    [
        ("en", "2 March 2025", "March 2025", "2 March 2025, 16:12 UTC", "March", "2 March", "12,345", "90%"),
        (
            *("en_US", "March 2, 2025", "March 2025", "March 2, 2025, 4:12\u202fPM UTC", "March", "March 2"),
            *("12,345", "90%"),
        ),
        (
            *("de", "2. März 2025", "März 2025", "2. März 2025, 16:12 UTC", "März", "2. März"),
            *("12.345", "90\u00a0%"),
        ),
        (
            *("de_CH", "2. März 2025", "März 2025", "2. März 2025, 16:12 UTC", "März", "2. März"),
            *("12’345", "90%"),
        ),
    ],
)
def test_numbers_and_dates_are_written_as_the_country_does(
    locale: str, day: str, month: str, moment: str, of_year: str, of_month: str, number: str, share: str
) -> None:
    first, exact = Period.parse("2025-03-02"), Period.parse("2025-03-02T16:12:00Z")
    march = Period.parse("2025-03")
    with spoken(LANGUAGES.voice(Locale.parse(locale))):
        assert (dates.day(first), dates.day(exact), dates.day(march)) == (day, day, month)
        assert dates.moment(exact) == moment
        assert (dates.within_larger(march), dates.within_larger(first)) == (of_year, of_month)
        assert (dates.number(12_345), dates.percent(0.9)) == (number, share)


def test_what_is_not_known_of_a_date_is_not_said() -> None:
    year, month = Period.parse("2025"), Period.parse("2025-03")
    assert (dates.day(year), dates.moment(year), dates.within_larger(year)) == ("2025", "2025", "2025")
    assert dates.moment(month) == "March 2025"


@pytest.mark.parametrize(
    ("locale", "either", "both"),
    [
        ("en", "a, b or c", "a, b and c"),
        ("en_US", "a, b, or c", "a, b, and c"),
        ("de", "a, b oder c", "a, b und c"),
    ],
)
def test_lists_are_those_of_the_language(locale: str, either: str, both: str) -> None:
    with spoken(LANGUAGES.voice(Locale.parse(locale))):
        assert (words.either("abc"), words.both("abc")) == (either, both)


def test_a_list_of_one_or_none_is_that() -> None:
    assert (words.either(["a"]), words.both(()), words.both(["a", "b"])) == ("a", "", "a and b")
