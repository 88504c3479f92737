"""From matching documents to posts: what a post scores for itself and for its comments."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from search.engines.whoosh.columns.columns import Columns
from search.engines.whoosh.evaluating.hits import NO_DOCUMENTS, Documents, Hits, Places, any_of
from search.engines.whoosh.evaluating.numbering import Numbering

Scores = NDArray[np.float32]

COMMENT_SHARE: Final = 0.3
"""How much of its best comment's score a post gets."""

MOST_COMMENTS: Final = 3
"""How many comments of a post are named in a match."""

_FEW: Final = 32
"""Of so many posts, one is so few that sorting takes less than an array of all posts."""


@dataclass(frozen=True, slots=True)
class Lifted:
    """The posts found, ascending by number, and their scores; `comments` are those of all segments."""

    posts: Places
    scores: Scores
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


def lift(found: Sequence[Hits], numbering: Numbering, columns: Columns) -> Lifted:
    """Bring each comment's score to its post: its own score and a share of its best comment's.

    `found` are documents by their numbers in all segments; those in several lists score the sum. Deleted
    ones are left out.
    """
    posts, comments = zip(*map(numbering.posts_and_comments, found), strict=True) if found else ((), ())
    said = any_of(comments, numbering.documents)
    lists = [(columns.owners.take(hits.documents), hits.scores) for hits in posts]
    if len(said):
        lists.append(_shares(columns.owners.take(said.documents), said.scores))
    return Lifted(*_summed(lists, columns.posts), said, numbering)


def _shares(posts: Documents, scores: Scores) -> tuple[Documents, Scores]:
    """The posts of comments, each once, with a share of the best of their scores."""
    first = np.ones(len(posts), np.bool_)
    np.not_equal(posts[1:], posts[:-1], out=first[1:])
    starts = first.nonzero()[0]
    return posts.take(starts), np.maximum.reduceat(scores, starts) * np.float32(COMMENT_SHARE)


def _summed(lists: Sequence[tuple[Documents, Scores]], every: int) -> tuple[Places, Scores]:
    """The posts of all lists, ascending, and the sums of their scores; -1 is none."""
    total = sum(len(posts) for posts, _ in lists)
    if _FEW * total < every:
        return _sorted_together(lists)
    # One entry more than there are posts takes what is said of deleted ones, at -1.
    there, summed = np.zeros(every + 1, np.bool_), np.zeros(every + 1, np.float32)
    for posts, scores in lists:
        there[posts] = True
        summed[posts] += scores
    found = there[:every].nonzero()[0]
    return found, summed.take(found)


def _sorted_together(lists: Sequence[tuple[Documents, Scores]]) -> tuple[Places, Scores]:
    posts = np.concatenate([NO_DOCUMENTS, *(posts for posts, _ in lists)])
    order = posts.argsort(kind="stable")
    order = order[int(np.count_nonzero(posts < 0)) :]
    posts = posts.take(order).astype(np.intp)
    scores = np.concatenate([np.zeros(0, np.float32), *(scores for _, scores in lists)]).take(order)
    if len(lists) < 2 or not len(posts):
        return posts, scores
    first = np.ones(len(posts), np.bool_)
    np.not_equal(posts[1:], posts[:-1], out=first[1:])
    starts = first.nonzero()[0]
    return posts.take(starts), np.add.reduceat(scores, starts)
