"""An export becomes the archive again that it was made of: each source has what it had, and is known.

The export has posts in the order of readers, and the store is changed source by source. So the records of
each are put on a shelf of its own first, and then taken for what the source holds.
"""

from __future__ import annotations

import io
import json
import tempfile
from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any, Self

from indexer.formats import FORMATS, backup
from indexer.formats.reading.json_tables import Row
from indexer.importing import Import
from indexer.input import Input
from indexer.live.addresses import is_address
from indexer.live.schedule import Clock
from indexer.options import Options
from indexer.progress import Progress
from indexer.record import KeptComment, KeptPost, Skipped
from indexer.report import Report
from indexer.source import Source, total_bytes, walk
from indexer.steps import Steps
from search.errors import ArchiveNotEmpty, SourceRefused, UnknownFormat
from search.history import FeedState, SourceRecord
from search.writer import ArchiveWriter, open_for_writing


def restore(location: str, options: Options, steps: Steps, clock: Clock) -> Report:
    """Make the archive that the export at `location` was made of, in a folder that has none.

    Raises `ArchiveNotEmpty`, and what `reindex` raises; then nothing is changed.
    """
    with _Shelves() as shelves:
        saved = _read(location, shelves, steps)
        opened = open_for_writing(
            options.data, wait=options.wait, jobs=options.jobs or None, megabytes=options.memory
        )
        with opened as writer:
            _check_empty(writer, options.data)
            for record in saved.sources:
                writer.stage(record)  # in the order in which they were known
            for state in saved.feeds:
                writer.put_feed(state)
            return Import(writer, options, steps, clock).run(saved.inputs(shelves))


def _check_empty(writer: ArchiveWriter, data: Path) -> None:
    if writer.sources() or writer.counts().posts:
        raise ArchiveNotEmpty(
            f"there is an archive in {data} already: restore into an empty folder, or leave out --restore to"
            " add what the export has"
        )


class _Shelves:
    """Records by the source that they are of, in a file without a name that goes with the process."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 - closed by __exit__
        self._ends: dict[int, array[int]] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def put(self, shelf: int, value: object) -> None:
        """Put a value, as JSON, after the others of its shelf."""
        line = json.dumps(value, ensure_ascii=False).encode("utf-8", "replace")
        start = self._file.tell()
        self._file.write(line)
        self._ends.setdefault(shelf, array("q")).extend((start, len(line)))

    def size(self, shelf: int) -> int:
        """How many bytes are on a shelf."""
        return sum(self._ends.get(shelf, ())[1::2])

    def all(self, shelf: int) -> Iterator[Any]:
        """The values on a shelf, in order."""
        places = self._ends.get(shelf, array("q"))
        for start, length in zip(places[::2], places[1::2], strict=True):
            self._file.seek(start)
            yield json.loads(self._file.read(length))


@dataclass(slots=True)
class _Saved:
    """What an export says of the archive; its posts and comments are on shelves."""

    name: str
    sources: list[SourceRecord] = field(default_factory=list)
    feeds: list[FeedState] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)

    def inputs(self, shelves: _Shelves) -> list[Input]:
        """Each source that has anything; what could not be read is told with the one that has most."""
        sizes = [shelves.size(place) for place in range(len(self.sources))]
        largest = sizes.index(max(sizes))
        return [
            self._input(place, shelves, self.skipped if place == largest else [])
            for place, size in enumerate(sizes)
            if size or (place == largest and self.skipped)
        ]

    def _input(self, place: int, shelves: _Shelves, skipped: list[Skipped]) -> Input:
        read = partial(_records, shelves, place, skipped)
        format_ = replace(backup.FORMAT, sniff=lambda _: True, read=read)
        empty = Source(self.name, io.BytesIO)
        record = self.sources[place]
        return Input(record, "", shelves.size(place), lambda _: iter([empty]), "", format=format_)


def _records(
    shelves: _Shelves, shelf: int, skipped: list[Skipped], _source: Source
) -> Iterator[KeptPost | KeptComment | Skipped]:
    yield from skipped
    for table, where, value in shelves.all(shelf):
        found = backup.reply(value, where) if table == "comments" else backup.version(value, where)
        if found:
            yield found


def _read(location: str, shelves: _Shelves, steps: Steps) -> _Saved:
    """Read the export, and put what each source has on its shelf."""
    progress = Progress()
    steps.reading(Path(location).name, total_bytes(location))
    for found in walk(location, progress):
        if isinstance(found, Source) and backup.sniff(found):
            saved = _Saved(found.name)
            for row in backup.entries(found):
                _put(row, saved, shelves)
                steps.read(progress.read)
            if not saved.sources:
                raise SourceRefused(f"{location}: names no source that its posts are from")
            return saved
    raise UnknownFormat(f"{location}: is no export of blogsearch; leave out --restore to read other formats")


def _put(row: Row, saved: _Saved, shelves: _Shelves) -> None:
    where = f"{row.table}, row {row.number}"
    if isinstance(row.value, Skipped):
        saved.skipped.append(row.value)
        return
    try:
        match row.table:
            case "sources":
                saved.sources.append(_known_source(backup.source_record(row.value)))
            case "feeds":
                saved.feeds.append(backup.feed_state(row.value))
            case _:
                _put_record(row, where, saved, shelves)
    except ValueError as error:
        saved.skipped.append(Skipped(where, str(error)))


def _put_record(row: Row, where: str, saved: _Saved, shelves: _Shelves) -> None:
    source = backup.source_of(row.value)
    if source is None and row.table == "items":
        return  # its versions follow
    if source is None or source >= len(saved.sources):
        raise ValueError("its source is not among those that the export names")
    shelves.put(source, (row.table, where, row.value))


def _known_source(record: SourceRecord) -> SourceRecord:
    """The source, if it can be one; options that this program does not know are not taken over."""
    place = record.location
    if not (is_address(place) or Path(place).is_absolute()) or not place.isprintable():
        raise ValueError(f"no source can be at {place[:60]!r}")
    known = any(chosen.name == record.format for chosen in FORMATS)
    return record if known else replace(record, format="")
