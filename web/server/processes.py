"""Several processes that do the same work, for as long as it is wanted.

SIGTERM and SIGINT end it once what was begun is done, a second one at once. SIGHUP puts a new process in the
place of each, one after another, and each is told to end only when the new one answers.
"""

from __future__ import annotations

import logging
import time
from collections import deque
from collections.abc import Callable, Iterable
from signal import Signals
from typing import Final

from search.errors import CannotServe
from web.server.process import Life, Process, Work
from web.server.signals import Inbox, terminal

SETTLED = 10.0
"""Seconds a process must have lived to be replaced at once: one that dies sooner may well die again."""

LONGEST_WAIT: Final = 30.0
"""Seconds until another is begun, at most, however many died before they had settled."""

LOOK = 1.0
"""Seconds from one look at the processes to the next."""

_SOON: Final = 0.05
_log = logging.getLogger(__name__)


def supervise(work: Work, count: int, *, megabytes: int = 0, stop: Callable[[], None] = lambda: None) -> None:
    """Do the work in `count` processes until told to stop.

    One that dies is replaced, one that hangs is killed and replaced, and one that has more than so many
    `megabytes` of its own (0 is any number) is replaced by one that answers already when it is told to end.
    `stop` is called when it is told to stop, before the processes are. Raises `CannotServe` where the work
    does not even begin.
    """
    life = Life()
    ending = (Signals.SIGTERM, Signals.SIGINT)
    try:
        with Inbox(*ending, Signals.SIGHUP, Signals.SIGCHLD) as inbox:
            _Supervisor(work, inbox, life, megabytes, stop).run(count)
    finally:
        life.close()


def pause(deaths: int) -> float:
    """Seconds until another is begun after so many, one after the other, died before they had settled."""
    return min(LONGEST_WAIT, 0.25 * 2.0 ** min(deaths, 10)) if deaths else 0.0


class _Supervisor:
    def __init__(
        self, work: Work, inbox: Inbox, life: Life, megabytes: int, stop: Callable[[], None]
    ) -> None:
        self._work, self._inbox, self._life = work, inbox, life
        self._megabytes = megabytes
        self._before_stopping = stop
        self._alive: dict[int, Process] = {}
        self._due: list[float] = []  # when others are to begin in the place of those that died
        self._outdated: deque[Process] = deque()  # to be replaced, one after another
        self._successor: Process | None = None  # of the first of these
        self._deaths = 0  # in a row, of processes that had not settled
        self._looked = time.monotonic()
        self._answered = self._failed = self._stopping = False
        self._terminal = terminal()

    def run(self, count: int) -> None:
        for _ in range(count):
            self._begin()
        while self._alive or self._due:
            self._heed(self._inbox.wait(self._next()))
            self._bury()
            self._look()
            self._renew()
            self._begin_due()
        if self._failed:
            raise CannotServe("a process of the server ended before it answered; what it said is above")

    def _next(self) -> float:
        """Seconds until something may have to be done that no signal tells of."""
        if self._successor or not self._answered:
            return _SOON
        return max(0.0, min([LOOK, *(due - time.monotonic() for due in self._due)]))

    def _heed(self, signals: Iterable[Signals]) -> None:
        for number in signals:
            match number:
                case Signals.SIGHUP if terminal() == self._terminal:
                    self._outdated.extend(each for each in self._alive.values() if self._is_current(each))
                case Signals.SIGTERM | Signals.SIGINT | Signals.SIGHUP:
                    self._stop()
                case _:
                    pass  # SIGCHLD: the dead are looked for in any case

    def _is_current(self, process: Process) -> bool:
        return process.told is None and process is not self._successor and process not in self._outdated

    def _begin(self) -> Process:
        process = Process.begin(self._work, self._inbox, self._life)
        self._alive[process.number] = process
        return process

    def _begin_due(self) -> None:
        now = time.monotonic()
        for due in [due for due in self._due if due <= now]:
            self._due.remove(due)
            self._begin()

    def _bury(self) -> None:
        self._answered = self._answered or any(process.pulse.beats for process in self._alive.values())
        for process in list(self._alive.values()):
            if (code := process.ended()) is not None:
                del self._alive[process.number]
                if process.told is None and not self._stopping:
                    self._replace(process, code)

    def _replace(self, process: Process, code: int) -> None:
        """Begin another for one that died; not too soon where one after another does."""
        _log.error("process %d of the server ended with %d", process.number, code)
        if not self._answered:
            self._failed = True
            self._stop()
        elif process is self._successor:
            _log.error("those that it was to replace stay")
            self._successor = None
            self._outdated.clear()
        elif self._successor and process is self._outdated[0]:
            self._outdated.popleft()
            self._successor = None
        else:
            if process in self._outdated:
                self._outdated.remove(process)
            now = time.monotonic()
            self._deaths = 0 if now - process.began >= SETTLED else self._deaths + 1
            self._due.append(now + pause(self._deaths))

    def _look(self) -> None:
        """Once a second: find those that hang, and those that have grown too large."""
        now = time.monotonic()
        if now - self._looked < LOOK:
            return
        self._looked = now
        for process in self._alive.values():
            if wrong := process.look(now):
                _log.error("process %d of the server %s: it is killed", process.number, wrong)
                process.kill()
            elif self._has_grown(process, now):
                _log.warning(
                    "process %d of the server is replaced, as it takes %d MB of memory",
                    process.number,
                    process.pulse.megabytes,
                )
                self._outdated.append(process)

    def _has_grown(self, process: Process, now: float) -> bool:
        is_large = 0 < self._megabytes < process.pulse.megabytes
        return is_large and now - process.began >= SETTLED and self._is_current(process)

    def _renew(self) -> None:
        """Have a new process ready for the next outdated one, then let that end."""
        if not self._outdated:
            return
        if self._successor is None:
            self._successor = self._begin()
        elif self._successor.pulse.beats:
            self._outdated.popleft().tell_to_end()
            self._successor = None

    def _stop(self) -> None:
        if self._stopping:
            for process in self._alive.values():
                process.kill()
            return
        self._stopping = True
        self._before_stopping()
        self._due.clear()
        self._outdated.clear()
        self._successor = None
        for process in self._alive.values():
            process.tell_to_end()
