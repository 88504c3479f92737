"""Why a post matched is said in words, where its marks do not show it."""

from __future__ import annotations

from dataclasses import replace

from search.request import MatchMode
from search.results import Reason
from tests.web.made import DRONES_HIT, answer
from web.presenters.results.reasons import reasons
from web.presenters.results.result import result

DRONES = Reason("drones", ("title", "body"), ("drones",))


def said(*found: Reason, match: MatchMode = MatchMode.ALL) -> tuple[str, ...]:
    return reasons(replace(DRONES_HIT, reasons=found), match)


def test_each_word_is_said_with_its_places_and_other_forms() -> None:
    assert said(DRONES, Reason("council", ("comments",), ("councils",))) == (
        "“drones” in the title and the text",
        "“council” (as councils) in a comment",
    )


def test_a_form_beside_the_word_itself_is_said_to_be_another() -> None:
    assert (
        said(DRONES, Reason("Tide", ("body",), ("tide", "tides")))[1] == "“Tide” (also as tides) in the text"
    )


def test_words_of_the_same_places_are_said_together() -> None:
    harbour = Reason("harbor", ("title", "body"), ("harbour",))
    assert said(DRONES, harbour) == ("“drones” and “harbor” (as harbour) in the title and the text",)


def test_a_single_word_that_can_be_seen_marked_is_not_explained() -> None:
    assert said(DRONES) == ()
    assert said(Reason("drone", ("body",), ("drones",))) == ()


def test_words_that_are_all_marked_as_typed_are_not_explained() -> None:
    seen = Reason("Drones", ("title",), ("drones",))
    assert said(DRONES, seen) == ()


def test_a_word_that_is_marked_nowhere_is_explained() -> None:
    unmarked = replace(DRONES_HIT, title=(), snippets=(), comments=(), reasons=(DRONES,))
    assert reasons(unmarked, MatchMode.ALL) == ("“drones” in the title and the text",)


def test_a_post_with_some_of_the_words_says_which() -> None:
    assert said(DRONES, match=MatchMode.ANY) == ("“drones” in the title and the text",)
    assert said(DRONES, Reason("kursk", ()), match=MatchMode.ANY)[-1] == "not “kursk”"


def test_a_result_without_reasons_says_none() -> None:
    assert said() == ()
    assert result(answer("drones").request, DRONES_HIT).why == ()
