"""Everything the store holds at one moment, a record at a time, for who copies it elsewhere.

All of it is read in one transaction: an import that goes on meanwhile is not seen, and does not wait.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Self

import sqlalchemy as sa

from search import rows
from search.history import FeedState, SourceRecord
from search.model import Comment, Post, Standing
from search.sameness.identity import CommentIdentity, Held, Identity
from search.store import feeds
from search.store.tables import comments, count, posts, sources, versions
from search.store.wording import Wordings

_AT_ONCE = 100
_NO_NEW = 1 << 62  # a version's number that none is over: nothing is staged here


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a version but for its words: its own id, and which of `sources` holds it, and how."""

    number: int
    record_id: str
    source: int
    held: Held
    identity: Identity


@dataclass(frozen=True, slots=True)
class WholePost:
    """A post as readers see it, and the facts of each version that it was made of."""

    post: Post
    versions: tuple[Facts, ...]


@dataclass(frozen=True, slots=True)
class WholeVersion:
    """What a source says of a post that several speak of; the id of `post` is the version's own."""

    post: Post
    facts: Facts


@dataclass(frozen=True, slots=True)
class WholeReply:
    """What a source says of a comment.

    `comment` is as readers see it, if it is `shown`; its post is unknown where it waits for one.
    `post_record` and `parent_record` are what its own source calls the post and the comment it answers, and
    `place` is where it stood there.
    """

    comment: Comment
    shown: bool
    source: int
    held: Held
    identity: CommentIdentity
    post_record: str
    parent_record: str
    place: int


class Snapshot:
    """One moment of a store; what it gives is in an order that depends on nothing but the contents."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection
        ids = connection.scalars(sa.select(sources.c.id).order_by(sources.c.id))
        self._place_of = {source_id: place for place, source_id in enumerate(ids)}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()

    def sources(self) -> tuple[SourceRecord, ...]:
        """Every source, in the order they were first seen."""
        found = self._connection.execute(sa.select(sources).order_by(sources.c.id))
        return tuple(SourceRecord(row.location, row.format, row.blog) for row in found)

    def feeds(self) -> tuple[FeedState, ...]:
        """What is remembered of live feeds."""
        return feeds.read(self._connection)

    def count_posts(self) -> int:
        """How many posts there are."""
        return self._connection.scalar(count(posts)) or 0

    def count_replies(self) -> int:
        """How many comments readers see."""
        return self._connection.scalar(count(comments).where(comments.c.shown)) or 0

    def blogs(self) -> tuple[str, ...]:
        """The names of all blogs."""
        return tuple(self._connection.scalars(sa.select(posts.c.blog).distinct().order_by(posts.c.blog)))

    def posts(self) -> Iterator[WholePost]:
        """Every post, the newest first."""
        ids = sa.select(posts.c.id).order_by(posts.c.date.desc(), posts.c.id)
        for batch in _batches(self._scalars(ids)):
            found = self._connection.execute(sa.select(posts).where(posts.c.id.in_(batch)))
            by_id = {row.id: rows.post(row) for row in found}
            facts = self._facts(versions.c.post_id.in_(batch))
            yield from (WholePost(by_id[post_id], tuple(facts.get(post_id, ()))) for post_id in batch)

    def versions(self) -> Iterator[WholeVersion]:
        """What each source says of the posts that several have, or one in several formats."""
        other = versions.alias("other")
        joined = sa.exists().where(other.c.post_id == versions.c.post_id, other.c.number != versions.c.number)
        numbers = sa.select(versions.c.number).where(joined).order_by(*_VERSION_ORDER)
        wordings = Wordings(self._connection, 0, _NO_NEW)
        for batch in _batches(self._scalars(numbers)):
            found = self._facts(versions.c.number.in_(batch))
            facts = {each.number: each for several in found.values() for each in several}
            words = wordings.of_numbers(batch)
            yield from (WholeVersion(words[number], facts[number]) for number in batch)

    def replies(self) -> Iterator[WholeReply]:
        """Every version of every comment, also of those that wait for their post."""
        order = (comments.c.id, comments.c.source_id, comments.c.format)
        query = sa.select(comments).order_by(*order).execution_options(yield_per=_AT_ONCE)
        for row in self._connection.execute(query):
            identity = CommentIdentity(tuple(row.known_by), row.known_own, row.known_words)
            source = self._place_of[row.source_id]
            yield WholeReply(
                rows.comment(row),
                row.shown,
                source,
                _held(row),
                identity,
                row.post_record,
                row.parent_record,
                row.place,
            )

    def _scalars(self, query: sa.Select[Any]) -> Iterator[Any]:
        yield from self._connection.scalars(query.execution_options(yield_per=1_000))

    def _facts(self, which: sa.ColumnElement[bool]) -> Mapping[str, Sequence[Facts]]:
        """The facts of these versions, by the ids of their posts."""
        found: dict[str, list[Facts]] = {}
        for row in self._connection.execute(sa.select(versions).where(which).order_by(*_VERSION_ORDER)):
            source = self._place_of[row.source_id]
            facts = Facts(row.number, row.record_id, source, _held(row), rows.identity(row))
            found.setdefault(row.post_id, []).append(facts)
        return found


_VERSION_ORDER = (versions.c.record_id, versions.c.source_id, versions.c.format)


def _batches(values: Iterable[Any]) -> Iterator[tuple[Any, ...]]:
    each = iter(values)
    return iter(lambda: tuple(islice(each, _AT_ONCE)), ())


def _held(row: Any) -> Held:
    return Held(row.format, Standing(row.standing), row.complete)
