"""One generation, open for reading by many threads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from whoosh.searching import Searcher

from search.engine import Generation
from search.engines.whoosh.arrays import Bools
from search.engines.whoosh.cache import CACHE_BYTES, Cache
from search.engines.whoosh.columns.columns import Columns
from search.engines.whoosh.index import Statistics
from search.engines.whoosh.publishing.generations import Marks
from search.engines.whoosh.publishing.manifest import Manifest
from search.engines.whoosh.reading.reader import searcher_over
from search.engines.whoosh.segment.deletions import read_deletions
from search.engines.whoosh.segment.files import read_segment
from search.engines.whoosh.segment.segment import Segment

SEGMENT: str = ".segment"
DELETED: str = ".deleted"
"""How the files of a segment and of its deletions end, after the segment's name."""


@dataclass(frozen=True, slots=True, eq=False)
class Snapshot:
    """A generation's segments and columns, which are mapped files and never change.

    So threads need no lock to read them, and processes share the memory. They stay readable for whoever has
    the snapshot, even when their folder was removed meanwhile. `deleted` says of each segment which
    documents are deleted; None where none is. `cache` keeps what was made of this generation. `marks` are of
    the files as they were verified, empty where they were not.
    """

    generation: Generation
    segments: tuple[Segment, ...]
    deleted: tuple[Bools | None, ...]
    columns: Columns
    statistics: Statistics
    cache: Cache
    marks: Marks

    @classmethod
    def open(
        cls,
        folder: Path,
        name: str,
        manifest: Manifest,
        cache_bytes: int = CACHE_BYTES,
        marks: Marks = frozenset(),
    ) -> Snapshot:
        """Open the files that a checked manifest lists; raises `OSError` or `ValueError`."""
        segments = tuple(read_segment(folder / f"{segment}{SEGMENT}") for segment in manifest.segments)
        deleted = tuple(
            read_deletions(folder / f"{segment.name}{DELETED}", segment.documents)
            if f"{segment.name}{DELETED}" in manifest.files
            else None
            for segment in segments
        )
        columns = Columns.open(folder, segments)
        _require_as_many(folder, columns, manifest, segments)
        return cls(
            generation=Generation(name, manifest.posts, manifest.comments, manifest.digest),
            segments=segments,
            deleted=deleted,
            columns=columns,
            statistics=Statistics.of(segments),
            cache=Cache(cache_bytes),
            marks=marks,
        )

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages whose rules the posts' texts were analysed by; "" where one has none."""
        return self.columns.languages

    def searcher(self) -> Searcher:
        """Whoosh's own searcher, for the calling thread only."""
        return searcher_over(self.segments, self.deleted)


def _require_as_many(folder: Path, columns: Columns, manifest: Manifest, segments: Sequence[Segment]) -> None:
    if (columns.posts, columns.comments) != (manifest.posts, manifest.comments):
        raise ValueError(f"{folder} has {columns.posts:,} posts instead of {manifest.posts:,}")
    if [len(documents) for documents in columns.post_of] != [segment.documents for segment in segments]:
        raise ValueError(f"the columns in {folder} are not of its segments")
