"""Timing a command as a whole process, and a function many times."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class ProcessCost:
    """What a process took: wall-clock seconds and peak resident memory in megabytes."""

    seconds: float
    peak_mb: float
    output: str


PYTHON = sys.executable
BLOGSEARCH = str(Path(sys.executable).with_name("blogsearch"))


def run_process(command: Sequence[str]) -> ProcessCost:
    """Run a command to its end; raises `CalledProcessError` when it fails."""
    started = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None  # noqa: S101 - a pipe was asked for
        output = process.stdout.read()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return ProcessCost(time.perf_counter() - started, usage.ru_maxrss / 1024, output)


@dataclass(frozen=True, slots=True)
class Latency:
    """Milliseconds over many calls: the middle one, and the slowest of a hundred."""

    p50: float
    p99: float


def latency(calls: Sequence[Callable[[], object]], rounds: int) -> Latency:
    """Time every call `rounds` times, all of them in turn, after one round that does not count."""
    times = []
    for number in range(rounds + 1):
        for call in calls:
            started = time.perf_counter()
            call()
            if number:
                times.append((time.perf_counter() - started) * 1000)
    return Latency(statistics.median(times), statistics.quantiles(times, n=100)[98])
