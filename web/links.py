"""Every link of the site, as a path. Nothing here reads a request, so no link can be forged by one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from urllib.parse import urlencode, urlsplit

from search.model import Comment, Post
from search.request import SearchRequest
from web import refine
from web.params import quoted, write, write_facet
from web.params.table import FACET_VALUES

MAX_SLUG = 60
_NOT_IN_SLUGS = re.compile(r"[^a-z0-9]+")


def search(request: SearchRequest, path: str = "/search") -> str:
    """The search page, or the same search at another path."""
    query = write(request)
    return f"{path}?{query}" if query else path


def toggles(request: SearchRequest, facet: str) -> Callable[[str], str]:
    """What gives, for each value of a facet, the search with it chosen, or no longer chosen."""
    if request.filters.chosen(facet):
        return lambda value: search(refine.toggled(request, facet, value))
    return narrowing(request, facet)


@lru_cache(maxsize=64)  # all results of a page lead to their tags in the same way
def narrowing(request: SearchRequest, facet: str) -> Callable[[str], str]:
    """What gives, for each value of a facet, the search with it alone chosen."""
    # The links differ in the value alone. All else is written once, as a facet has hundreds of values; what
    # is looked for can only be the choice, which comes before exclusions.
    before, _, after = search(refine.narrowed(request, facet, "2000")).partition(f"{facet}=2000")
    return lambda value: f"{before}{facet}={quoted(value)}{after}"


def facet(
    request: SearchRequest, name: str, *, prefix: str = "", page: int = 1, size: int = FACET_VALUES
) -> str:
    """A page of all values of a facet among the results of a search; with a prefix, of those it begins."""
    query = write_facet(request, prefix=prefix, page=page, size=size)
    return f"/facets/{name}?{query}" if query else f"/facets/{name}"


def feed(request: SearchRequest) -> str:
    """The search as a feed, which begins at its first page and is newest first unless sorted."""
    return search(replace(request, page=1, facets=SearchRequest().facets), "/search.atom")


def export(request: SearchRequest) -> str:
    """The whole result of a search as a file."""
    default = SearchRequest()
    whole = replace(request, page=default.page, size=default.size, facets=default.facets, generation="")
    return search(whole, "/search.jsonl")


def post(post: Post, came_from: SearchRequest | None = None) -> str:
    """A post's page; with the search it was found by, its words are marked and it links back."""
    return titled(post.id, post.title, came_from)


def titled(post_id: str, title: str, came_from: SearchRequest | None = None) -> str:
    """The page of the post of this id and title."""
    path = f"/posts/{post_id}/{slug(title)}"
    return search(came_from, path) if came_from else path


def document(post_id: str, ending: str = "") -> str:
    """A post as a document of another kind (`json`, `txt`, `bib`); without one, its shortest address."""
    return f"/posts/{post_id}.{ending}" if ending else f"/posts/{post_id}"


def comment(of: Post, reply: Comment, came_from: SearchRequest | None = None) -> str:
    """A comment in its post's page."""
    return f"{post(of, came_from)}#comment-{reply.id}"


def values(facet: str, value: str) -> str:
    """A new search for everything that has this value; of `q`, this word."""
    return f"/search?{urlencode({facet: value})}"


def slug(title: str) -> str:
    """The title as an address can show it: `Ängste & Träume` is `angste-traume`."""
    plain = unicodedata.normalize("NFKD", title[: 4 * MAX_SLUG]).encode("ascii", "ignore").decode()
    words = _NOT_IN_SLUGS.sub("-", plain.lower()).strip("-")
    if len(words) > MAX_SLUG:
        words = words[: MAX_SLUG + 1].rsplit("-", 1)[0][:MAX_SLUG]
    return words or "post"


def outside(link: str) -> str:
    """A link a source gave, if a browser may safely follow it, else nothing."""
    try:
        return link if urlsplit(link).scheme in ("http", "https") else ""
    except ValueError:
        return ""
