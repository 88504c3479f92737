"""From matching documents to posts: which comments count, and what a post scores.

Keyword values and days are on a post's comments, too, so that one document decides a query. A comment
therefore matches `tag:war` whenever its post does, without having said anything. It counts only where
it matches *evidence*: words of the query that a comment itself can have, a commenter, or `in:comments`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from search.engines.whoosh.arrays import Bools, Floats, Ints
from search.engines.whoosh.stock_columns import DocumentMap

COMMENT_SHARE: Final = 0.3
"""How much of its best comment's score a post gets."""

MOST_COMMENTS: Final = 3
"""How many comments of a post are named in a match."""


@dataclass(frozen=True, slots=True)
class Found:
    """Documents that match, by number, and the score of each."""

    documents: Ints
    scores: Floats

    def only(self, keep: Bools) -> Found:
        """Those of the documents for which `keep`, as long as they are, is true."""
        return Found(self.documents[keep], self.scores[keep])


@dataclass(frozen=True, slots=True)
class Lifted:
    """What was found, by post. `matched` and `scores` are as long as there are posts.

    `comments` are the matching comments' numbers, with the post and the score of each beside them.
    """

    matched: Bools
    scores: Floats
    comments: Ints
    comment_posts: Ints
    comment_scores: Floats

    def best_comments(self, post: int) -> tuple[Ints, int]:
        """The best matching comments of a post, best first, at most three, and how many there are."""
        of_post = np.flatnonzero(self.comment_posts == post)
        best = of_post[np.lexsort((self.comments[of_post], -self.comment_scores[of_post]))]
        return self.comments[best[:MOST_COMMENTS]], len(of_post)


def lift(found: Found, documents: DocumentMap, posts: int) -> Lifted:
    """Bring each comment's score to its post: its own score and a share of its best comment's."""
    of_document, comment = documents.post[found.documents], documents.comment[found.documents]
    is_comment = comment >= 0
    matched, scores, best = np.zeros(posts, bool), np.zeros(posts), np.zeros(posts)
    matched[of_document] = True
    scores[of_document[~is_comment]] = found.scores[~is_comment]
    comment_posts, comment_scores = of_document[is_comment], found.scores[is_comment]
    np.maximum.at(best, comment_posts, comment_scores)
    scores += COMMENT_SHARE * best
    return Lifted(matched, scores, comment[is_comment], comment_posts, comment_scores)
