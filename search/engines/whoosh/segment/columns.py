"""Everything about a segment's posts and comments that is not running text, as columns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from search.engines.whoosh.arrays import Ints
from search.engines.whoosh.segment.strings import Strings


@dataclass(frozen=True, slots=True)
class Keyword:
    """Who has which value of a keyword field: posts, or of `commenter` comments.

    `values` are folded, distinct and ascending by code point. Those that have value `v` are
    `owners[starts[v]:starts[v + 1]]`, ascending: posts by document number, comments counted from the
    first comment. `spelling` is beside `owners` and says how each of them wrote it, by number in `spellings`.
    """

    values: Strings
    starts: Ints
    owners: Ints
    spelling: Ints
    spellings: Strings


@dataclass(frozen=True, slots=True)
class SegmentColumns:
    """Columns of one segment; see `Row` for what the numbers mean.

    Documents are numbered from 0, all posts first, in the order they came, then all comments. One entry
    a post: `ids`, `titles`, `level`, `start`, `first_day`, `last_day`. One entry a comment:
    `comment_ids`, and `parents`, the post's document number, which never descends.

    `keywords` holds the keyword facets by name, and `commenter`. The key terms of post `p`, by which
    others like it are found, are `key_terms[key_starts[p]:key_starts[p + 1]]`: numbers of terms of `body`,
    the most telling first.
    """

    ids: NDArray[np.bytes_]
    titles: Strings
    level: Ints
    start: Ints
    first_day: Ints
    last_day: Ints
    comment_ids: NDArray[np.bytes_]
    parents: Ints
    keywords: Mapping[str, Keyword]
    key_starts: Ints
    key_terms: Ints

    @property
    def posts(self) -> int:
        """How many posts the segment has, deleted ones included."""
        return len(self.ids)

    @property
    def comments(self) -> int:
        """How many comments it has."""
        return len(self.comment_ids)


Arrays = dict[str, NDArray[Any]]
