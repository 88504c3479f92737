"""Segments of any number of posts, built by several processes within a bound of memory."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures.process import BrokenProcessPool
from itertools import chain
from pathlib import Path
from typing import Final

from search.engines.whoosh.building import worker
from search.engines.whoosh.building.texts import Batch, batches, size
from search.engines.whoosh.building.worker import BuiltSegment, SegmentBuilder, builder_of_a_process
from search.errors import IndexUnwritable
from search.model import PostWithComments
from search.processes import Crew, preload

__all__ = ["WORTH_PROCESSES", "BuiltSegment", "build_segments"]

WORTH_PROCESSES: Final = 2_000_000
"""Characters of text from which starting processes pays for itself."""

_ALONE: Final = 160_000_000
"""Bytes that this process takes besides its data where it builds: modules, and what is inverted at a time."""

_FEEDING: Final = 130_000_000
"""Bytes that this process takes where others build, with the modules that it has in common with them."""

_PROCESS: Final = 55_000_000
"""Bytes that each of these takes besides its data: what is inverted and encoded at a time."""

_LEAST: Final = 20_000_000
"""Bytes for its data that a process should have, or its segments become many and small."""

preload(worker.__name__)


def build_segments(
    contents: Iterable[PostWithComments], folder: Path, *, jobs: int, megabytes: int
) -> list[BuiltSegment]:
    """Write segments of posts into a folder, with so many processes and so many MB of memory at most.

    Several versions of a post are all indexed; `BuiltSegment.order` tells which came last. Fewer
    processes are used where memory does not suffice for all, and none but this for few posts. Raises
    `OSError` when the segments cannot be written, `IndexUnwritable` when a process dies.
    """
    memory = megabytes * 1_000_000
    jobs = max(1, min(jobs, (memory - _FEEDING) // (_PROCESS + _LEAST)))
    coming = batches(contents)
    try:
        few, are_all = _beginning(coming) if jobs > 1 else (deque(), False)
        everything = chain(_given_up(few), coming)
        if jobs == 1 or are_all:
            return _build_here(everything, folder, max(memory - _ALONE, _LEAST))
        return _build_in_processes(everything, folder, jobs, (memory - _FEEDING) // jobs - _PROCESS)
    except BrokenProcessPool as error:
        raise IndexUnwritable(
            "a process that indexed posts died, perhaps for want of memory: try --jobs 1"
        ) from error


def _beginning(coming: Iterator[Batch]) -> tuple[deque[Batch], bool]:
    """The first batches, up to what is worth processes, and whether they are all there are."""
    few: deque[Batch] = deque()
    characters = 0
    for batch in coming:
        few.append(batch)
        characters += sum(map(size, batch.contents))
        if characters >= WORTH_PROCESSES:
            return few, False
    return few, True


def _given_up(batches: deque[Batch]) -> Iterator[Batch]:
    """The batches, each of which is kept no longer than it is needed."""
    while batches:
        yield batches.popleft()


def _build_here(coming: Iterable[Batch], folder: Path, memory: int) -> list[BuiltSegment]:
    builder = SegmentBuilder(folder, memory)
    built = [segment for batch in coming for segment in builder.add(batch)]
    return built + builder.finish()


def _build_in_processes(coming: Iterable[Batch], folder: Path, jobs: int, memory: int) -> list[BuiltSegment]:
    with Crew(jobs, builder_of_a_process, folder, memory) as crew:
        built = list(chain.from_iterable(crew.share(SegmentBuilder.add, coming)))
        return built + list(chain.from_iterable(crew.each(SegmentBuilder.finish)))
