"""Many records at once: the unit of work that worker processes share out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import assert_never

from indexer.normalise.kept import kept_comment, kept_post
from indexer.normalise.normaliser import LeftOut, Normaliser
from indexer.normalise.recognition import comment_identity, post_identity
from indexer.record import KeptComment, KeptPost, Published, RawComment, RawPost
from search.model import Comment, Post
from search.sameness.identity import CommentIdentity, Held, Identity

MOST_ITEMS = 100
MOST_CHARACTERS = 400_000
"""A batch is full with so many records, or so many characters of bodies, whichever is reached first."""


@dataclass(frozen=True, slots=True)
class Item:
    """A published record, the file it is from, and how that holds it."""

    source: str
    raw: Published
    held: Held


@dataclass(frozen=True, slots=True)
class Batch:
    """Records in the order of their source. `previous` is the post that was read before the first."""

    items: tuple[Item, ...]
    previous: Item | None = None


@dataclass(frozen=True, slots=True)
class KnownPost:
    """A post, and by what it is recognised in other sources."""

    post: Post
    identity: Identity


@dataclass(frozen=True, slots=True)
class KnownComment:
    """A comment, and by what it is recognised in other sources; its place there, if that is known."""

    comment: Comment
    identity: CommentIdentity
    place: int | None = None


@dataclass(frozen=True, slots=True)
class Normalised:
    """What became of one item: a post, a comment, or the reason why it is neither."""

    held: Held
    value: KnownPost | KnownComment | LeftOut


@dataclass(frozen=True, slots=True)
class NormalisedBatch:
    """The outcomes, in order, and how often each warning was given.

    `lasting` is whether they will be the same at any later time, with no date that is in the future yet.
    """

    outcomes: tuple[Normalised, ...]
    warnings: Mapping[str, int]
    lasting: bool


def batches(items: Iterable[Item]) -> Iterator[Batch]:
    """The items in batches, each small enough to hold several of them in memory."""
    gathered: list[Item] = []
    characters = 0
    before: Item | None = None
    previous: Item | None = None
    for item in items:
        gathered.append(item)
        characters += len(item.raw.body)
        if isinstance(item.raw, RawPost):
            previous = item
        if len(gathered) >= MOST_ITEMS or characters >= MOST_CHARACTERS:
            yield Batch(tuple(gathered), before)
            gathered, characters, before = [], 0, previous
    if gathered:
        yield Batch(tuple(gathered), before)


def normalise(blog: str, fallback_blog: str, batch: Batch) -> NormalisedBatch:
    """Make posts and comments of a batch. Needs nothing but its arguments, so any process may do it."""
    normaliser = Normaliser(blog, fallback_blog)
    normaliser.learn(item.raw for item in batch.items if isinstance(item.raw, RawPost | RawComment))
    post = _previous(normaliser, batch)
    normaliser.warnings.clear()  # those of the post before were counted with its own batch
    outcomes = []
    for item in batch.items:
        value: KnownPost | KnownComment | LeftOut
        try:
            match item.raw:
                case RawPost() as raw:
                    post = None
                    post = normaliser.post(raw, item.source)
                    value = KnownPost(post, post_identity(raw, post, item.held, item.source))
                case RawComment() as raw:
                    reply = normaliser.comment(raw, post)
                    of_blog = normaliser.blog_of_comment(raw, post)
                    value = KnownComment(reply, comment_identity(raw, reply, of_blog))
                case KeptPost() as kept:
                    value = KnownPost(kept_post(kept.post, normaliser.warnings), kept.identity)
                case KeptComment() as kept_reply:
                    reply = kept_comment(kept_reply.comment)
                    value = KnownComment(reply, kept_reply.identity, kept_reply.place)
                case _:
                    assert_never(item.raw)
        except LeftOut as left_out:
            value = left_out
        outcomes.append(Normalised(item.held, value))
    return NormalisedBatch(tuple(outcomes), dict(normaliser.warnings), normaliser.lasting)


def _previous(normaliser: Normaliser, batch: Batch) -> Post | None:
    """The post before the batch, where its first record may be a comment under that post."""
    if batch.previous is None or not isinstance(batch.previous.raw, RawPost):
        return None
    if isinstance(batch.items[0].raw, RawPost):
        return None
    try:
        return normaliser.post(batch.previous.raw, batch.previous.source)
    except LeftOut:
        return None
