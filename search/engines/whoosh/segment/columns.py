"""Everything about a segment's posts and comments that is not running text, as columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Any, Final, Self

import numpy as np
from numpy.typing import NDArray

from search.engines.whoosh.arrays import Ints, smallest
from search.engines.whoosh.segment.array_file import ArrayFile
from search.engines.whoosh.segment.keyword import Keyword
from search.engines.whoosh.segment.row import UNDATED, Row
from search.engines.whoosh.segment.strings import Strings
from search.request import KEYWORD_FACETS

COMMENTER: Final = "commenter"
"""The keyword whose owners are comments."""

KEYWORDS: Final = (*KEYWORD_FACETS, COMMENTER)

LONGEST_ID: Final = 999
"""Bytes of an id at most."""

_EPOCH: Final = date(1970, 1, 1).toordinal()
_SECONDS: Final = 86_400


@dataclass(frozen=True, slots=True)
class SegmentColumns:
    """Columns of one segment; see `Row` for what the numbers mean.

    Documents are numbered from 0, all posts first, in the order they came, then all comments. One entry
    a post: `ids`, `titles`, `level`, `start`, `first_day`, `last_day`. One entry a comment:
    `comment_ids`, and `parents`, the post's document number, which never descends.

    `keywords` holds the keyword facets by name, and `commenter`. The key terms of post `p`, by which
    others like it are found, are `key_terms[key_starts[p]:key_starts[p + 1]]`: numbers of terms of `body`,
    the most telling first.

    All numbers are of the smallest kind that holds them (`smallest`): convert them before calculating.
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

    @classmethod
    def of(cls, rows: Sequence[Row], key_starts: Ints, key_terms: Ints) -> Self:
        """Lay out rows, the segment's posts in order, and the key terms of each.

        Raises `ValueError` for an id that is empty or that bytes of one width cannot hold.
        """
        comments = [len(row.comment_ids) for row in rows]
        return cls(
            ids=_ids([row.post_id for row in rows]),
            titles=Strings.of(row.title for row in rows),
            level=_numbers([row.level for row in rows]),
            start=_numbers([row.start for row in rows]),
            first_day=_numbers([row.first_day for row in rows]),
            last_day=_numbers([row.last_day for row in rows]),
            comment_ids=_ids([comment_id for row in rows for comment_id in row.comment_ids]),
            parents=smallest(np.repeat(np.arange(len(rows)), comments)),
            keywords={**_facets(rows), COMMENTER: _commenters(rows)},
            key_starts=smallest(key_starts),
            key_terms=smallest(key_terms),
        )

    def arrays(self) -> dict[str, NDArray[Any]]:
        """What `read` reads, to be written into a file."""
        numbers = {name: getattr(self, name) for name in ("level", "key_starts", "key_terms", "parents")}
        first, last, start = (each.astype(np.int64) for each in (self.first_day, self.last_day, self.start))
        numbers |= {
            "day": self.first_day,
            "days": smallest(last - first),
            "second": smallest(start - _midnight(first)),
        }
        keywords = [keyword.arrays(f"columns.{name}") for name, keyword in self.keywords.items()]
        return {
            "columns.ids": self.ids,
            "columns.comment_ids": self.comment_ids,
            **self.titles.arrays("columns.titles"),
            **{f"columns.{name}": array for name, array in numbers.items()},
            **{name: array for arrays in keywords for name, array in arrays.items()},
        }

    @classmethod
    def read(cls, file: ArrayFile) -> Self:
        """The columns that `arrays` described; raises `ValueError` where they contradict themselves."""
        ids, comment_ids = file.array("columns.ids", "S"), file.array("columns.comment_ids", "S")
        posts, comments = len(ids), len(comment_ids)
        parents = file.below("columns.parents", posts, count=comments)
        if np.any(parents[1:] < parents[:-1]):
            raise ValueError(f"{file.path}: comments are not in the order of their posts")
        key_terms = file.array("columns.key_terms", "u")
        level, day, days, second = (
            file.array(f"columns.{name}", "u", "i", count=posts)
            for name in ("level", "day", "days", "second")
        )
        first = day.astype(np.int64)
        return cls(
            ids=ids,
            titles=Strings.read(file, "columns.titles", posts),
            level=level,
            start=smallest(_midnight(first) + second),
            first_day=day,
            last_day=smallest(first + days),
            comment_ids=comment_ids,
            parents=parents,
            keywords={
                name: Keyword.read(file, f"columns.{name}", comments if name == COMMENTER else posts)
                for name in KEYWORDS
            },
            key_starts=file.dividing("columns.key_starts", len(key_terms), count=posts),
            key_terms=key_terms,
        )

    @property
    def posts(self) -> int:
        """How many posts the segment has, deleted ones included."""
        return len(self.ids)

    @property
    def comments(self) -> int:
        """How many comments it has."""
        return len(self.comment_ids)


def _midnight(days: NDArray[np.int64]) -> NDArray[np.int64]:
    """With which second since 1970 each day begins; 0 where there is no day.

    On disk a date is its first day, how many more days it has, and how many seconds later it begins: of most
    posts, these are zeros in one byte.
    """
    found: NDArray[np.int64] = np.where(days == UNDATED, 0, (days - _EPOCH) * _SECONDS)
    return found


def _facets(rows: Sequence[Row]) -> dict[str, Keyword]:
    facets = {}
    for name in KEYWORD_FACETS:
        of_rows = [row.values[name] for row in rows]
        facets[name] = Keyword.of(
            list(chain.from_iterable(of_rows)),
            list(chain.from_iterable(values.values() for values in of_rows)),
            [len(values) for values in of_rows],
        )
    return facets


def _commenters(rows: Sequence[Row]) -> Keyword:
    commenters = [commenter for row in rows for commenter in row.commenters]
    named = [commenter for commenter in commenters if commenter[0]]
    return Keyword.of(
        [value for value, _ in named],
        [spelling for _, spelling in named],
        [1 if value else 0 for value, _ in commenters],
    )


def _numbers(values: Sequence[int]) -> Ints:
    return smallest(np.array(values, np.int64))


def _ids(ids: Sequence[str]) -> NDArray[np.bytes_]:
    encoded = [each.encode("utf-8", "surrogatepass") for each in ids]
    longest = max(map(len, encoded), default=1)
    if not all(encoded) or longest > LONGEST_ID or any(each.endswith(b"\0") for each in encoded):
        raise ValueError(f"an id is empty, ends in a zero or has more than {LONGEST_ID} bytes")
    return np.array(encoded, f"S{longest}")
