"""A run as a whole: files and what was fetched first, then the archives of feeds, portion by portion."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from indexer.importing import Import
from indexer.input import Input
from indexer.live.catch import Catch
from indexer.live.schedule import Clock
from indexer.live.session import Session
from indexer.options import Options
from indexer.report import Report, SourceReport
from indexer.steps import Steps
from search.writer import open_for_writing


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
        report = self._import_once(self.options, inputs, catches, warnings)
        options = replace(self.options, rebuild=False)
        while catches := session.older(catches):
            report = report.followed_by(self._import_once(options, (), catches, (), report.sources))
        return report

    def _import_once(
        self,
        options: Options,
        inputs: Sequence[Input],
        catches: Sequence[Catch],
        warnings: tuple[str, ...],
        earlier: tuple[SourceReport, ...] = (),
    ) -> Report:
        jobs = options.jobs or None
        opened = open_for_writing(options.data, wait=options.wait, jobs=jobs, megabytes=options.memory)
        with opened as writer:
            running = Import(writer, options, self.steps, self.clock)
            report = running.run(inputs, catches, warnings=warnings, earlier=earlier)
        for document in (document for catch in catches for document in catch.documents):
            document.forget()
        return report
