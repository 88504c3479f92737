"""Which comments of several sources, under one post, are the same comment."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from search.model import Period, Precision

_SLOW = timedelta(minutes=10)  # between a comment's times in two exports of one minute
_ZONES = timedelta(hours=26)  # between the clocks of any two time zones, the most
_STEP = timedelta(minutes=15)  # by which time zones differ
_ROUNDED = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Said:
    """What is known of one source's version of a comment, but for its text.

    `thread` is the source, format and post that it came under: there, no two are the same comment.
    `own` and `words` are as in `CommentIdentity`; `parent` is a record id.
    """

    number: int
    record_id: str
    thread: tuple[int, str, str]
    standing: int
    date: Period | None
    place: int
    own: int
    words: int
    parent: str


@dataclass(frozen=True, slots=True)
class Shown:
    """One comment as it is shown: by which version, and the id of the one that it answers, or empty."""

    number: int
    parent: str


def shown(versions: Sequence[Said]) -> list[Shown]:
    """The comments of a post, each once. The answer depends on the versions only, not on their order."""
    ordered = sorted(versions, key=lambda each: (-each.standing, each.record_id, each.thread[1], each.number))
    sets = _Sets(ordered)
    for name in ("record_id", "own"):
        by_name: dict[object, list[Said]] = {}
        for version in ordered:
            if value := getattr(version, name):
                by_name.setdefault(value, []).append(version)
        for same in by_name.values():
            for other in same[1:]:
                sets.join(same[0], other)
    by_words: dict[int, list[Said]] = {}
    for version in ordered:
        if version.words:
            by_words.setdefault(version.words, []).append(version)
    for alike in by_words.values():
        _join_by_time(alike, sets)
    return _with_parents(list(sets.all()))


def _join_by_time(alike: Sequence[Said], sets: _Sets) -> None:
    """Of the same words by the same person: each with the one of another source that is nearest in time."""
    pairs = sorted(
        (
            (_apart(one, other), place, before)
            for place, one in enumerate(alike)
            for before, other in enumerate(alike[:place])
            if one.thread != other.thread and _same_time(one.date, other.date)
        ),
    )
    for _, place, before in pairs:
        sets.join(alike[before], alike[place])


def _apart(one: Said, other: Said) -> tuple[timedelta, int]:
    both = abs(one.date.start - other.date.start) if one.date and other.date else _ZONES
    return both, abs(one.place - other.place)


def _same_time(one: Period | None, other: Period | None) -> bool:
    """Whether two dates can be of one moment, written down in two time zones or with less precision."""
    if one is None or other is None:
        return True
    if one.precision is other.precision is Precision.TIME:
        apart = abs(one.start - other.start)
        beside = apart % _STEP
        return apart <= _SLOW or (apart <= _ZONES and min(beside, _STEP - beside) <= _ROUNDED)
    day = timedelta(days=1)
    return one.first_day - day <= other.last_day and other.first_day - day <= one.last_day


class _Sets:
    """Versions in sets, none of which has two of a thread."""

    def __init__(self, versions: Sequence[Said]) -> None:
        self._set_of = {each.number: each.number for each in versions}
        self._members = {each.number: [each] for each in versions}

    def join(self, one: Said, other: Said) -> None:
        into, gone = self._set_of[one.number], self._set_of[other.number]
        if into == gone:
            return
        threads = {each.thread for each in self._members[into]}
        if any(each.thread in threads for each in self._members[gone]):
            return
        for version in self._members[gone]:
            self._set_of[version.number] = into
        self._members[into] += self._members.pop(gone)

    def all(self) -> Iterable[list[Said]]:
        return self._members.values()


def _with_parents(groups: Sequence[list[Said]]) -> list[Shown]:
    leaders = [min(group, key=_leading) for group in groups]
    shown_as = {
        each.record_id: leader.record_id
        for leader, group in zip(leaders, groups, strict=True)
        for each in group
    }
    found = []
    for leader, group in zip(leaders, groups, strict=True):
        parents = [each.parent for each in sorted(group, key=_leading) if each.parent]
        known = (shown_as[parent] for parent in parents if parent in shown_as)
        answered = next((parent for parent in known if parent != leader.record_id), "")
        found.append(Shown(leader.number, answered or leader.parent))
    return found


def _leading(version: Said) -> tuple[int, int, str, str]:
    """Of the highest standing, and of these the one whose time is known."""
    timed = version.date is not None and version.date.precision is Precision.TIME
    return -version.standing, -timed, version.record_id, version.thread[1]
