from __future__ import annotations

import pytest

from indexer.normalise.bylines.byline import Byline, find_byline, find_byline_in


@pytest.mark.parametrize(
    ("line", "reporters", "publication"),
    [
        ("David Axe reports in Forbes:", ["David Axe"], "Forbes"),
        ("  David\N{NO-BREAK SPACE}Axe reports in Forbes : ", ["David Axe"], "Forbes"),
        ("Ann Lee and Bo E. Ray report in the New York Times:", ["Ann Lee", "Bo E. Ray"], "New York Times"),
        ("Ann Lee, Bo Ray & Cy Day comment in Wired:", ["Ann Lee", "Bo Ray", "Cy Day"], "Wired"),
        (
            "Ann Lee, Bo Ray, and Cy Day write for The Atlantic:",
            ["Ann Lee", "Bo Ray", "Cy Day"],
            "The Atlantic",
        ),
        ("Ann Lee and colleagues report in Nature:", ["Ann Lee"], "Nature"),
        ("Ludwig van Beek explains in re/code:", ["Ludwig van Beek"], "re/code"),
        ("J. K. Rowe argues in Harvard Business Review:", ["J. K. Rowe"], "Harvard Business Review"),
        ("Mary O\u2019Neil asks in 24/7 Wall Street:", ["Mary O\u2019Neil"], "24/7 Wall Street"),
        (
            "Ann Lee warns in Science of the Total Environment:",
            ["Ann Lee"],
            "Science of the Total Environment",
        ),
        ("Anna M\u00fcller schreibt in der Zeit:", ["Anna M\u00fcller"], "Zeit"),
        ("Anna M\u00fcller und Jan Roth berichten im Spiegel:", ["Anna M\u00fcller", "Jan Roth"], "Spiegel"),
        ("Jean Dupont \u00e9crit dans Le Monde\N{NO-BREAK SPACE}:", ["Jean Dupont"], "Le Monde"),
        (
            "Luis P\u00e9rez y Eva Gil informan en El Pa\u00eds:",
            ["Luis P\u00e9rez", "Eva Gil"],
            "El Pa\u00eds",
        ),
        ("Mario Rossi scrive su La Stampa:", ["Mario Rossi"], "La Stampa"),
        ("Jo\u00e3o Silva escreve no P\u00fablico:", ["Jo\u00e3o Silva"], "P\u00fablico"),
        ("Jan de Vries schrijft in de Volkskrant:", ["Jan de Vries"], "Volkskrant"),
        ("Anna Ek skriver i Dagens Nyheter:", ["Anna Ek"], "Dagens Nyheter"),
        ("Kari Nes melder i Aftenposten:", ["Kari Nes"], "Aftenposten"),
        ("Jan Kowalski pisze w „Gazecie Wyborczej”:", ["Jan Kowalski"], "Gazecie Wyborczej"),
        ("Анна Сидорова сообщает в газете «Коммерсантъ»:", ["Анна Сидорова"], "Коммерсантъ"),
        ("Marc Puig escriu a La Vanguardia:", ["Marc Puig"], "La Vanguardia"),
        ("Matti Niemi kirjoittaa Helsingin Sanomissa:", ["Matti Niemi"], "Helsingin Sanomissa"),
        ("Ann Lee points out in Slow Cooking:", ["Ann Lee"], "Slow Cooking"),
        ("Ann Lee, Jr. writes in The New Yorker:", ["Ann Lee Jr."], "The New Yorker"),
        ("Ann Lee blogs in the New York Times' Bits blog:", ["Ann Lee"], "New York Times' Bits blog"),
    ],
)
def test_a_byline_is_read_in_many_wordings(line: str, reporters: list[str], publication: str) -> None:
    byline = find_byline(line)
    assert byline
    assert (list(byline.reporters), byline.publication) == (reporters, publication)
    assert 0.5 < byline.confidence <= 1


