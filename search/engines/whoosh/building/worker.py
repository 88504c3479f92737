"""What one process does: it takes batches of posts and writes a segment whenever it has enough."""

from __future__ import annotations

import gc
import secrets
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from search.engines.whoosh.building.assembly import Assembly
from search.engines.whoosh.building.texts import Batch
from search.memory import give_back
from search.model import PostWithComments
from search.text.languages import base

MOST_DOCUMENTS: Final = 65_536
"""Documents of a segment, whose numbers have 16 bits on disk."""

_SHARE_REMEMBERED: Final = 3
"""Of its memory a vocabulary may take a third for each of its two memories of a language."""


@dataclass(frozen=True, slots=True)
class BuiltSegment:
    """A segment that was written. `order[p]` is the place that its post `p` had among all that were built."""

    path: Path
    order: NDArray[np.int64]


def builder_of_a_process(folder: Path, memory: int) -> SegmentBuilder:
    """A builder in a process that does nothing else.

    Looking for cycles among its objects would take a tenth of its time: there are many, and no cycles.
    """
    gc.disable()
    return SegmentBuilder(folder, memory)


class SegmentBuilder:
    """Builds segments in a folder, from as many posts as fit into so many bytes of memory at a time."""

    def __init__(self, folder: Path, memory: int) -> None:
        self._folder = folder
        self._memory = memory
        self._assembly = self._begin()

    def _begin(self) -> Assembly:
        return Assembly(self._folder, self._memory // _SHARE_REMEMBERED)

    def add(self, batch: Batch) -> list[BuiltSegment]:
        """Add posts; returns the segments that they filled."""
        built = []
        documents = sum(1 + len(content.comments) for content in batch.contents)
        if self._assembly.documents + documents > MOST_DOCUMENTS:
            built += self.finish()
        by_language: defaultdict[str, list[int]] = defaultdict(list)
        for number, content in enumerate(batch.contents):
            by_language[base(content.post.language)].append(number)
        for language, numbers in by_language.items():
            contents: list[PostWithComments] = [batch.contents[number] for number in numbers]
            self._assembly.add(contents, [batch.first + number for number in numbers], language)
        if self._assembly.memory > self._memory:
            built += self.finish()
        return built

    def finish(self) -> list[BuiltSegment]:
        """Write the segment of what was added since the last one, if anything was."""
        if not self._assembly.documents:
            return []
        path = self._folder / f"{secrets.token_hex(8)}.segment"
        self._assembly.write(path)
        built = BuiltSegment(path, np.array(self._assembly.order, np.int64))
        self._assembly = self._begin()
        give_back()
        return [built]
