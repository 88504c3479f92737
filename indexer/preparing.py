"""From a batch of raw records to rows for the store: all the work that needs nothing but the batch."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import assert_never

from indexer.normalise.batch import Batch, KnownComment, KnownPost, normalise
from indexer.normalise.normaliser import LeftOut
from search import staged
from search.rows import Row


@dataclass(frozen=True, slots=True)
class Prepared:
    """Rows of posts and of comments, in order; how many records were left out, by reason; and warnings."""

    posts: Sequence[Row]
    comments: Sequence[Row]
    left_out: Mapping[str, int]
    warnings: Mapping[str, int]


def prepare(blog: str, fallback_blog: str, batch: Batch) -> Prepared:
    """Normalise a batch and make rows of it. Needs nothing but its arguments, so any process may do it."""
    done = normalise(blog, fallback_blog, batch)
    posts, comments, left_out = list[Row](), list[Row](), Counter[str]()
    for outcome in done.outcomes:
        match outcome.value:
            case KnownPost(post, identity):
                posts.append(staged.post_row(post, outcome.held, identity))
            case KnownComment(comment, known):
                comments.append(staged.comment_row(comment, outcome.held, known))
            case LeftOut(reason=reason):
                left_out[reason] += 1
            case _:
                assert_never(outcome.value)
    return Prepared(posts, comments, dict(left_out), done.warnings)