@pytest.mark.parametrize(
    "line",
    [
        "",
        ":",
        "David Axe reports in Forbes",
        "He writes in Forbes:",
        "The President says in Washington:",
        "When Ann Lee writes in Wired:",
        "Plato writes in The Republic:",
        "Ann Lee writes in chapter three:",
        "Ann Lee writes in Chapter 3:",
        "Ann Lee says in March:",
        "Ann Lee writes in English:",
        "Ann Lee comments on Trump:",
        "Ann Lee wrote in Gardening:",
        "Ann Lee lives in New York:",
        "Ann Lee in Paris:",
        "Ann Lee, Software Engineer:",
        "Google Chrome reports in Windows:",
        "Team Members report in Slack:",
        "Federal Agencies report in Data.gov:",
        "Ann Lee asks in the Comments:",
        "The team reports:",
        "Apple reports:",
        "ann lee reports in wired:",
        "Ann Lee reports in Wired, which is a magazine about technology and what it does to us:",
        "Ann Lee reports in Wired: it rains. And then:",
        "Ann Lee, who lives here, reports in Wired:",
        "As you can see, this happens in two steps:",
        "Ann Lee reports in " + "Wired " * 30 + ":",
    ],
)
def test_what_only_looks_like_a_byline_is_passed_over(line: str) -> None:
    assert find_byline(line) is None


def test_a_byline_is_found_among_the_first_paragraphs() -> None:
    text = "A summary of two\n\nparagraphs. JL\nDavid Axe reports in Forbes:\nThe article."
    assert find_byline_in(text) == Byline(("David Axe",), "Forbes", 0.95)


def test_a_byline_deep_in_a_text_is_somebody_elses() -> None:
    assert find_byline_in("A paragraph.\n" * 50 + "David Axe reports in Forbes:\n") is None


def test_a_byline_inside_a_sentence_is_none() -> None:
    assert find_byline_in("We read: David Axe reports in Forbes: something happened.") is None


def test_an_unlikely_wording_counts_only_where_a_line_is_known_to_be_a_byline() -> None:
    line = "Ann Lee observes at The Verge:"
    assert find_byline(line)
    assert find_byline_in(line) is None


@pytest.mark.parametrize(
    ("line", "reporters", "publication"),
    [
        ("The Economist reports:", (), "The Economist"),
        ("Bloomberg\N{RIGHT SINGLE QUOTATION MARK}s Ann Lee reports:", ("Ann Lee",), "Bloomberg"),
        ("Ann Lee gushes in the Verge:", ("Ann Lee",), "Verge"),
        ("Ann Lee reported for Reuters:", ("Ann Lee",), "Reuters"),
        ("Ann Lee, writing in Wired:", ("Ann Lee",), "Wired"),
        ("As Ann Lee writes in the New York Times:", ("Ann Lee",), "New York Times"),
        ("Via Ann Lee at The Verge:", ("Ann Lee",), "The Verge"),
        ("Ann Lee and Bo Ray, Wired:", ("Ann Lee", "Bo Ray"), "Wired"),
    ],
)
def test_a_loose_wording_is_read_around_a_known_publication(
    line: str, reporters: tuple[str, ...], publication: str
) -> None:
    byline = find_byline(line)
    assert byline
    assert (byline.reporters, byline.publication) == (reporters, publication)
    assert byline.confidence < 0.9


@pytest.mark.parametrize(
    "line",
    ["Ann Lee gushes in Gardening:", "Gardening reports:", "Via Ann Lee at Home:", "Ann Lee, Gardening:"],
)
def test_a_loose_wording_around_any_other_name_is_passed_over(line: str) -> None:
    assert find_byline(line) is None


@pytest.mark.parametrize(
    "text",
    ["David Axe reports in Forbes\nThe article.", "David Axe reports in Forbes: Despite all, it rained."],
)
def test_a_byline_without_its_colon_or_its_line_is_found_and_less_sure(text: str) -> None:
    assert find_byline_in(text) == Byline(("David Axe",), "Forbes", 0.85)


@pytest.mark.parametrize(
    "text",
    ["Ann Lee reports in Gardening\nThe article.", "Ann Lee reports in Gardening: Despite all, it rained."],
)
def test_without_them_another_name_is_only_part_of_a_sentence(text: str) -> None:
    assert find_byline_in(text) is None
