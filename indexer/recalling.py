"""Batches that were read before: what came of them is known, and nobody has to prepare them again.

A batch is the same when all of it is, with the post before it, the program and what the user calls the blog:
see `digest_of`. Nothing else says what becomes of it. One post more at the beginning of a source makes other
batches of all that comes after it; at its end, the batches before stay as they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial

from indexer.normalise.batch import Batch
from indexer.preparing import Prepared, digest_of, prepare
from indexer.workers import Done, Workers
from search.store import Recollection


def prepared(
    workers: Workers, batches: Iterable[Batch], recollection: Recollection | None, blog: str, fallback: str
) -> Iterator[Prepared]:
    """What becomes of each batch, in order: recalled where it is known, else made by the workers."""
    work = partial(prepare, blog, fallback)
    if recollection is None or recollection.is_empty():
        yield from workers.map(work, batches)
        return
    values = (_recalled(recollection, digest_of(blog, fallback, batch)) or batch for batch in batches)
    yield from workers.map(work, values)


def remember(recollection: Recollection, done: Prepared) -> None:
    """Note what became of a batch for the next time that its source is read."""
    if done.batch:
        notes = {"left_out": dict(done.left_out), "warnings": dict(done.warnings)}
        recollection.add(done.batch, done.posts, done.comments, notes)


def _recalled(recollection: Recollection, batch: bytes) -> Done[Prepared] | None:
    if known := recollection.of(batch):
        return Done(Prepared(known.posts, known.comments, **known.notes, batch=batch))
    return None
