"""From a batch of raw records to rows for the store: all the work that needs nothing but the batch."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import blake2b
from typing import assert_never

from indexer.normalise.batch import Batch, KnownComment, KnownPost, normalise
from indexer.normalise.normaliser import LeftOut
from indexer.program import program
from search import staged
from search.rows import Row


@dataclass(frozen=True, slots=True)
class Prepared:
    """Rows of posts and of comments, in order; how many records were left out, by reason; and warnings.

    `batch` is the digest of the batch, empty where another day may make something else of it.
    """

    posts: Sequence[Row]
    comments: Sequence[Row]
    left_out: Mapping[str, int]
    warnings: Mapping[str, int]
    batch: bytes


def digest_of(blog: str, fallback_blog: str, batch: Batch) -> bytes:
    """16 bytes that differ when anything does from which the rows follow, but for the time of day.

    The year counts, for it tells of which century a year with two digits is.
    """
    year = datetime.now(UTC).year
    told = blake2b(repr((program(), year, blog, fallback_blog)).encode("utf-8"), digest_size=16)
    for item in (batch.previous, *batch.items):
        told.update(repr(item).encode("utf-8"))
    return told.digest()


def prepare(blog: str, fallback_blog: str, batch: Batch) -> Prepared:
    """Normalise a batch and make rows of it. Needs nothing but its arguments, so any process may do it."""
    done = normalise(blog, fallback_blog, batch)
    posts, comments, left_out = list[Row](), list[Row](), Counter[str]()
    for outcome in done.outcomes:
        match outcome.value:
            case KnownPost(post, identity):
                posts.append(staged.post_row(post, outcome.held, identity))
            case KnownComment(comment, known, place):
                row = staged.comment_row(comment, outcome.held, known)
                comments.append(row if place is None else row | {"place": place})
            case LeftOut(reason=reason):
                left_out[reason] += 1
            case _:
                assert_never(outcome.value)
    known_as = digest_of(blog, fallback_blog, batch) if done.lasting else b""
    return Prepared(posts, comments, dict(left_out), done.warnings, known_as)
