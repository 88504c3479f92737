"""What is being measured now, for whoever waits."""

from __future__ import annotations

import sys
import time

_STARTED = time.monotonic()


def say(what: str) -> None:
    """One line on standard error, with the seconds since the start."""
    print(f"{time.monotonic() - _STARTED:7.0f} s  {what}", file=sys.stderr, flush=True)
