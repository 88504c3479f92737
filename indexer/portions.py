"""A run as a whole: files and what was fetched first, then the archives of feeds, portion by portion."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from indexer.importing import Import
from indexer.input import Input
from indexer.live.catch import Catch
from indexer.live.feed_report import Outcome
from indexer.live.schedule import Clock
from indexer.live.session import Session
from indexer.options import Options
from indexer.report import Report, SourceReport
from indexer.steps import Steps
from search.history import FeedState
from search.writer import open_for_writing

STAYS: Final = "interrupted; what was imported of archives so far is stored and searchable"


@dataclass(frozen=True, slots=True)
class Run:
    """How this run imports. The archive's lock is held while it does, and not while more is fetched."""

    options: Options
    steps: Steps
    clock: Clock

    def import_all(
        self,
        session: Session,
        inputs: Sequence[Input] = (),
        catches: Sequence[Catch] = (),
        warnings: tuple[str, ...] = (),
    ) -> Report:
        """Import all of it, and of archives all that the session finds; raises what `reindex` does."""
        report, catches = self._import_once(self.options, inputs, catches, warnings)
        # What was stored so far is worth more than the wish not to wait.
        options = replace(self.options, rebuild=False, wait=True)
        try:
            while catches := session.older(catches):
                more, catches = self._import_once(options, (), catches, (), report.sources)
                report = report.followed_by(more)
        except KeyboardInterrupt as interrupt:
            raise KeyboardInterrupt(str(interrupt) or STAYS) from None
        return report

    def _import_once(
        self,
        options: Options,
        inputs: Sequence[Input],
        catches: Sequence[Catch],
        warnings: tuple[str, ...],
        earlier: tuple[SourceReport, ...] = (),
    ) -> tuple[Report, Sequence[Catch]]:
        """The report, and the catches with what importing them showed."""
        jobs = options.jobs or None
        opened = open_for_writing(options.data, wait=options.wait, jobs=jobs, megabytes=options.memory)
        with opened as writer:
            running = Import(writer, options, self.steps, self.clock)
            report = running.run(inputs, catches, warnings=warnings, earlier=earlier)
        for document in (document for catch in catches for document in catch.documents):
            document.forget()
        return report, [_after(catch, running.failures) for catch in catches]


def _after(catch: Catch, failures: Mapping[str, FeedState]) -> Catch:
    """The catch, whose failure stays to be seen while its archive is followed."""
    state = failures.get(catch.record.location)
    return replace(catch, state=state, outcome=Outcome.FAILED) if state else catch
