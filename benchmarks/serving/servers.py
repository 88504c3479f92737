"""The servers that are compared, each as a process of its own on the same posts."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import chain
from pathlib import Path

from benchmarks.measure import BLOGSEARCH
from benchmarks.progress import say

_PATIENCE = 60
"""Seconds until a server that does not listen is given up."""


@contextmanager
def serving(command: Sequence[str], port: int) -> Iterator[int]:
    """Run a server for a while; gives its port once it listens there."""
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
        try:
            _wait_for(process, port)
            yield port
        finally:
            process.terminate()
            process.wait(timeout=_PATIENCE)


def blogsearch(data: Path, workers: int, port: int) -> list[str]:
    """The command that serves an archive."""
    return [BLOGSEARCH, "serve", "--data", str(data), "--workers", str(workers), "--port", str(port)]


def datasette(database: Path, port: int) -> list[str]:
    """The command that serves a database: nothing is cut short, no facet suggested unasked."""
    given = {"sql_time_limit_ms": "20000", "facet_time_limit_ms": "20000", "suggest_facets": "off"}
    settings = chain.from_iterable(("--setting", name, value) for name, value in given.items())
    return [sys.executable, "-m", "datasette", "serve", str(database), "--port", str(port), *settings]


def free_port() -> int:
    """A port that nothing listens at."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def _wait_for(process: subprocess.Popen[bytes], port: int) -> None:
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    say("the server does not listen; what it said is above")
    raise SystemExit(1)
