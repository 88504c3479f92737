"""A correction says what it changes, and what it finds, before anybody follows it."""

from __future__ import annotations

from search.results import Correction
from tests.web.made import answer, fragments
from web.presenters.results.correction import Corrected, corrected


def of(text: str, *changes: tuple[str, str]) -> Corrected:
    found = corrected(answer("drones kursj", (), correction=Correction(text, 9, changes)))
    assert found is not None
    return found


def test_it_says_which_word_no_post_has_and_what_takes_its_place() -> None:
    found = of("drones kursk", ("kursj", "kursk"))
    assert (found.missing, found.finds) == ("No post has “kursj”.", "9 posts")
    assert found.text == fragments("drones [kursk]")
    assert found.url == "/search?q=drones+kursk"


def test_several_words_are_all_told_apart() -> None:
    found = of("Drone (kursk)", ("drnoe", "drone"), ("kursj", "kursk"))
    assert found.missing == "No post has “drnoe” or “kursj”."
    assert found.text == fragments("[Drone] ([kursk])")


def test_a_word_inside_another_is_not_told_apart() -> None:
    assert of("art artist", ("atr", "art")).text == fragments("[art] artist")


def test_without_known_changes_the_wording_is_still_offered() -> None:
    found = of("drones kursk")
    assert (found.missing, found.text) == ("", fragments("drones kursk"))


def test_without_a_correction_there_is_none() -> None:
    assert corrected(answer("drones")) is None
