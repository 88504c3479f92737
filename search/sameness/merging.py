"""One post of several versions: for each field, which of them says it best.

The versions come with the leading one first: the one of the highest standing (an export before a feed, a
feed before a page), and of these the one modified last.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from search.model import Blog, Origin, Period, Post, Precision
from search.sameness.excerpts import is_excerpt
from search.sameness.origins import FIELDS, OTHERWISE, has_value, origins_of, sureness

_PRECISIONS = (Precision.YEAR, Precision.MONTH, Precision.DAY, Precision.TIME)


@dataclass(frozen=True, slots=True)
class Choice:
    """A field's value, and the versions it is from, by their places."""

    value: Any
    places: tuple[int, ...]


Rule = Callable[[Sequence[Post], str], Choice]
"""Chooses the value of a field; at least one of the versions has one."""


def merged(post_id: str, versions: Sequence[Post]) -> Post:
    """The post of these versions, the leading one first; its origins name what is of another."""
    chosen = {
        field: rule(versions, field)
        for field, rule in RULES.items()
        if any(has_value(version, field) for version in versions)
    }
    values = {field: choice.value for field, choice in chosen.items()}
    [*default] = (origin for origin in versions[0].origins if origin.field == OTHERWISE)
    return replace(
        versions[0], id=post_id, **values, origins=(*default, *_origins(versions, chosen, default))
    )


def _origins(
    versions: Sequence[Post], chosen: Mapping[str, Choice], default: Sequence[Origin]
) -> list[Origin]:
    found = [
        origin
        for field in FIELDS
        if field in chosen
        for place in chosen[field].places
        for origin in origins_of(versions[place], field)
    ]
    alike = {(origin.source, origin.where, origin.confidence) for origin in default}
    several = {field for field in chosen if len(chosen[field].places) > 1}
    return [
        origin
        for origin in found
        if origin.field in several or (origin.source, origin.where, origin.confidence) not in alike
    ]


def _first(versions: Sequence[Post], field: str) -> Choice:
    """Of the leading version that has it."""
    place = next(place for place, version in enumerate(versions) if has_value(version, field))
    return Choice(getattr(versions[place], field), (place,))


def _surest(versions: Sequence[Post], field: str) -> Choice:
    """What was not guessed, else the surest guess; of equals the leading version's."""
    having = [place for place, version in enumerate(versions) if has_value(version, field)]
    place = max(having, key=lambda place: sureness(versions[place], field))
    return Choice(getattr(versions[place], field), (place,))


def _body(versions: Sequence[Post], field: str) -> Choice:
    """The leading version's, unless that is an excerpt of a fuller one; its text and HTML belong together."""
    having = [place for place, version in enumerate(versions) if version.text] or [
        place for place, version in enumerate(versions) if version.html
    ]
    best = having[0]
    for place in having[1:]:
        if is_excerpt(versions[best].text, versions[place].text):
            best = place
    return Choice(getattr(versions[best], field), (best,))


def _date(versions: Sequence[Post], field: str) -> Choice:
    """The surest, or a more precise one of the same time: a time tells more than a day."""
    choice = _surest(versions, field)
    for place, version in enumerate(versions):
        found, best = getattr(version, field), choice.value
        if found and _is_more_precise(found, best) and _can_be_in(found, best):
            choice = Choice(found, (place,))
    return choice


def _is_more_precise(found: Period, best: Period) -> bool:
    return _PRECISIONS.index(found.precision) > _PRECISIONS.index(best.precision)


def _can_be_in(found: Period, period: Period) -> bool:
    """Whether it is a time of the period, on some clock of the world."""
    day = timedelta(days=1)
    return period.first_day - day <= found.first_day and found.last_day <= period.last_day + day


def _latest(versions: Sequence[Post], field: str) -> Choice:
    having = [place for place, version in enumerate(versions) if has_value(version, field)]
    place = max(having, key=lambda place: getattr(versions[place], field).start)
    return Choice(getattr(versions[place], field), (place,))


def _all_of_them(versions: Sequence[Post], field: str) -> Choice:
    """Those of all versions, each once, whatever its case."""
    found: dict[str, str] = {}
    places = []
    for place, version in enumerate(versions):
        known = len(found)
        for value in getattr(version, field):
            found.setdefault(value.casefold(), value)
        if len(found) > known:
            places.append(place)
    return Choice(tuple(found.values()), tuple(places))


def _quoted(versions: Sequence[Post], field: str) -> Choice:
    """Reporter and publication are of one byline: both from the version that is surest of it."""
    having = [place for place, version in enumerate(versions) if version.reporters or version.publication]
    place = max(
        having,
        key=lambda place: max(
            sureness(versions[place], name)
            for name in ("reporters", "publication")
            if has_value(versions[place], name)
        ),
    )
    return Choice(getattr(versions[place], field), (place,))


def _blog(versions: Sequence[Post], field: str) -> Choice:
    """The surest name, with the first address that any version knows."""
    choice = _surest(versions, field)
    link = next((version.blog.link for version in versions if version.blog.link), "")
    return Choice(Blog(choice.value.name, choice.value.link or link), choice.places)


RULES: Mapping[str, Rule] = {
    "title": _surest,  # a file's name stands in for a title only where nobody knows it
    "blog": _blog,
    "authors": _surest,  # not all of them: one source has "mara" where another has "Mara Stone"
    "date": _date,
    "updated": _latest,
    "link": _first,
    "tags": _all_of_them,  # a source with fewer has lost some, as feeds and pages do
    "summary": _first,
    "text": _body,
    "html": _body,
    "language": _surest,  # what was declared before what was detected
    "reporters": _quoted,
    "publication": _quoted,
    "kind": _first,
}
"""How each field is chosen, and why so."""
