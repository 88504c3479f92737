"""Posts without texts, in as many segments as a test likes, some of them deleted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from search.engines.whoosh.arrays import Bools
from search.engines.whoosh.building.rows import row_of
from search.engines.whoosh.columns.columns import Columns
from search.engines.whoosh.segment.columns import SegmentColumns
from search.engines.whoosh.segment.segment import Segment
from search.model import Blog, Comment, Period, Post, PostWithComments


def content(
    post_id: str,
    date: str = "",
    *,
    tags: Iterable[str] = (),
    authors: Iterable[str] = (),
    title: str = "",
    commenters: Iterable[str] = (),
) -> PostWithComments:
    """A post, and a comment by each of the commenters."""
    post = Post(
        id=post_id,
        blog=Blog("Blog"),
        title=title,
        tags=tuple(tags),
        authors=tuple(authors),
        date=Period.parse(date) if date else None,
    )
    comments = (
        Comment(f"{post_id}-{place}", post_id, author=name) for place, name in enumerate(commenters, 1)
    )
    return PostWithComments(post, tuple(comments))


def columns_of(contents: Iterable[PostWithComments]) -> SegmentColumns:
    """The columns of a segment with these posts, without key terms."""
    rows = [row_of(each) for each in contents]
    return SegmentColumns.of(rows, np.zeros(len(rows) + 1, np.int64), np.zeros(0, np.int64))


def segment_of(contents: Iterable[PostWithComments]) -> Segment:
    """A segment that has columns and no fields."""
    return Segment("made", {}, columns_of(contents), frozenset())


def without(segment: Segment, *post_ids: str) -> Bools:
    """Which documents are deleted when these posts are."""
    columns = segment.columns
    posts = np.isin(columns.ids, [post_id.encode() for post_id in post_ids])
    return np.concatenate([posts, posts[columns.parents]])


def join(*parts: Sequence[PostWithComments]) -> Columns:
    """The columns of a generation of segments with these posts."""
    return Columns.join([segment_of(part) for part in parts], [None] * len(parts))
