"""Which version says each field of a post best."""

from __future__ import annotations

import pytest

from search.model import Blog, Origin, Period, Post
from search.sameness.excerpts import is_excerpt
from search.sameness.merging import RULES, merged
from search.sameness.origins import FIELDS, OTHERWISE, origins_of, with_all_origins

LONG = (
    "The harbour was full of boats that morning, and every one of them had a flag at its mast and a dog on"
    " deck. Nobody had seen so many since the bridge was opened, and nobody could say who had asked them."
)


def post(name: str, *guesses: tuple[str, float], **fields: object) -> Post:
    origins = [Origin(field, f"{name}.xml", "guess", sure) for field, sure in guesses]
    return Post("", Blog(""), origins=(*origins, Origin(OTHERWISE, f"{name}.xml", "item 1", 1.0)), **fields)  # type: ignore[arg-type]  # fields of Post, by name


def test_every_field_with_an_origin_has_a_rule() -> None:
    assert RULES.keys() == set(FIELDS)


def test_the_leading_version_wins_where_both_know() -> None:
    found = merged("one", [post("a", title="Boats", link="a"), post("b", title="Ships", link="b")])
    assert (found.id, found.title, found.link) == ("one", "Boats", "a")


def test_what_the_leading_version_lacks_is_taken_from_the_others() -> None:
    found = merged("one", [post("a", title="Boats"), post("b", summary="On boats", authors=("Ada",))])
    assert (found.summary, found.authors) == ("On boats", ("Ada",))
    assert [origin.source for origin in origins_of(found, "summary")] == ["b.xml"]
    assert [origin.source for origin in origins_of(found, "title")] == ["a.xml"]


def test_what_is_stated_wins_over_a_guess() -> None:
    found = merged("one", [post("a", ("title", 0.5), title="2019 boats"), post("b", title="Boats")])
    assert found.title == "Boats"


def test_a_declared_language_wins_over_a_detected_one() -> None:
    found = merged("one", [post("a", ("language", 0.9), language="nl"), post("b", language="af")])
    assert found.language == "af"


def test_reporter_and_publication_are_of_one_version() -> None:
    unsure = post("a", ("reporters", 0.7), ("publication", 0.7), reporters=("Ann",), publication="Wired")
    sure = post("b", ("publication", 0.95), publication="Forbes")
    found = merged("one", [unsure, sure])
    assert (found.reporters, found.publication) == ((), "Forbes")


def test_tags_are_those_of_all_versions_and_say_so() -> None:
    found = merged("one", [post("a", tags=("Boats", "sea")), post("b", tags=("boats", "dogs"))])
    assert found.tags == ("Boats", "sea", "dogs")
    assert [origin.source for origin in origins_of(found, "tags")] == ["a.xml", "b.xml"]


def test_a_time_wins_over_its_day_but_not_over_another_day() -> None:
    day, time = Period.parse("2019-03-01"), Period.parse("2019-03-01T23:30:00Z")
    assert merged("one", [post("a", date=day), post("b", date=time)]).date == time
    later = Period.parse("2019-05-01T08:00:00Z")
    assert merged("one", [post("a", date=day), post("b", date=later)]).date == day


def test_a_fuller_text_wins_over_its_excerpt_with_its_html() -> None:
    short = post("a", text=LONG[:70] + "… Continue reading →", html="<p>short</p>")
    full = post("b", text=LONG, html="<p>full</p>")
    found = merged("one", [short, full])
    assert (found.text, found.html) == (LONG, "<p>full</p>")
    other = post("b", text=LONG[::-1] * 2, html="<p>other</p>")
    assert merged("one", [post("a", text=LONG, html="<p>ours</p>"), other]).html == "<p>ours</p>"


@pytest.mark.parametrize(
    ("text", "of", "expected"),
    [
        (LONG[:60], LONG, True),
        (LONG[:60] + " […]", LONG, True),
        (LONG, LONG, False),
        (LONG, LONG[:60], False),
        ("The harbour", LONG, False),  # too little to tell
        ("", LONG, False),
    ],
)
def test_an_excerpt_begins_a_clearly_longer_text(text: str, of: str, expected: bool) -> None:
    assert is_excerpt(text, of) is expected


def test_every_field_with_a_value_has_an_origin_when_it_is_read() -> None:
    found = with_all_origins(merged("one", [post("a", title="Boats"), post("b", tags=("sea",))]))
    assert [(origin.field, origin.source) for origin in found.origins] == [
        ("title", "a.xml"),
        ("tags", "b.xml"),
        ("kind", "a.xml"),
    ]
