"""What a process took, and what calls took."""

from __future__ import annotations

import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import psutil

PYTHON = sys.executable
BLOGSEARCH = str(Path(sys.executable).with_name("blogsearch"))
_GLANCES = 0.05
"""Seconds between looks at the memory of a process and its children."""
_NO_FILE = ("Pss_Anon:", "Pss_Shmem:")


@dataclass(frozen=True, slots=True)
class ProcessCost:
    """What a process and its children took: seconds on the clock, peak megabytes with mapped files aside."""

    seconds: float
    peak_mb: float
    output: str


@dataclass(frozen=True, slots=True)
class Latency:
    """Milliseconds over many calls: the middle one, and the slowest of a hundred."""

    p50: float
    p99: float

    @classmethod
    def of(cls, milliseconds: Sequence[float]) -> Self:
        """Summarise at least two calls."""
        hundredths = statistics.quantiles(milliseconds, n=100, method="inclusive")
        return cls(hundredths[49], hundredths[98])


def run_process(command: Sequence[str]) -> ProcessCost:
    """Run a command to its end; raises `CalledProcessError` when it fails."""
    started = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None  # noqa: S101 - a pipe was asked for
        watch = _Watch(process.pid)
        watch.start()
        output = process.stdout.read()
        watch.end()
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    # Not the system's own record of the peak: a child's begins with what its parent had.
    return ProcessCost(time.perf_counter() - started, watch.peak / 1e6, output)


class _Watch(threading.Thread):
    """Looks again and again at how much memory a process and its children have together, in bytes."""

    def __init__(self, process: int) -> None:
        super().__init__(daemon=True)
        self.peak = 0
        self._process = process
        self._ended = threading.Event()

    def run(self) -> None:
        while not self._ended.wait(_GLANCES):
            try:
                self.peak = max(self.peak, _family_memory(psutil.Process(self._process)))
            except psutil.NoSuchProcess:
                continue  # a child ended between being listed and being looked at

    def end(self) -> None:
        """Stop looking."""
        self._ended.set()
        self.join()


def own_memory(process: int | str = "self") -> int:
    """Bytes of a process that no file backs, with its part of what it shares; 0 where it has ended.

    Linux only: `/proc/<pid>/smaps_rollup` tells apart what the system can take back, because a file has it.
    """
    try:
        return memory_in(Path(f"/proc/{process}/smaps_rollup").read_text("ascii"))
    except (FileNotFoundError, ProcessLookupError):
        return 0


def memory_in(rollup: str) -> int:
    """The bytes that no file backs, in the text of a `smaps_rollup`."""
    sizes = dict(line.split()[:2] for line in rollup.splitlines()[1:])
    return 1024 * sum(int(sizes[kind]) for kind in _NO_FILE)


def _family_memory(process: psutil.Process) -> int:
    """Bytes of a process and its children, what they share counted once."""
    return sum(own_memory(member.pid) for member in (process, *process.children(recursive=True)))
