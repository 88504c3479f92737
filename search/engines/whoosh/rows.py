"""What the columns know of one post."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from search.engines.whoosh.documents import facet_values
from search.model import PostWithComments, Precision

UNDATED = 0
"""The day number, and the level, of a post without a date."""

LEVELS: Mapping[Precision, int] = {
    Precision.YEAR: 1,
    Precision.MONTH: 2,
    Precision.DAY: 3,
    Precision.TIME: 3,
}
"""How many levels of the date facet (year, month, day) a precision supports."""


@dataclass(frozen=True, slots=True)
class Row:
    """One post, without its texts.

    `start` is the first second of its date since 1970, `first_day` and `last_day` are day numbers
    (`date.toordinal`), all `UNDATED` where `level` is. `values` are as written, none folding like another.
    """

    post_id: str
    title: str
    level: int
    start: int
    first_day: int
    last_day: int
    values: Mapping[str, tuple[str, ...]]
    comment_ids: tuple[str, ...]

    @classmethod
    def of(cls, content: PostWithComments) -> Row:
        """The row of a post."""
        post, date = content.post, content.post.date
        return cls(
            post_id=post.id,
            title=post.title,
            level=LEVELS[date.precision] if date else UNDATED,
            start=int(date.start.timestamp()) if date else UNDATED,
            first_day=date.first_day.toordinal() if date else UNDATED,
            last_day=date.last_day.toordinal() if date else UNDATED,
            values=facet_values(post),
            comment_ids=tuple(comment.id for comment in content.comments),
        )

    @property
    def newest_first(self) -> tuple[bool, int, str]:
        """Sorts rows by date, the newest first, undated ones last, then by id."""
        return (self.level == UNDATED, -self.start, self.post_id)
