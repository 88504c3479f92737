"""One step from a post to another: through the results it was found among, and through its blog."""

from __future__ import annotations

from dataclasses import dataclass, replace

from search.model import Post
from search.request import MAX_RESULT_DEPTH, SearchRequest
from search.results import Neighbours
from web import links
from web.language.voice import gettext
from web.presenters import words
from web.presenters.naming import Date, Named, date, title


@dataclass(frozen=True, slots=True)
class PostLink:
    """Another post. `blog` is empty where it is the same one's."""

    title: str
    url: str
    date: Date | None
    blog: str = ""


@dataclass(frozen=True, slots=True)
class ResultSteps:
    """The results a post was found among. `back_url` leads to the page of them that has it.

    `place` says which result it is: `Result 13 of 120`; it is empty where the post is not among them, as
    when the archive has changed since.
    """

    back_url: str
    place: str = ""
    previous: Named | None = None
    next: Named | None = None


def result_steps(came_from: SearchRequest, found: Neighbours | None) -> ResultSteps:
    """The steps through the results of the search that a reader came from."""
    if found is None:
        return ResultSteps(links.search(came_from))
    place, total = words.number(found.position), words.number(found.total)
    return ResultSteps(
        back_url=links.search(_showing(came_from, found.position) or came_from),
        place=gettext("Result %(place)s of %(total)s", place=place, total=total),
        previous=_step(came_from, found.position - 1, found.previous),
        next=_step(came_from, found.position + 1, found.next),
    )


def post_link(post: Post, beside: Post) -> PostLink:
    """A link to a post on the page of another."""
    elsewhere = post.blog.name if post.blog.name != beside.blog.name else ""
    return PostLink(title(post), links.post(post), date(post.date), elsewhere)


def _step(came_from: SearchRequest, position: int, post: Post | None) -> Named | None:
    request = _showing(came_from, position)
    return Named(title(post), links.post(post, request)) if post and request else None


def _showing(request: SearchRequest, position: int) -> SearchRequest | None:
    """The search on the page that has the result at this position; none where pages do not reach it."""
    page = (position - 1) // request.size + 1
    return replace(request, page=page) if 0 < page * request.size <= MAX_RESULT_DEPTH else None
