"""What a format is: how it is recognised and how it is read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from indexer.record import Record
from indexer.source import Source
from search.model import Standing


@dataclass(frozen=True, slots=True)
class Format:
    """One way exports are written.

    `name` is what `--format` takes, `title` what people call it, and `known_by` tells them what it is
    recognised by. `sniff` looks at the source's first 4 KiB and its name only. `read` streams the
    records in the order of the source and never holds a whole export; a record it cannot read is
    yielded as `Skipped`. It raises `SourceRefused` where the source as a whole is unsafe or is not of
    this format after all.

    `complete` is whether a source of this format holds everything its blog has, so that a post no
    longer in it is gone; feeds hold only the newest posts. `standing` says from which of several sources
    of the same post its fields are taken.
    """

    name: str
    title: str
    known_by: str
    sniff: Callable[[Source], bool]
    read: Callable[[Source], Iterator[Record]]
    complete: bool = True
    standing: Standing = Standing.EXPORT
