"""Whether a worker is well, as it knows itself."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Final

from web.server.gate import Gate
from web.server.pulse import Pulse

STUCK: Final = 30.0
"""Seconds, beside those that a search may take, until an answer will never be found."""

_OWN = Path("/proc/self/statm")
"""On Linux: pages of the program, those in memory, and those of these that files back or others share."""

_EVERY: Final = 1.0


class Heart:
    """Beats the pulse of its process as long as no request is worked at for too long."""

    def __init__(self, pulse: Pulse, gate: Gate, deadline: float) -> None:
        self._pulse, self._gate = pulse, gate
        self._longest = deadline + STUCK
        self._next = 0.0

    def beat(self) -> None:
        """To be called whenever there is time; most of the time it does nothing."""
        now = time.monotonic()
        if now >= self._next and self._gate.longest(now) < self._longest:
            self._next = now + _EVERY
            self._pulse.beat(own_megabytes())


def own_megabytes() -> int:
    """How much memory this process has that no file backs; 0 where the system does not say."""
    try:
        _, resident, shared, *_ = map(int, _OWN.read_text().split())
    except OSError:
        return 0
    return (resident - shared) * os.sysconf("SC_PAGESIZE") >> 20
