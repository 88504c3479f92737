"""Where a post's fields were read, source by source: what a reader is told of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from search.model import Origin
from web.presenters import words
from web.presenters.naming import source_name


@dataclass(frozen=True, slots=True)
class PlaceView:
    """Fields that were read at one place of a source, all as surely; `sureness` is empty for certain ones."""

    fields: str
    where: str
    sureness: str


@dataclass(frozen=True, slots=True)
class SourceView:
    """A source by the name of its file, and what was read there, the surest first."""

    name: str
    places: tuple[PlaceView, ...]


def origins_view(origins: Iterable[Origin]) -> tuple[SourceView, ...]:
    """The sources of a post, the one with the most fields first."""
    found: dict[str, dict[tuple[float, str], list[str]]] = {}
    for origin in origins:
        if title := words.field_title(origin.field):
            places = found.setdefault(source_name(origin.source), {})
            titles = places.setdefault((-origin.confidence, origin.where), [])
            if title not in titles:  # a body's text and HTML have one title
                titles.append(title)
    ordered = sorted(found.items(), key=lambda item: -sum(map(len, item[1].values())))
    return tuple(SourceView(name, tuple(_places(places))) for name, places in ordered)


def _places(places: dict[tuple[float, str], list[str]]) -> Iterable[PlaceView]:
    for (unsureness, where), titles in sorted(places.items(), key=lambda item: item[0][0]):
        yield PlaceView(", ".join(titles), where, words.sureness(-unsureness) if unsureness > -1 else "")
