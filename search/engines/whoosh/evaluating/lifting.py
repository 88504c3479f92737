"""From matching documents to posts: what a post scores for itself and for its comments."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from search.engines.whoosh.columns import Columns
from search.engines.whoosh.evaluating.hits import Documents, Hits, any_of
from search.engines.whoosh.evaluating.numbering import Numbering

COMMENT_SHARE: Final = 0.3
"""How much of its best comment's score a post gets."""

MOST_COMMENTS: Final = 3
"""How many comments of a post are named in a match."""

_FEW: Final = 32
"""Of so many posts, one is so few that sorting takes less than an array of all posts."""


@dataclass(frozen=True, slots=True)
class Lifted:
    """The posts found, ascending by number, and their scores; `comments` are those of all segments."""

    posts: NDArray[np.int32]
    scores: NDArray[np.float32]
    comments: Hits
    numbering: Numbering

    def best_comments(self, post: int, columns: Columns) -> tuple[list[str], int]:
        """The ids of a post's best matching comments, best first, at most three, and how many there are."""
        if not len(self.comments):
            return [], 0
        number, document = columns.place(post)
        segment, begin = columns.segments[number], self.numbering.comments[number]
        first, last = bisect_left(segment.parents, document), bisect_right(segment.parents, document)
        bounds = np.array([begin + first, begin + last], np.int32)
        start, end = self.comments.documents.searchsorted(bounds).tolist()
        best = start + np.argsort(-self.comments.scores[start:end], kind="stable")[:MOST_COMMENTS]
        comments = (self.comments.documents[best] - begin).tolist()
        return [segment.comment_ids[comment].decode("utf-8", "replace") for comment in comments], end - start


def lift(found: Hits, numbering: Numbering, columns: Columns) -> Lifted:
    """Bring each comment's score to its post: its own score and a share of its best comment's.

    `found` are documents by their numbers in all segments. Deleted ones are left out.
    """
    posts, comments = numbering.posts_and_comments(found)
    own = _ascending(columns.owners.take(posts.documents), posts.scores, columns.posts)
    if len(comments):
        shares = _ascending(*_best(columns.owners.take(comments.documents), comments.scores), columns.posts)
        own = any_of([own, shares], columns.posts)
    return Lifted(own.documents, own.scores, comments, numbering)


def _best(posts: Documents, scores: NDArray[np.float32]) -> tuple[Documents, NDArray[np.float32]]:
    """Each post once, of those of comments, with a share of the best of these scores."""
    first = np.ones(len(posts), np.bool_)
    np.not_equal(posts[1:], posts[:-1], out=first[1:])
    starts = first.nonzero()[0]
    return posts.take(starts), np.maximum.reduceat(scores, starts) * np.float32(COMMENT_SHARE)


def _ascending(posts: Documents, scores: NDArray[np.float32], every: int) -> Hits:
    """Posts in the order of their numbers, with their scores; -1 is none."""
    if _FEW * len(posts) < every:
        order = posts.argsort()
        order = order[int(np.count_nonzero(posts < 0)) :]
        return Hits(posts.take(order), scores.take(order))
    # One entry more than there are posts takes what is said of deleted ones, at -1.
    there, score = np.zeros(every + 1, np.bool_), np.zeros(every + 1, np.float32)
    there[posts] = True
    score[posts] = scores
    found = there[:every].nonzero()[0]
    return Hits(found.astype(np.int32), score.take(found))
