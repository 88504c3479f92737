"""Read sources, store what is new or changed, publish a generation of the index, and report."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import assert_never

from indexer.blog_name import blog_name
from indexer.dead_letter import write_dead_letters
from indexer.formats import FORMATS
from indexer.formats.format import Format
from indexer.normalise.batch import batches, normalise
from indexer.normalise.normaliser import LeftOut
from indexer.reader import Reader
from indexer.record import ORPHAN
from indexer.report import Counts, Report, SourceReport
from indexer.source import total_bytes, walk
from indexer.steps import NoSteps, Steps
from indexer.workers import Workers, suitable_jobs
from search.engine import MEGABYTES
from search.errors import (
    IndexUnwritable,
    NoSources,
    SourceNotFound,
    SourceRefused,
    TooManySkipped,
    UnknownFormat,
)
from search.history import ImportRecord, SourceRecord
from search.layout import dead_letter_file, store_file
from search.model import Comment, Post
from search.store import Staging
from search.writer import ArchiveWriter, open_for_writing


@dataclass(frozen=True, slots=True)
class Options:
    """How to import; the words are those of the command line. `jobs` 0 is as many as suit the size.

    `memory` is how many megabytes indexing takes at most.
    """

    data: Path
    format: str = ""
    blog: str = ""
    rebuild: bool = False
    jobs: int = 0
    memory: int = MEGABYTES
    keep_missing: bool = False
    force: bool = False
    wait: bool = False


def reindex(sources: Sequence[str], options: Options, steps: Steps | None = None) -> Report:
    """Import the sources, or read again every known one where none is given.

    With `rebuild` and no source nothing is read, and the index is built anew from the store. After an
    error nothing is stored: raises `NoSources`, `ArchiveLocked`, `StoreUnreadable` and every other
    `SourceError`.
    """
    started = time.monotonic()
    for source in sources:
        _check_location(source)
    if not sources and not store_file(options.data).is_file():
        raise NoSources(f"nothing was imported into {options.data} yet: name the files or folders to read")
    opened = open_for_writing(
        options.data, wait=options.wait, jobs=options.jobs or None, megabytes=options.memory
    )
    with opened as writer:
        return _Import(writer, options, steps or NoSteps(), started).run(sources)


def _check_location(source: str) -> None:
    """Raise a `SourceError` for what cannot be a source, before anything is read or created."""
    if not source:
        raise SourceNotFound("a source without a name was given")
    if any("\ud800" <= character <= "\udfff" for character in source):
        raise SourceRefused(f"{source}: its name is not UTF-8, so it could not be remembered; rename it")
    walk(source)


class _Import:
    """One run, by the holder of the archive's lock."""

    def __init__(self, writer: ArchiveWriter, options: Options, steps: Steps, started: float) -> None:
        self._writer = writer
        self._options = options
        self._steps = steps
        self._started = started
        self._known = {record.location: record for record in writer.sources()}

    def run(self, sources: Sequence[str]) -> Report:
        if not sources and not self._known:
            raise NoSources(f"{self._options.data} knows no sources yet: name the files or folders to read")
        chosen, warnings = self._named(sources) if sources else self._known_ones()
        sizes = [total_bytes(record.location) for record in chosen]
        with Workers(self._options.jobs or suitable_jobs(sum(sizes))) as workers:
            reports = tuple(map(partial(self._source, workers), chosen, sizes))
        self._writer.commit(ImportRecord(datetime.now(UTC), self._report(reports, warnings).as_history()))
        write_dead_letters(self._options.data, reports)
        self._publish()
        return self._report(reports, warnings)

    def _named(self, sources: Sequence[str]) -> tuple[list[SourceRecord], tuple[str, ...]]:
        """The sources the user names, with the options they were imported with before, if any."""
        chosen = {}
        for source in sources:
            location = os.path.abspath(source)  # noqa: PTH100 - keeps links, unlike resolve; drops "..", unlike absolute
            before = self._known.get(location, SourceRecord(location))
            format_name, blog = self._options.format or before.format, self._options.blog or before.blog
            chosen[location] = SourceRecord(location, format_name, blog)
        return list(chosen.values()), ()

    def _known_ones(self) -> tuple[list[SourceRecord], tuple[str, ...]]:
        """The known sources that are still there, and a warning for each of the others."""
        if self._options.rebuild:
            return [], ()
        present = [record for record in self._known.values() if Path(record.location).exists()]
        if not present:
            raise SourceNotFound(f"no known source is there any more: {', '.join(self._known)}")
        gone = [record.location for record in self._known.values() if record not in present]
        return present, tuple(f"{location} is not there any more; its posts are kept" for location in gone)

    def _source(self, workers: Workers, record: SourceRecord, size: int) -> SourceReport:
        """Read one source of `size` bytes and bring the store to what it holds."""
        self._steps.reading(Path(record.location).name, size)
        reader = Reader(record.location, _formats(record.format), self._steps, self._options.data)
        staging = self._writer.stage(record)
        read = _stage(reader, record, staging, workers)
        skipped = (*reader.skipped, *reader.unknown)
        report = SourceReport(
            record.location, reader.files, reader.ignored, read, dict(reader.left_out), skipped=skipped
        )
        if not self._options.force:
            self._check(reader, report)
        return self._applied(reader, report, staging)

    def _check(self, reader: Reader, report: SourceReport) -> None:
        """Raise `TooManySkipped` for a source that is mostly unreadable.

        Files of no known format are no sign of damage, and a lone bad record never stops an import.
        """
        skipped, records = len(reader.skipped), report.records - len(reader.unknown)
        if skipped == records > 0 or (skipped > 1 and skipped * 10 > records):
            write_dead_letters(self._options.data, [report])
            first = reader.skipped[0]
            others = "" if skipped == records else "; --force imports the others"
            raise TooManySkipped(
                f"{report.location}: {skipped:,} of {records:,} records could not be read, so nothing was"
                f" changed. The first: {first}. All are in {dead_letter_file(self._options.data)}{others}"
            )

    def _applied(self, reader: Reader, report: SourceReport, staging: Staging) -> SourceReport:
        """The report with what the source changed in the store."""
        unsure = bool(report.skipped) or not report.records
        changes = staging.apply(keep_missing=self._options.keep_missing or unsure)
        if unsure and not self._options.keep_missing and report.location in self._known:
            reader.notices.add(f"{report.location}: nothing was removed, as not all of it could be read")
        if changes.duplicates:
            came = "record came" if changes.duplicates == 1 else "records came"
            reader.notices.add(
                f"{report.location}: {changes.duplicates:,} {came} more than once;"
                " the latest version of each was kept"
            )
        left_out = dict(report.left_out) | ({ORPHAN: changes.orphans} if changes.orphans else {})
        return replace(report, changes=changes, left_out=left_out, warnings=reader.notices.texts())

    def _publish(self) -> None:
        try:
            self._writer.publish(rebuild=self._options.rebuild, progress=self._steps.indexing)
        except KeyboardInterrupt:
            raise KeyboardInterrupt(
                "interrupted; what was read is stored, and the next reindex makes it searchable"
            ) from None
        except OSError as error:
            raise IndexUnwritable(
                f"the index could not be written ({error.strerror or error}), so searches find what they"
                " found before; what was read is stored, and the next reindex makes it searchable"
            ) from error

    def _report(self, reports: tuple[SourceReport, ...], warnings: tuple[str, ...]) -> Report:
        counts = self._writer.counts()
        archive = Counts(counts.posts, counts.comments)
        seconds = time.monotonic() - self._started
        return Report(self._writer.generation, seconds, archive, reports, warnings)


def _formats(name: str) -> tuple[Format, ...]:
    """The formats to try: all, or the one the user named, which then takes everything for its own."""
    if not name:
        return FORMATS
    if named := next((format_ for format_ in FORMATS if format_.name == name), None):
        return (replace(named, sniff=lambda _: True),)
    raise UnknownFormat(f"{name!r} is not a format; there are {', '.join(f.name for f in FORMATS)}")


def _stage(reader: Reader, record: SourceRecord, staging: Staging, workers: Workers) -> Counts:
    """Stage everything published in the source; returns how much that is."""
    posts = comments = 0
    work = partial(normalise, record.blog, blog_name(record.location))
    for batch in workers.map(work, batches(reader.items())):
        for outcome in batch.outcomes:
            match outcome.value:
                case Post() as post:
                    staging.put_post(post, complete=outcome.complete)
                    posts += 1
                case Comment() as comment:
                    staging.put_comment(comment, complete=outcome.complete)
                    comments += 1
                case LeftOut() as left_out:
                    reader.left_out[left_out.reason] += 1
                case _:
                    assert_never(outcome.value)
        for message, count in batch.warnings.items():
            reader.notices.add(message, count=count)
    return Counts(posts, comments)
