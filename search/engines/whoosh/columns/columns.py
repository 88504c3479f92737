"""What a generation knows of its posts besides their words: one number a post, its place, newest first.

These columns are made of those of the segments when a generation is published, and lie beside them in one
file of arrays. Ids, titles and values stay in the segments; here are only numbers that lead to them.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import Any, Final, Self

import numpy as np
from numpy.typing import NDArray

from search.engines.whoosh.arrays import Bools, Ints, smallest
from search.engines.whoosh.columns.facet_column import FacetColumn, facet_arrays, read_facet
from search.engines.whoosh.columns.facet_joining import join_facet
from search.engines.whoosh.columns.numbers import Numbers
from search.engines.whoosh.segment.array_file import ArrayFile, read_arrays, write_arrays
from search.engines.whoosh.segment.columns import SegmentColumns
from search.engines.whoosh.segment.row import UNDATED
from search.engines.whoosh.segment.segment import Segment
from search.engines.whoosh.segment.spans import edges
from search.request import KEYWORD_FACETS

COLUMNS_FILE: Final = "columns.arrays"


@dataclass(frozen=True)
class Columns:
    """The columns of a generation. Posts are numbered newest first, undated ones last, then by id.

    `post_of` has by segment the number of each document's post, or -1 for a deleted document. `segment` and
    `document` lead back from a post, one entry each; `by_id` are the posts in the order of their ids' UTF-8.
    """

    segments: tuple[SegmentColumns, ...]
    comments: int
    post_of: tuple[NDArray[np.int32], ...]
    segment: Ints
    document: Ints
    by_id: Ints
    numbers: Numbers
    facets: Mapping[str, FacetColumn]

    @classmethod
    def join(cls, segments: Sequence[Segment], deleted: Sequence[Bools | None]) -> Self:
        """Join the columns of segments; `deleted` says by segment which documents are not there any more."""
        parts = tuple(segment.columns for segment in segments)
        kept = [_kept(part, gone) for part, gone in zip(parts, deleted, strict=True)]
        posts = [keep[: part.posts] for part, keep in zip(parts, kept, strict=True)]
        segment = np.repeat(np.arange(len(parts)), np.array([each.sum() for each in posts], np.int64))
        document = _joined([np.flatnonzero(each) for each in posts])
        level = _joined([part.level[each] for part, each in zip(parts, posts, strict=True)])
        start = _joined([part.start[each] for part, each in zip(parts, posts, strict=True)])
        last_day = _joined([part.last_day[each] for part, each in zip(parts, posts, strict=True)])
        rank = _ranks([part.ids[each] for part, each in zip(parts, posts, strict=True)])
        newest_first = np.lexsort((rank, -start, level == UNDATED))
        segment, document = segment[newest_first], document[newest_first]
        post_of = _post_of(parts, kept, segment, document)
        return cls(
            segments=parts,
            comments=sum(
                int(np.count_nonzero(each[part.posts :] >= 0))
                for part, each in zip(parts, post_of, strict=True)
            ),
            post_of=post_of,
            segment=smallest(segment),
            document=smallest(document),
            by_id=smallest(np.argsort(rank[newest_first])),
            numbers=Numbers.of(
                level[newest_first], start[newest_first], last_day[newest_first], _comments(parts, post_of)
            ),
            facets={name: _joined_facet(name, parts, post_of, len(segment)) for name in KEYWORD_FACETS},
        )

    def arrays(self) -> dict[str, NDArray[Any]]:
        """All of them by name, as they are written."""
        arrays = {
            "post_of": _joined(self.post_of).astype(np.int32),
            "segment": self.segment,
            "document": self.document,
            "by_id": self.by_id,
            **self.numbers.arrays(),
        }
        for name, facet in self.facets.items():
            arrays |= facet_arrays(name, facet.arrays)
        return arrays

    def write(self, folder: Path) -> None:
        """Write them into a folder, for `open`."""
        facts = {"posts": self.posts, "comments": self.comments}
        write_arrays(folder / COLUMNS_FILE, self.arrays(), facts)

    @classmethod
    def open(cls, folder: Path, segments: Sequence[Segment]) -> Self:
        """Map what `write` wrote over the same segments; raises `OSError` or `ValueError` for all else."""
        file = read_arrays(folder / COLUMNS_FILE)
        parts, posts = tuple(segment.columns for segment in segments), file.fact("posts")
        post_of = _read_post_of(file, parts, posts)
        facets = {}
        for name in KEYWORD_FACETS:
            keywords = tuple(part.keywords[name] for part in parts)
            facets[name] = FacetColumn(posts, keywords, post_of, read_facet(file, name, keywords, posts))
        segment, document = _read_places(file, parts, posts)
        return cls(
            segments=parts,
            comments=file.fact("comments"),
            post_of=post_of,
            segment=segment,
            document=document,
            by_id=file.below("by_id", posts, count=posts),
            numbers=Numbers.read(file, posts),
            facets=facets,
        )

    @property
    def posts(self) -> int:
        """How many posts there are."""
        return len(self.document)

    def place(self, post: int) -> tuple[int, int]:
        """The segment of a post, and the number of its document there."""
        return int(self.segment[post]), int(self.document[post])

    def id(self, post: int) -> str:
        """The id of a post."""
        return self._id(post).decode("utf-8", "replace")

    def ids(self, posts: Ints) -> list[str]:
        """The ids of posts."""
        places = zip(self.segment.take(posts).tolist(), self.document.take(posts).tolist(), strict=True)
        return [
            self.segments[segment].ids[document].decode("utf-8", "replace") for segment, document in places
        ]

    def title(self, post: int) -> str:
        """The title of a post."""
        segment, document = self.place(post)
        return self.segments[segment].titles[document]

    def find(self, post_id: str) -> int:
        """The number of the post with this id; -1 where there is none."""
        wanted = post_id.encode("utf-8", "surrogatepass")
        place = bisect_left(range(self.posts), wanted, key=lambda each: self._id(int(self.by_id[each])))
        post = int(self.by_id[place]) if place < self.posts else -1
        return post if post >= 0 and self._id(post) == wanted else -1

    @cached_property
    def owners(self) -> NDArray[np.int32]:
        """`post_of` of all segments, one after the other."""
        return np.concatenate([np.zeros(0, np.int32), *self.post_of])

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """The languages that posts are in; "" where there are posts of none."""
        return self.facets["language"].values_in_use

    def _id(self, post: int) -> bytes:
        segment, document = self.place(post)
        found: bytes = self.segments[segment].ids[document]
        return found


def _joined(parts: Sequence[Ints]) -> NDArray[np.int64]:
    """Arrays one after the other, as numbers to calculate with."""
    return np.concatenate([np.zeros(0, np.int64), *(part.astype(np.int64) for part in parts)])


def _kept(part: SegmentColumns, gone: Bools | None) -> Bools:
    """Which documents are still there: a comment only where its post is."""
    kept = np.ones(part.posts + part.comments, np.bool_) if gone is None else ~gone
    kept[part.posts :] &= kept[part.parents]
    return kept


def _ranks(ids: Sequence[NDArray[np.bytes_]]) -> NDArray[np.int64]:
    """The place of each id among all in ascending order."""
    joined = np.concatenate([np.zeros(0, "S1"), *ids])
    # Eight bytes as one number sort many times faster than as letters.
    width = -(-joined.itemsize // 8)
    words = joined.astype(f"S{8 * width}").view(">u8").reshape(-1, width).astype(np.uint64)
    ranks = np.zeros(len(joined), np.int64)
    ranks[np.lexsort(words.T[::-1])] = np.arange(len(joined))
    return ranks


def _post_of(
    parts: Sequence[SegmentColumns], kept: Sequence[Bools], segment: Ints, document: Ints
) -> tuple[NDArray[np.int32], ...]:
    found = []
    for number, (part, keep) in enumerate(zip(parts, kept, strict=True)):
        post_of = np.full(part.posts + part.comments, -1, np.int32)
        own = np.flatnonzero(segment == number)
        post_of[document[own]] = own
        post_of[part.posts :] = np.where(keep[part.posts :], post_of[part.parents], -1)
        found.append(post_of)
    return tuple(found)


def _comments(parts: Sequence[SegmentColumns], post_of: Sequence[NDArray[np.int32]]) -> Ints:
    """How many comments each post has."""
    posts = 1 + max((int(each.max(initial=-1)) for each in post_of), default=-1)
    owners = _joined([each[part.posts :] for part, each in zip(parts, post_of, strict=True)])
    return np.bincount(owners[owners >= 0], minlength=posts)


def _joined_facet(
    name: str, parts: Sequence[SegmentColumns], post_of: tuple[NDArray[np.int32], ...], posts: int
) -> FacetColumn:
    keywords = tuple(part.keywords[name] for part in parts)
    return FacetColumn(posts, keywords, post_of, join_facet(keywords, post_of, posts))


def _read_post_of(
    file: ArrayFile, parts: Sequence[SegmentColumns], posts: int
) -> tuple[NDArray[np.int32], ...]:
    ends = edges(np.array([part.posts + part.comments for part in parts], np.int64)).tolist()
    joined: NDArray[np.int32] = file.array("post_of", "i", count=ends[-1])
    if joined.dtype != np.int32 or (len(joined) and not -1 <= int(joined.min()) <= int(joined.max()) < posts):
        raise ValueError(f"{file.path}: documents belong to posts that are not there")
    return tuple(joined[first:last] for first, last in pairwise(ends))


def _read_places(file: ArrayFile, parts: Sequence[SegmentColumns], posts: int) -> tuple[Ints, Ints]:
    segment, document = (
        file.below("segment", len(parts), count=posts),
        file.array("document", "u", count=posts),
    )
    sizes = np.array([part.posts for part in parts], np.int64)
    if np.any(document >= sizes[segment]):
        raise ValueError(f"{file.path}: posts are where no document is")
    return segment, document
