"""How much a process uses, as Linux tells it of any process of the same user (proc_pid_statm(5))."""

from __future__ import annotations

import os
from pathlib import Path

_PROCESSES = Path("/proc")


def resident_bytes(process: int) -> int | None:
    """How much memory it has, shared memory and mapped files included; None where nobody says."""
    try:
        pages = (_PROCESSES / str(process) / "statm").read_text(encoding="ascii").split()[1]
    except OSError:
        return None
    return int(pages) * os.sysconf("SC_PAGE_SIZE")


def open_files(process: int) -> int | None:
    """How many files and connections it has open; None where nobody says."""
    try:
        return sum(1 for _ in (_PROCESSES / str(process) / "fd").iterdir())
    except OSError:
        return None
