"""What the columns are told of a post: everything but its running text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from search.engines.whoosh.segment.row import UNDATED, Row
from search.engines.whoosh.values import facet_values, folded
from search.model import PostWithComments, Precision

LEVELS: Final[Mapping[Precision, int]] = {
    Precision.YEAR: 1,
    Precision.MONTH: 2,
    Precision.DAY: 3,
    Precision.TIME: 3,
}
"""How many levels of the date facet (year, month, day) a precision supports."""


def row_of(content: PostWithComments) -> Row:
    """The row of a post."""
    post, date = content.post, content.post.date
    return Row(
        post_id=post.id,
        title=post.title,
        level=LEVELS[date.precision] if date else UNDATED,
        start=int(date.start.timestamp()) if date else UNDATED,
        first_day=date.first_day.toordinal() if date else UNDATED,
        last_day=date.last_day.toordinal() if date else UNDATED,
        values=facet_values(post),
        comment_ids=tuple(comment.id for comment in content.comments),
        commenters=tuple((folded(comment.author), comment.author.strip()) for comment in content.comments),
    )
