"""A source that is about to be read, whether it lies here or was fetched."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from indexer.blog_name import blog_name
from indexer.formats.format import Format
from indexer.progress import Progress
from indexer.record import Skipped
from indexer.source import Source, total_bytes, walk
from search.history import SourceRecord


@dataclass(frozen=True, slots=True)
class Input:
    """What `walk` yields, of `size` bytes, read as the source `record`.

    `name` is the file that the user named, where it is one: what is wrong with that file is wrong with
    the source. `blog` is what to call the blog where nothing in the source says. A source that `only_adds`
    has never all that its blog holds, whatever its format is. `title` is the blog's name as another
    source of it says, for posts that do not. `format` reads it, where that is neither recognised nor named
    by the user.
    """

    record: SourceRecord
    name: str
    size: int
    walk: Callable[[Progress], Iterator[Source | Skipped]]
    blog: str
    only_adds: bool = False
    title: str = ""
    format: Format | None = None

    @classmethod
    def at(cls, record: SourceRecord) -> Input:
        """The file or folder at the record's location; raises as `walk` does."""
        location = record.location
        name = Path(location).name
        return cls(record, name, total_bytes(location), partial(walk, location), blog_name(location))
