"""The index of an archive as one of Whoosh's own, to be opened by whatever is written for Whoosh.

index = ArrayIndex.open(Path("data/index"))
with index.searcher() as searcher:
    for hit in searcher.search(Term("body", "drone")):
        print(hit.score, hit["post"], hit["title"])
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Self

from whoosh.index import Index
from whoosh.reading import IndexReader
from whoosh.searching import Searcher

from search.engines.whoosh.evaluating.scoring import RANKING
from search.engines.whoosh.publishing.generations import Generations
from search.engines.whoosh.publishing.serving import Serving
from search.engines.whoosh.reading.reader import reader_over
from search.engines.whoosh.schema import SCHEMA

NO_GENERATION = -1
"""Whoosh's number of the generation of an index to which nothing was ever written."""


class ArrayIndex(Index):
    """What is published in the folder of an index, of which nothing is written or locked.

    Each reader and searcher is of the generation that is published when it is asked for. They may raise
    `IndexUnreadable`. Posts are changed in the archive.
    """

    def __init__(self, generations: Generations) -> None:
        self.schema = SCHEMA
        self._generations = generations
        self._serving = Serving(generations)

    @classmethod
    def open(cls, folder: Path) -> Self:
        """Open the index in a folder, which need not be there yet; raises `IndexUnreadable`."""
        index = cls(Generations(folder))
        index._serving.snapshot()
        return index

    def reader(self, reuse: IndexReader | None = None) -> IndexReader:  # noqa: ARG002 (part of `Index`)
        """A reader of all segments."""
        snapshot = self._serving.snapshot()
        if snapshot is None:
            return reader_over((), ())
        return reader_over(snapshot.segments, snapshot.deleted, int(snapshot.generation.name))

    def searcher(self, **kwargs: Any) -> Searcher:
        """A searcher, which scores as searches here do unless it is told a `weighting`."""
        return Searcher(self.reader(), fromindex=self, **{"weighting": RANKING, **kwargs})

    def is_empty(self) -> bool:
        """Whether there is no document."""
        return self.doc_count() == 0

    def latest_generation(self) -> int:
        """The number of the published generation."""
        return int(self._generations.newest() or NO_GENERATION)
