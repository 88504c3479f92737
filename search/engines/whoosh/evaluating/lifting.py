"""From matching documents to posts: what a post scores for itself and for its comments."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from search.engines.whoosh.columns import Columns
from search.engines.whoosh.evaluating.hits import Documents, Hits, any_of
from search.engines.whoosh.segment.columns import SegmentColumns

COMMENT_SHARE: Final = 0.3
"""How much of its best comment's score a post gets."""

MOST_COMMENTS: Final = 3
"""How many comments of a post are named in a match."""

_FEW: Final = 32
"""Of so many posts, one is so few that sorting takes less than an array of all posts."""


@dataclass(frozen=True, slots=True)
class Lifted:
    """The posts found, ascending by number, and their scores; `hits` are the documents of each segment."""

    posts: NDArray[np.int32]
    scores: NDArray[np.float32]
    hits: Sequence[Hits]

    def best_comments(self, post: int, columns: Columns) -> tuple[list[str], int]:
        """The ids of a post's best matching comments, best first, at most three, and how many there are."""
        number, document = columns.place(post)
        segment, hits = columns.segments[number], self.hits[number]
        if hits.documents[-1] < segment.posts:
            return [], 0
        first, last = bisect_left(segment.parents, document), bisect_right(segment.parents, document)
        bounds = np.array([segment.posts + first, segment.posts + last], np.int32)
        start, end = hits.documents.searchsorted(bounds).tolist()
        best = start + np.argsort(-hits.scores[start:end], kind="stable")[:MOST_COMMENTS]
        comments = (hits.documents[best] - segment.posts).tolist()
        return [segment.comment_ids[comment].decode("utf-8", "replace") for comment in comments], end - start


def lift(found: Sequence[Hits], columns: Columns) -> Lifted:
    """Bring each comment's score to its post: its own score and a share of its best comment's.

    `found` are the documents of each segment. Deleted ones are left out.
    """
    numbers, scores = [], []
    for hits, segment, post_of in zip(found, columns.segments, columns.post_of, strict=True):
        if len(hits):
            lifted = _to_posts(hits, segment)
            numbers.append(post_of.take(lifted.documents))
            scores.append(lifted.scores)
    posts, of_posts = _ascending(numbers, scores, columns.posts)
    return Lifted(posts, of_posts, found)


def _to_posts(hits: Hits, segment: SegmentColumns) -> Hits:
    """The posts of a segment that were found, or comments of theirs."""
    split = int(hits.documents.searchsorted(np.int32(segment.posts)))
    if split == len(hits):
        return hits
    parents = segment.parents.take(hits.documents[split:] - np.int32(segment.posts))
    first = np.ones(len(parents), np.bool_)
    np.not_equal(parents[1:], parents[:-1], out=first[1:])
    starts = first.nonzero()[0]
    shares = np.maximum.reduceat(hits.scores[split:], starts) * np.float32(COMMENT_SHARE)
    of_comments = Hits(parents.take(starts).astype(np.int32), shares)
    return any_of([hits.slice(0, split), of_comments], segment.posts)


def _ascending(
    numbers: Sequence[Documents], scores: Sequence[NDArray[np.float32]], posts: int
) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
    """Posts in the order of their numbers, with their scores; -1 is none."""
    total = sum(map(len, numbers))
    if _FEW * total < posts:
        joined = np.concatenate([np.zeros(0, np.int32), *numbers])
        order = joined.argsort()
        order = order[int(np.count_nonzero(joined < 0)) :]
        return joined.take(order), np.concatenate([np.zeros(0, np.float32), *scores]).take(order)
    # One entry more than there are posts takes what is said of deleted ones, at -1.
    there, score = np.zeros(posts + 1, np.bool_), np.zeros(posts + 1, np.float32)
    for some, of_some in zip(numbers, scores, strict=True):
        there[some] = True
        score[some] = of_some
    found = there[:posts].nonzero()[0]
    return found.astype(np.int32), score.take(found)
