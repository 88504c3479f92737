"""Signals that are asked for instead of interrupting what is half done."""

from __future__ import annotations

import os
import select
import signal
from collections.abc import Callable
from signal import Signals
from types import FrameType, TracebackType
from typing import Any, Self


class Inbox:
    """Some signals of this process, as its main thread asks for them. A context manager.

    Python writes the number of each that comes into a pipe, in the instant that it comes, so that none is
    overlooked between two looks at it ("the self-pipe trick", https://cr.yp.to/docs/selfpipe.html).
    """

    def __init__(self, *numbers: Signals) -> None:
        self._numbers = numbers
        self._before: dict[Signals, Any] = {}

    def __enter__(self) -> Self:
        self._come, self._go = os.pipe()
        os.set_blocking(self._come, False)
        os.set_blocking(self._go, False)
        signal.set_wakeup_fd(self._go, warn_on_full_buffer=False)
        # What was ignored from the beginning, as `nohup` has it, stays so.
        self._numbers = tuple(each for each in self._numbers if signal.getsignal(each) is not signal.SIG_IGN)
        self._before = {number: signal.signal(number, _passed_on) for number in self._numbers}
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)
        self._leave()

    def _leave(self) -> None:
        signal.set_wakeup_fd(-1)
        os.close(self._come)
        os.close(self._go)

    def wait(self, seconds: float) -> list[Signals]:
        """Those that came since this was last asked; waits for the first one for so long at most."""
        ready, _, _ = select.select([self._come], [], [], seconds)
        return [Signals(number) for number in os.read(self._come, 4096)] if ready else []

    def fork(self, work: Callable[[], None]) -> int:
        """A new process that does the work, in which signals do what they do by default; gives its number.

        A signal that is sent to it at once waits until that is so: it never arrives here.
        """
        signal.pthread_sigmask(signal.SIG_BLOCK, self._numbers)
        process = os.fork()
        if not process:
            self._leave()
            for number in self._numbers:
                signal.signal(number, signal.SIG_DFL)
            signal.pthread_sigmask(signal.SIG_UNBLOCK, self._numbers)
            work()  # which does not return
        signal.pthread_sigmask(signal.SIG_UNBLOCK, self._numbers)
        return process


def terminal() -> bool:
    """Whether this process has a terminal. One that was closed is lost, with a SIGHUP like any other."""
    try:
        os.close(os.open("/dev/tty", os.O_RDONLY | os.O_NOCTTY))
    except OSError:
        return False
    return True


def _passed_on(_signal: int, _frame: FrameType | None) -> None:
    """Nothing is left to do: the number is in the pipe."""
