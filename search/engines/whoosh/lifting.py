"""From matching documents to posts: which comments count, and what a post scores.

Keyword values and days are on a post's comments, too, so that one document decides a query. A comment
therefore matches `tag:war` whenever its post does, without having said anything. It counts only where
it matches *evidence*: words of the query that a comment itself can have, a commenter, or `in:comments`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, assert_never

import numpy as np

from search.engines.whoosh.arrays import Bools, Floats, Ints
from search.engines.whoosh.stock_columns import DocumentMap
from search.query.ast import (
    And,
    DateRange,
    Everything,
    Fuzzy,
    InComments,
    InPosts,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Wildcard,
    Word,
)

COMMENT_SHARE: Final = 0.3
"""How much of its best comment's score a post gets."""

MOST_COMMENTS: Final = 3
"""How many comments of a post are named in a match."""

OF_COMMENTS: Final = (None, "body", "commenter")
"""Fields in which a comment can have a word of its own."""


def needs_evidence(node: Node) -> bool:
    """Whether a comment could match the node without any evidence."""
    match node:
        case Word() | Phrase() | Prefix() | Wildcard() | Fuzzy():
            return node.field not in OF_COMMENTS
        case InComments():
            return False
        case And(nodes):
            return all(needs_evidence(child) for child in nodes)
        case Or(nodes):
            return any(needs_evidence(child) for child in nodes)
        case Everything() | DateRange() | InPosts() | Not():
            return True
        case _:
            assert_never(node)


def evidence(node: Node, wanted: bool = True) -> Iterator[Node]:
    """The leaves that make a comment count: those not negated, of what comments have."""
    match node:
        case Word() | Phrase() | Prefix() | Wildcard() | Fuzzy():
            if wanted and node.field in OF_COMMENTS:
                yield node
        case InComments():
            if wanted:
                yield node
        case And(nodes) | Or(nodes):
            for child in nodes:
                yield from evidence(child, wanted)
        case Not(child):
            yield from evidence(child, not wanted)
        case Everything() | DateRange() | InPosts():
            return
        case _:
            assert_never(node)


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
