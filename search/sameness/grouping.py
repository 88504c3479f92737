"""Which versions are of the same post. The answer depends on the versions only, never on their order.

A wrong join loses a post, a missed one shows it twice. So keys count in the order of their strength, one
that would have to join two posts of one source joins nothing, and what is too common tells nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import assert_never

from search.sameness.identity import Identity, Strength, strength_of

POPULAR = 100
"""A key that more versions share than this tells nothing, such as the address of a home page."""


@dataclass(frozen=True, slots=True)
class Version:
    """What is known of one source's version of a post, but for its content.

    `number` is its own in the store, `post_id` the post it was last part of, `digest` of its content.
    """

    number: int
    record_id: str
    source: int
    format: str
    standing: int
    modified: str
    digest: bytes
    post_id: str
    identity: Identity

    @property
    def authority(self) -> tuple[int, int] | None:
        """Whose names for posts it has; None for one without a name of its own."""
        return (self.source, self.identity.scheme) if self.identity.scheme else None


@dataclass(frozen=True, slots=True)
class Group:
    """The versions of one post, the leading one first, and the post's id."""

    post_id: str
    versions: tuple[Version, ...]


def groups(versions: Sequence[Version]) -> list[Group]:
    """Put the versions of each post together."""
    ordered = sorted(versions, key=lambda each: (each.record_id, -each.standing, each.digest))
    sets = _Sets(ordered)
    by_key: dict[int, list[Version]] = {}
    for before, version in pairwise(ordered):
        if before.record_id == version.record_id:
            sets.join(before, version)
    for version in ordered:
        for key in version.identity.keys:
            by_key.setdefault(key, []).append(version)
    for key in sorted(by_key):
        _join_by(strength_of(key), by_key[key], sets)
    return [_group(members) for members in sets.all()]


def _join_by(strength: Strength, holders: Sequence[Version], sets: _Sets) -> None:
    if strength is Strength.ADDRESS or not 1 < len(holders) <= POPULAR or _is_ambiguous(holders):
        return
    if strength is Strength.TEXT:
        holders = _of_one_blog(holders, sets)
    for place, version in enumerate(holders):
        for other in holders[:place]:
            if _agree(strength, version.identity, other.identity):
                sets.join(version, other)


def _of_one_blog(holders: Sequence[Version], sets: _Sets) -> Sequence[Version]:
    """Without those of unknown blogs, if the others are of several: whose they are, nobody can tell."""
    known = [each for each in holders if not _blog_is_unknown(each.identity)]
    alike = (sets.is_one(known[0], each) or _same_blog(known[0].identity, each.identity) for each in known)
    return holders if all(alike) else known


def _is_ambiguous(holders: Sequence[Version]) -> bool:
    """Whether one source has the key for several posts."""
    named = {(each.authority, each.identity.own) for each in holders if each.authority}
    return len(named) > len({authority for authority, _ in named})


def _agree(strength: Strength, one: Identity, other: Identity) -> bool:
    """Whether what is known of their blogs allows these two to be one post."""
    match strength:
        case Strength.OWN_ID | Strength.LINK:
            return True
        case Strength.TITLE | Strength.SLUG:
            return _same_blog(one, other)
        case Strength.TEXT:
            blog = _same_blog(one, other) or _blog_is_unknown(one) or _blog_is_unknown(other)
            return blog and _days_meet(one, other)
        case Strength.ADDRESS:
            return False
        case _:
            assert_never(strength)


def _same_blog(one: Identity, other: Identity) -> bool:
    if one.blog_name and one.blog_name == other.blog_name:
        return True
    return _leads_to(one, other) or _leads_to(other, one)


def _leads_to(one: Identity, other: Identity) -> bool:
    """Whether the other is at the address that the one says its blog has."""
    return bool(one.blog_link) and one.blog_link in (other.blog_link, other.blog_host)


def _days_meet(one: Identity, other: Identity) -> bool:
    """Whether the two can be of one day, as far as their days are known."""
    if not (one.first_day and other.first_day):
        return True
    return one.first_day <= other.last_day and other.first_day <= one.last_day


def _blog_is_unknown(identity: Identity) -> bool:
    return not (identity.blog_name or identity.blog_link or identity.blog_host)


class _Sets:
    """Versions in sets, each of which has at most one post of any source."""

    def __init__(self, versions: Sequence[Version]) -> None:
        self._set_of = {each.number: each.number for each in versions}
        self._members = {each.number: [each] for each in versions}
        self._names = {
            each.number: {each.authority: each.identity.own} if each.authority else {} for each in versions
        }

    def is_one(self, one: Version, other: Version) -> bool:
        """Whether two versions are in one set."""
        return self._set_of[one.number] == self._set_of[other.number]

    def join(self, one: Version, other: Version) -> None:
        """Make two sets one, unless that would make one post of two of a source."""
        into, gone = self._set_of[one.number], self._set_of[other.number]
        if into == gone:
            return
        if len(self._members[into]) < len(self._members[gone]):
            into, gone = gone, into
        ours, theirs = self._names[into], self._names[gone]
        if any(ours.get(authority, own) != own for authority, own in theirs.items()):
            return
        ours |= theirs
        for version in self._members[gone]:
            self._set_of[version.number] = into
        self._members[into] += self._members.pop(gone)

    def all(self) -> Iterable[list[Version]]:
        """Every set."""
        return self._members.values()


def _group(members: list[Version]) -> Group:
    """The post's id is the one of the strongest kind, of the highest standing, the smallest."""
    named = min(members, key=lambda each: (-each.identity.kind, -each.standing, each.record_id))
    leading = sorted(members, key=lambda each: (each.record_id, each.digest))
    leading.sort(key=lambda each: (each.standing, each.modified), reverse=True)
    return Group(named.record_id, tuple(leading))
