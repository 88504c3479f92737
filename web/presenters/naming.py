"""What posts and all that belongs to them are called on any page: titles, dates, people and sources."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import PurePath

from search.model import Comment, Period, Post
from search.request import SearchRequest
from search.sameness.origins import origins_of
from web import links
from web.language.voice import gettext
from web.presenters import words
from web.presenters.markup import ELLIPSIS

_SURE_ENOUGH = 0.9  # of a date, to be shown without a word of warning

UNTITLED_WORDS = 12
"""How many of its first words stand for the title of a post without one."""


@dataclass(frozen=True, slots=True)
class Date:
    """A date as text, as exactly as it is known, and as machines read it."""

    text: str
    exact: str
    iso: str


@dataclass(frozen=True, slots=True)
class Named:
    """A name that leads somewhere."""

    text: str
    url: str


def title(post: Post) -> str:
    """The post's title; of a post without one its first words."""
    if post.title:
        return post.title
    first = post.text[:400].split()
    if not first:
        return gettext("Untitled")
    return " ".join(first[:UNTITLED_WORDS]) + (ELLIPSIS if len(first) > UNTITLED_WORDS else "")


def date(period: Period | None) -> Date | None:
    """A date to show, or nothing where none is known."""
    return Date(words.day(period), words.moment(period), str(period)) if period else None


def date_of(post: Post) -> Date | None:
    """When a post was published, with how sure that is and why, where nobody states it outright."""
    shown = date(post.date)
    origin = min(origins_of(post, "date"), key=lambda origin: origin.confidence, default=None)
    if shown is None or origin is None or origin.confidence >= 1:
        return shown
    sure = words.sureness(origin.confidence)
    exact = gettext("%(date)s: %(sure)s, from %(where)s", date=shown.exact, sure=sure, where=origin.where)
    if origin.confidence >= _SURE_ENOUGH:
        return replace(shown, exact=exact)
    return replace(shown, text=gettext("probably %(date)s", date=shown.text), exact=exact)


def quotes(post: Post) -> str:
    """Whom a post quotes: `David Axe in Forbes`; empty where it quotes nobody known."""
    reporters = words.both(post.reporters)
    if reporters and post.publication:
        return gettext("%(reporters)s in %(publication)s", reporters=reporters, publication=post.publication)
    return reporters or post.publication


def narrowing(request: SearchRequest, facet: str, values: Iterable[str]) -> tuple[Named, ...]:
    """Values of a post, each leading to the posts of this search that have it."""
    leading = links.narrowing(request, facet)
    return tuple(Named(value, leading(value)) for value in values)


def comment_author(comment: Comment) -> str:
    """Who wrote a comment, or `Anonymous`."""
    return comment.author or gettext("Anonymous")


def source_name(source: str) -> str:
    """The last name of a source's path: where its owner keeps the rest is nobody's business."""
    return PurePath(source).name
