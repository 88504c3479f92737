"""Many records at once: the unit of work that worker processes share out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import assert_never

from indexer.normalise.normaliser import LeftOut, Normaliser
from indexer.record import RawComment, RawPost
from search.model import Comment, Post

MOST_ITEMS = 100
MOST_CHARACTERS = 1_000_000
"""A batch is full with so many records, or so many characters of bodies, whichever is reached first."""


@dataclass(frozen=True, slots=True)
class Item:
    """A published record, the file it is from, and whether that holds all of its blog."""

    source: str
    raw: RawPost | RawComment
    complete: bool


@dataclass(frozen=True, slots=True)
class Batch:
    """Records in the order of their source. `previous` is the post that was read before the first."""

    items: tuple[Item, ...]
    previous: Item | None = None


@dataclass(frozen=True, slots=True)
class Normalised:
    """What became of one item: a post, a comment, or the reason why it is neither."""

    source: str
    complete: bool
    value: Post | Comment | LeftOut


@dataclass(frozen=True, slots=True)
class NormalisedBatch:
    """The outcomes, in order, and how often each warning was given."""

    outcomes: tuple[Normalised, ...]
    warnings: Mapping[str, int]


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
    post = _previous(normaliser, batch)
    normaliser.warnings.clear()  # those of the post before were counted with its own batch
    outcomes = []
    for item in batch.items:
        value: Post | Comment | LeftOut
        try:
            match item.raw:
                case RawPost() as raw:
                    post = None
                    value = post = normaliser.post(raw, item.source)
                case RawComment() as raw:
                    value = normaliser.comment(raw, post)
                case _:
                    assert_never(item.raw)
        except LeftOut as left_out:
            value = left_out
        outcomes.append(Normalised(item.source, item.complete, value))
    return NormalisedBatch(tuple(outcomes), dict(normaliser.warnings))


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
