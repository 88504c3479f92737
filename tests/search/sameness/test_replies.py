"""Which comments of several sources are one."""

from __future__ import annotations

from search.model import Period
from search.sameness.replies import Said, Shown, shown

WORDS, OTHER_WORDS = 61, 62


def said(
    number: int,
    source: int,
    date: str = "",
    *,
    words: int = WORDS,
    own: int = 0,
    parent: str = "",
    standing: int = 3,
) -> Said:
    when, thread = Period.parse(date) if date else None, (source, "wxr", "post")
    return Said(number, f"record{number}", thread, standing, when, number, own, words, parent)


def numbers(*versions: Said) -> list[int]:
    """Those that are shown, which are the same in any order."""
    assert set(shown(versions)) == set(shown(versions[::-1]))
    return sorted(each.number for each in shown(versions))


def test_the_same_words_at_the_same_time_are_one_comment() -> None:
    assert numbers(said(1, 1, "2019-03-01T08:00:00Z"), said(2, 2, "2019-03-01T08:04:00Z")) == [1]


def test_clocks_of_other_time_zones_are_allowed_for() -> None:
    assert numbers(said(1, 1, "2019-03-01T08:00:00Z"), said(2, 2, "2019-03-01T13:30:20Z")) == [1]
    assert numbers(said(1, 1, "2019-03-01T08:00:00Z"), said(2, 2, "2019-03-01T13:37:00Z")) == [1, 2]
    assert numbers(said(1, 1, "2019-03-01T08:00:00Z"), said(2, 2, "2019-03-09T08:00:00Z")) == [1, 2]


def test_a_day_can_be_the_time_of_another_source() -> None:
    assert numbers(said(1, 1, "2019-03-01T08:00:00Z"), said(2, 2, "2019-03-01")) == [1]
    assert numbers(said(1, 1, "2019-03-01T08:00:00Z"), said(2, 2)) == [1]


def test_other_words_are_another_comment_unless_its_name_is_the_same() -> None:
    assert numbers(said(1, 1), said(2, 2, words=OTHER_WORDS)) == [1, 2]
    assert numbers(said(1, 1, own=7), said(2, 2, words=OTHER_WORDS, own=7)) == [1]


def test_one_source_may_have_the_same_words_twice() -> None:
    ours = [said(1, 1, "2019-03-01T08:00:00Z"), said(2, 1, "2019-03-01T08:01:00Z")]
    theirs = [said(3, 2, "2019-03-01T08:00:10Z"), said(4, 2, "2019-03-01T08:01:10Z")]
    assert numbers(*ours) == [1, 2]
    assert numbers(*ours, *theirs) == [1, 2]


def test_the_version_of_the_highest_standing_is_shown() -> None:
    assert numbers(said(1, 1, standing=1), said(2, 2, standing=3)) == [2]


def test_an_answer_leads_to_the_version_that_is_shown() -> None:
    first, same = said(1, 1), said(2, 2, standing=1)
    answer = said(3, 2, words=OTHER_WORDS, parent=same.record_id)
    assert set(shown([first, same, answer])) == {Shown(1, ""), Shown(3, first.record_id)}
