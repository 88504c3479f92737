"""Bring the store and the index to what sources hold: the part of an import that needs the lock."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial

from indexer.dead_letter import write_dead_letters
from indexer.formats import FORMATS
from indexer.formats.format import Format
from indexer.input import Input
from indexer.live.catch import Catch
from indexer.live.feed_report import FeedReport, Outcome
from indexer.live.schedule import Clock, failed
from indexer.normalise.batch import batches
from indexer.options import Options
from indexer.reader import Reader
from indexer.recalling import prepared, remember
from indexer.record import ORPHAN
from indexer.report import Counts, Report, SourceReport
from indexer.steps import Steps
from indexer.workers import Workers, suitable_jobs
from search.engine import Candidate
from search.errors import IndexUnwritable, SourceError, TooManySkipped, UnknownFormat
from search.expectations import Broken
from search.history import FeedState, ImportRecord
from search.layout import dead_letter_file
from search.store import Staging
from search.writer import ArchiveWriter


class Import:
    """One run, by the holder of the archive's lock.

    `failures` are the states, by location, of feeds that were fetched and could not be imported.
    """

    def __init__(self, writer: ArchiveWriter, options: Options, steps: Steps, clock: Clock) -> None:
        self._writer = writer
        self._options = options
        self._steps = steps
        self._clock = clock
        self._started = time.monotonic()
        self._known = {record.location for record in writer.sources()}
        self._broken: tuple[Broken, ...] = ()
        self.failures: dict[str, FeedState] = {}

    def run(
        self,
        inputs: Sequence[Input],
        catches: Sequence[Catch] = (),
        *,
        warnings: tuple[str, ...] = (),
        earlier: tuple[SourceReport, ...] = (),
    ) -> Report:
        """Import files and folders, then what was fetched, as a whole.

        `earlier` are reports of the same run, whose unreadable records stay listed.
        """
        size = sum(source.size for source in inputs) + sum(catch.size for catch in catches)
        with Workers(self._options.jobs or suitable_jobs(size), "indexer.preloaded") as workers:
            read = list(map(partial(self._source, workers), inputs))
            fetched = list(map(partial(self._caught, workers), catches))
        reports = (*read, *(report for report, _ in fetched if report))
        feeds = tuple(feed for _, feed in fetched if feed)
        report = self._report(reports, feeds, warnings)
        asked_for = reports or self._options.rebuild
        self._publish(ImportRecord(datetime.now(UTC), report.as_history()) if asked_for else None)
        warnings += tuple(f"not as expected, {each}" for each in self._broken)
        warnings += self._note_skipped((*earlier, *reports))
        return self._report(reports, feeds, warnings)

    def _caught(self, workers: Workers, catch: Catch) -> tuple[SourceReport | None, FeedReport | None]:
        """Import what was fetched of one source, and remember what is to be remembered of it."""
        report, outcome, state = None, catch.outcome, catch.state
        if catch.documents:
            try:
                report = self._source(workers, catch.input())
            except SourceError as error:
                if catch.required:
                    raise
                outcome = Outcome.FAILED
                if state and catch.before:
                    state = failed(replace(catch.before, history=state.history), error, self._clock)
                    self.failures[state.location] = state
        if report is None:
            self._writer.stage(catch.record)  # so that it is known, and asked again
        if catch.trouble:
            report = SourceReport(catch.record.location, warnings=(catch.trouble,))
        if state is None:
            return report, None
        if state == catch.before:  # it was not asked
            return report, FeedReport(state.location, outcome, next=state.next_fetch)
        self._writer.put_feed(state)
        new = report.changes.added if report else 0
        return report, FeedReport(state.location, outcome, new, state.next_fetch, state.note)

    def _source(self, workers: Workers, source: Input) -> SourceReport:
        """Read one source and bring the store to what it holds."""
        record = source.record
        reader, staging, read = self._staged(workers, source, recall=not self._options.rebuild)
        if not staging.is_confirmed():
            reader, staging, read = self._staged(workers, source, recall=False)
        skipped = (*reader.skipped, *reader.unknown)
        report = SourceReport(
            record.location, reader.files, reader.ignored, read, dict(reader.left_out), skipped=skipped
        )
        if not self._options.force:
            self._check(reader, report)
        return self._applied(source, reader, report, staging)

    def _staged(self, workers: Workers, source: Input, *, recall: bool) -> tuple[Reader, Staging, Counts]:
        """All that is published in the source is staged; `recall` spares what came of it the last time."""
        record = source.record
        self._steps.reading(source.name or record.location, source.size)
        formats = (source.format,) if source.format else _formats(record.format)
        reader = Reader(source, formats, self._steps, self._options.data)
        staging = self._writer.stage(record)
        return reader, staging, _stage(reader, source, staging, workers, recall=recall)

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

    def _applied(self, source: Input, reader: Reader, report: SourceReport, staging: Staging) -> SourceReport:
        """The report with what the source changed in the store."""
        unsure = bool(reader.skipped) or not report.records or self._lost(reader)
        changes = staging.apply(keep_missing=self._options.keep_missing or unsure)
        if unsure and not self._options.keep_missing and report.location in self._known:
            reader.notices.add(f"{report.location}: nothing was removed, as not all of it could be read")
        if changes.duplicates and not source.only_adds:  # pages of an archive overlap
            came = "record came" if changes.duplicates == 1 else "records came"
            reader.notices.add(
                f"{report.location}: {changes.duplicates:,} {came} more than once;"
                " the latest version of each was kept"
            )
        left_out = dict(report.left_out) | ({ORPHAN: changes.orphans} if changes.orphans else {})
        return replace(report, changes=changes, left_out=left_out, warnings=reader.notices.texts())

    def _lost(self, reader: Reader) -> bool:
        """Whether a file that no format knows may be one that was read before, and is damaged now."""
        files = [record.source for record in reader.unknown]
        return bool(files) and self._writer.may_come_from(reader.location, files)

    def _publish(self, record: ImportRecord | None) -> None:
        try:
            self._writer.publish(
                record,
                rebuild=self._options.rebuild,
                progress=self._steps.indexing,
                confirm=self._confirm,
            )
        except OSError as error:
            raise IndexUnwritable(
                f"the index could not be written ({error.strerror or error}), so nothing was changed"
            ) from error

    def _confirm(self, candidate: Candidate) -> None:
        """Refuse a generation in which searches do not find what they should; with `force`, remember them."""
        expected = self._options.expected
        before = self._writer.search if self._writer.generation else None
        self._broken = tuple(expected.broken(candidate.search, self._writer.named, before))
        if self._broken and not self._options.force:
            raise expected.refused(self._broken)

    def _note_skipped(self, reports: Sequence[SourceReport]) -> tuple[str, ...]:
        """Write the dead-letter file; returns a warning where that fails, as all else is done by now."""
        try:
            write_dead_letters(self._options.data, reports)
        except OSError as error:
            path = dead_letter_file(self._options.data)
            return (f"{path} could not be written: {error.strerror or error}",)
        return ()

    def _report(
        self, reports: tuple[SourceReport, ...], feeds: tuple[FeedReport, ...], warnings: tuple[str, ...]
    ) -> Report:
        counts = self._writer.counts()
        archive = Counts(counts.posts, counts.comments)
        seconds = time.monotonic() - self._started
        return Report(self._writer.generation, seconds, archive, reports, warnings, feeds)


def _formats(name: str) -> tuple[Format, ...]:
    """The formats to try: all, or the one the user named, which then takes everything for its own."""
    if not name:
        return FORMATS
    if named := next((format_ for format_ in FORMATS if format_.name == name), None):
        return (replace(named, sniff=lambda _: True),)
    raise UnknownFormat(f"{name!r} is not a format; there are {', '.join(f.name for f in FORMATS)}")


def _stage(reader: Reader, source: Input, staging: Staging, workers: Workers, *, recall: bool) -> Counts:
    """Stage everything published in the source; returns how much that is."""
    posts = comments = 0
    known = staging.recollection if recall else None
    for done in prepared(workers, batches(reader.items()), known, source.record.blog, source.blog):
        staging.put_posts(done.posts)
        staging.put_comments(done.comments)
        remember(staging.recollection, done)
        posts, comments = posts + len(done.posts), comments + len(done.comments)
        reader.left_out.update(done.left_out)
        for message, count in done.warnings.items():
            reader.notices.add(message, count=count)
    return Counts(posts, comments)
