"""What a process took, and what calls took."""

from __future__ import annotations

import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Self

PYTHON = sys.executable
BLOGSEARCH = str(Path(sys.executable).with_name("blogsearch"))
_GLANCES = 0.1
"""Seconds between looks at the memory of a process and its children: looking itself takes time."""
_NO_FILE = ("RssAnon", "RssShmem")


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
    """Looks again and again at how much memory a process and those it started have together, in bytes."""

    def __init__(self, process: int) -> None:
        super().__init__(daemon=True)
        self.peak = 0
        self._process = process
        self._ended = threading.Event()

    def run(self) -> None:
        while not self._ended.wait(_GLANCES):
            self.peak = max(self.peak, sum(map(own_memory, family(self._process))))

    def end(self) -> None:
        """Stop looking."""
        self._ended.set()
        self.join()


def family(process: int) -> list[int]:
    """A process and all that it started, and they; what has ended meanwhile is left out. Linux only."""
    started = []
    for task in Path(f"/proc/{process}/task").glob("*/children"):
        with suppress(FileNotFoundError, ProcessLookupError):
            started += [int(child) for child in task.read_text("ascii").split()]
    return [process, *(member for child in started for member in family(child))]


def own_memory(process: int | str = "self") -> int:
    """Bytes of a process that no file backs; 0 where it has ended.

    Linux only: it tells apart what the system can take back, because a file has it. What processes share is
    counted for each.
    """
    try:
        return memory_in(Path(f"/proc/{process}/status").read_text("utf-8"))
    except (FileNotFoundError, ProcessLookupError):
        return 0


def memory_in(status: str) -> int:
    """The bytes that no file backs, in the text of a process's `status`; one that is ending has none."""
    sizes = dict(line.split(":", 1) for line in status.splitlines())
    return 1024 * sum(int(sizes[kind].split()[0]) for kind in _NO_FILE if kind in sizes)
