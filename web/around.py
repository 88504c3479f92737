"""What is asked of the archive around a post: posts like it, and the ones before and after it."""

from __future__ import annotations

from dataclasses import dataclass

from search.archive import Archive
from search.model import Period, Post
from search.request import Filters, SearchRequest, Sort, ValueFilter
from search.results import Neighbours
from web.params import DEFAULT

SAME_DAY = 25
"""Posts of one blog and day that are looked through for the post itself."""


@dataclass(frozen=True, slots=True)
class Around:
    """The posts around a post.

    `found` is its place among the results of the search that a reader came from, None without one.
    `older` and `newer` are the posts of its blog before and after it.
    """

    similar: tuple[Post, ...] = ()
    found: Neighbours | None = None
    older: Post | None = None
    newer: Post | None = None


def around(archive: Archive, post: Post, came_from: SearchRequest) -> Around:
    """Everything around a post that its page leads to, as far as it is found until one deadline."""
    deadline = archive.deadline()
    return Around(
        similar=archive.similar(post.id, deadline=deadline),
        older=_beside(archive, post, Sort.NEWEST),
        newer=_beside(archive, post, Sort.OLDEST),
        found=archive.neighbours(came_from, post.id, deadline) if came_from != DEFAULT else None,
    )


def _beside(archive: Archive, post: Post, order: Sort) -> Post | None:
    """The post of the same blog that comes after this one in an order of dates; none of an undated one."""
    if not post.date or not post.blog.name:
        return None
    neighbours = archive.neighbours(_since(post.blog.name, post.date, order), post.id)
    return neighbours.next if neighbours else None


def _since(blog: str, date: Period, order: Sort) -> SearchRequest:
    """The posts of a blog from a date on, which come first in the order given."""
    values = (ValueFilter("blog", (blog,)),)
    newest_first = order is Sort.NEWEST
    filters = Filters(values, before=date) if newest_first else Filters(values, after=date)
    return SearchRequest(filters=filters, sort=order, size=SAME_DAY, facets=())
