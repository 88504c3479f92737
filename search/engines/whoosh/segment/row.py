"""What the columns know of one post."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

UNDATED: Final = 0
"""The day number, and the level, of a post without a date."""


@dataclass(frozen=True, slots=True)
class Row:
    """One post with its comments, without their texts.

    `level` is how many levels of the date facet (year, month, day) its date is known to, `start` the date's
    first second since 1970, `first_day` and `last_day` are day numbers (`date.toordinal`), all `UNDATED`
    where there is no date. `values` are those of each keyword facet: folded, and as they were written.
    Beside `comment_ids` are the `commenters`, each as folded and as written, both empty where unknown.
    """

    post_id: str
    title: str
    level: int
    start: int
    first_day: int
    last_day: int
    values: Mapping[str, Mapping[str, str]]
    comment_ids: tuple[str, ...]
    commenters: tuple[tuple[str, str], ...]
