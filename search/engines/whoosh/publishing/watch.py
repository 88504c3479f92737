"""A thread that opens the next generation before anybody is answered from it.

Whoever is first to ask a new generation would wait until every byte of it was verified, and until what many
searches need was made of it.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from types import TracebackType
from typing import Final, Self

from search.engines.whoosh.publishing.attendance import Attendance
from search.engines.whoosh.publishing.generations import Generations
from search.engines.whoosh.publishing.serving import Serving
from search.engines.whoosh.publishing.snapshot import Snapshot

EVERY: Final = 0.05
"""Seconds from one look to the next, which is a question or two to the system."""


class Watch:
    """Watches a folder of generations for a process that serves, as long as the `with` block lasts."""

    def __init__(self, generations: Generations, serving: Serving, warm: Callable[[Snapshot], None]) -> None:
        """`warm` is called with what was opened, before it answers."""
        self._generations = generations
        self._serving = serving
        self._warm = warm
        self._attendance = Attendance(generations.folder)
        self._prepared = ""
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, name="watch", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ended.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._ended.is_set():
            with suppress(OSError):  # whoever asks the archive is told
                self.look()
            self._ended.wait(EVERY)
        self._attendance.leave()

    def look(self) -> None:
        """Prepare what is announced, if something is, and let the writer go on; else take up what was."""
        announced = self._generations.announced_name()
        if not announced:
            self._attendance.attend()
            self._serving.take_up()
        elif announced != self._prepared:
            self._serving.prepare(announced, self._warm)
            self._attendance.leave()
        self._prepared = announced
