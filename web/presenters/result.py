"""One result of a search page: a post, why it matched, and its matching comments."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from markupsafe import Markup

from search.model import Comment, Period, Post
from search.request import MatchMode, SearchRequest
from search.results import CommentHit, Hit
from search.sameness.origins import origins_of
from web import links, refine
from web.presenters import markup, words
from web.presenters.reasons import reasons
from web.voice import gettext

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


@dataclass(frozen=True, slots=True)
class CommentView:
    """A matching comment under its post."""

    url: str
    author: str
    date: Date | None
    snippets: tuple[Markup, ...]


@dataclass(frozen=True, slots=True)
class ResultView:
    """A result: `quotes` says whom it quotes, `why` where words are, `more_comments` what is not shown."""

    url: str
    title: Markup
    untitled: bool
    date: Date | None
    authors: tuple[Named, ...]
    blog: Named
    quotes: str
    tags: tuple[Named, ...]
    language: str
    snippets: tuple[Markup, ...]
    why: tuple[str, ...]
    comments: tuple[CommentView, ...]
    more_comments: str


def result(request: SearchRequest, hit: Hit, match: MatchMode = MatchMode.ALL) -> ResultView:
    """A hit of this search as the page shows it; `match` is what was in fact required."""
    post = hit.post
    return ResultView(
        url=links.post(post, request),
        title=markup.marked(hit.title) if post.title else Markup("{}").format(title(post)),
        untitled=not post.title,
        date=date_of(post),
        authors=narrowing(request, "author", post.authors),
        blog=Named(post.blog.name, links.search(refine.narrowed(request, "blog", post.blog.name))),
        quotes=quotes(post),
        tags=narrowing(request, "tag", post.tags),
        language=post.language,
        snippets=tuple(markup.snippet(passage) for passage in hit.snippets),
        why=reasons(hit, match),
        comments=tuple(_comment(post, found, request) for found in hit.comments),
        more_comments=_more_comments(hit),
    )


def title(post: Post) -> str:
    """The post's title; of a post without one its first words."""
    if post.title:
        return post.title
    first = post.text[:400].split()
    if not first:
        return gettext("Untitled")
    return " ".join(first[:UNTITLED_WORDS]) + (markup.ELLIPSIS if len(first) > UNTITLED_WORDS else "")


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
    return tuple(Named(value, links.search(refine.narrowed(request, facet, value))) for value in values)


def comment_author(comment: Comment) -> str:
    """Who wrote a comment, or `Anonymous`."""
    return comment.author or gettext("Anonymous")


def _comment(post: Post, found: CommentHit, request: SearchRequest) -> CommentView:
    return CommentView(
        url=links.comment(post, found.comment, request),
        author=comment_author(found.comment),
        date=date(found.comment.date),
        snippets=tuple(markup.snippet(passage) for passage in found.snippets),
    )


def _more_comments(hit: Hit) -> str:
    """How many comments there are that the result does not show, in words."""
    if more := hit.comments_matched - len(hit.comments):
        return words.more_comments(more)
    if hit.comments_total and not hit.comments:
        return words.comments(hit.comments_total)
    return ""
