"""Workers that only live or die, supervised in a hurry: `python -m tests.web.server.supervised HOW`.

Each prints what happens to it and its number. It looks a hundred times a second.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable

from web.server import process, processes
from web.server.processes import supervise
from web.server.pulse import Pulse


def say(what: str) -> None:
    os.write(1, f"{what} {os.getpid()}\n".encode())  # in one piece, from whichever process


def live(pulse: Pulse, megabytes: int = 1) -> None:
    """Beat until told to end."""
    told: list[int] = []
    signal.signal(signal.SIGTERM, lambda number, _: told.append(number))
    pulse.beat(megabytes)
    say("lives")
    while not told:
        time.sleep(0.005)
        pulse.beat(megabytes)
    say("ends")


def hang(pulse: Pulse) -> None:
    """Beat once, and never do anything again."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    pulse.beat(1)
    say("hangs")
    while True:
        time.sleep(60)


def die(pulse: Pulse) -> None:
    """Beat once, and die."""
    pulse.beat(1)
    say("dies")
    time.sleep(0.06)
    os._exit(7)


def grow(pulse: Pulse) -> None:
    """Be too large, unless another was before."""
    live(pulse, 500 if _is_first() else 1)


def hang_first(pulse: Pulse) -> None:
    """Hang, unless another did before."""
    (hang if _is_first() else live)(pulse)


def fail_later(pulse: Pulse) -> None:
    """Live, unless another lived before; then end before it answers."""
    if _is_first():
        live(pulse)
    else:
        say("fails")


_MARK = os.pipe()  # with one byte, which the first of them takes
os.set_blocking(_MARK[0], False)
os.write(_MARK[1], b"1")


def _is_first() -> bool:
    try:
        return bool(os.read(_MARK[0], 1))
    except BlockingIOError:
        return False


HOW: dict[str, Callable[[Pulse], None]] = {
    work.__name__: work for work in (live, die, grow, hang_first, fail_later)
}


def main(how: str, count: int) -> None:
    process.SILENCE = 10
    processes.SETTLED, processes.LOOK = 0.05, 0.01
    say("supervises")
    supervise(HOW[how], count, megabytes=100, stop=lambda: say("stops"))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
