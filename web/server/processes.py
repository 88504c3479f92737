"""Several processes that do the same work, for as long as it is wanted."""

from __future__ import annotations

import logging
import os
import signal
import sys
import time
import traceback
from collections.abc import Callable
from types import FrameType
from typing import NoReturn

import click

from search.errors import BlogsearchError, CannotServe

SHORTEST_LIFE = 1.0
"""Seconds a process must have lived to be replaced: one that dies at once would die again."""

_STOPS = frozenset({signal.SIGTERM, signal.SIGINT})
_log = logging.getLogger(__name__)


def supervise(work: Callable[[], None], count: int) -> None:
    """Do the work in `count` processes until told to stop; a process that dies is replaced.

    The work begins without any thread or open file of this process but those it was given, and ends in
    its own time when told to (SIGTERM). Raises `CannotServe` where it does not even begin.
    """
    _Supervisor(work).run(count)


class _Supervisor:
    def __init__(self, work: Callable[[], None]) -> None:
        self._work = work
        self._began: dict[int, float] = {}
        self._stopping = False

    def run(self, count: int) -> None:
        before = {stop: signal.signal(stop, self._stop) for stop in _STOPS}
        try:
            for _ in range(count):
                self._start()
            self._replace_the_dead()
        finally:
            for stop, handler in before.items():
                signal.signal(stop, handler)

    def _replace_the_dead(self) -> None:
        failed = False
        while self._began:
            process, status = os.wait()
            lived = time.monotonic() - self._began.pop(process)
            if self._stopping:
                continue
            _log.error("process %d ended with %d", process, os.waitstatus_to_exitcode(status))
            if lived < SHORTEST_LIFE:
                failed = True
                self._stop()
            else:
                self._start()
        if failed:
            raise CannotServe("a process of the server ended as soon as it had begun; what it said is above")

    def _start(self) -> None:
        # Until the process is noted down, a signal to stop would pass it over.
        signal.pthread_sigmask(signal.SIG_BLOCK, _STOPS)
        if not self._stopping:  # since it was last looked at
            process = os.fork()
            if not process:
                self._be_one()
            self._began[process] = time.monotonic()
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _STOPS)

    def _be_one(self) -> NoReturn:
        """Do the work, in a new process; what follows a return is this process's end, not its parent's."""
        code = 1
        try:
            signal.signal(signal.SIGTERM, signal.SIG_DFL)
            signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches all; the parent passes it on
            signal.pthread_sigmask(signal.SIG_UNBLOCK, _STOPS)
            self._work()
            code = 0
        except SystemExit:  # told to end before it listened
            code = 0
        except BlogsearchError as error:
            click.echo(f"blogsearch: {error}", err=True)
        finally:
            if bug := sys.exc_info()[1]:
                traceback.print_exception(bug)
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(code)

    def _stop(self, _signal: int = 0, _frame: FrameType | None = None) -> None:
        self._stopping = True
        for process in self._began:
            os.kill(process, signal.SIGTERM)
