"""One process that works for this one: how it begins, what is seen of it, and how it ends."""

from __future__ import annotations

import logging
import os
import signal
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from threading import Thread
from typing import Final, NoReturn, TypeAlias

import click

from search.errors import BlogsearchError
from web.server.pulse import Pulse
from web.server.signals import Inbox

Work: TypeAlias = Callable[[Pulse], None]
"""What a process does until it is told to end (SIGTERM), beating its pulse from when it answers."""

SILENCE = 30
"""Looks at a process, one a second, in which it may show no sign of life."""

BEGINNING: Final = 300
"""The same until it answers, as a large archive on a slow disk takes its time."""

_log = logging.getLogger(__name__)

PATIENCE: Final = 35.0
"""Seconds until a process is gone that was told to end; it cuts off what takes too long itself, before."""


@dataclass(slots=True)
class Process:
    """A process that was begun at `began` and told to end at `told` (None before), in monotonic seconds."""

    number: int
    pulse: Pulse
    began: float
    told: float | None = None
    _beats: int = 0
    _silent: int = 0

    @classmethod
    def begin(cls, work: Work, inbox: Inbox, life: Life) -> Process:
        """Fork one that has no thread of this process, and ends when this process does, however that ends."""
        pulse = Pulse()
        number = inbox.fork(lambda: _be_one(work, pulse, life))
        return cls(number, pulse, time.monotonic())

    def look(self, now: float) -> str:
        """What is wrong with it, empty where nothing is; to be called once a second."""
        beats = self.pulse.beats
        self._silent = 0 if beats != self._beats else self._silent + 1
        self._beats = beats
        if self.told is not None and now - self.told > PATIENCE:
            return "did not end when it was told to"
        if self._silent > (SILENCE if beats else BEGINNING):
            return f"showed no sign of life for {self._silent} seconds"
        return ""

    def tell_to_end(self) -> None:
        """Have it finish what it has begun, and end."""
        if self.told is None:
            self.told = time.monotonic()
        self._send(signal.SIGTERM)

    def kill(self) -> None:
        """End it at once."""
        self._send(signal.SIGKILL)

    def ended(self) -> int | None:
        """With what it ended (as `subprocess` has it, a signal below 0), None while it lives."""
        found, status = os.waitpid(self.number, os.WNOHANG)
        return os.waitstatus_to_exitcode(status) if found else None

    def _send(self, number: signal.Signals) -> None:
        with suppress(ProcessLookupError):
            os.kill(self.number, number)


class Life:
    """A pipe that nobody writes to. It closes when the process that made it ends, even by SIGKILL."""

    def __init__(self) -> None:
        self._read, self._write = os.pipe()

    def close(self) -> None:
        """Let go of it, where it was made."""
        os.close(self._read)
        os.close(self._write)

    def follow(self) -> None:
        """In another process: be told to end when the first one has."""
        os.close(self._write)
        Thread(target=self._wait, daemon=True).start()

    def _wait(self) -> None:
        os.read(self._read, 1)
        os.kill(os.getpid(), signal.SIGTERM)


def _be_one(work: Work, pulse: Pulse, life: Life) -> NoReturn:
    """Do the work, in a new process; what follows a return is this process's end, not its parent's."""
    code = 1
    try:
        for passed_on in (signal.SIGINT, signal.SIGHUP):  # they reach all of a terminal; the parent decides
            signal.signal(passed_on, signal.SIG_IGN)
        life.follow()
        work(pulse)
        code = 0
    except BlogsearchError as error:
        click.echo(f"blogsearch: {error}", err=True)
    finally:
        if bug := sys.exc_info()[1]:
            _log.critical("a process of the server failed", exc_info=bug)
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)
