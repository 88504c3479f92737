"""The command that serves and the one that keeps in sync, each as a process of its own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

from tests.torture.mixed.footprint import children
from tests.web.serving import COMMAND

_COMMAND = (sys.executable, "-W", "error", "-c", COMMAND)
_PATIENCE = 30


@dataclass(frozen=True, slots=True)
class Served:
    """A server at work: where it listens, its supervisor's process, and where its log is."""

    port: int
    supervisor: int
    log: Path

    def workers(self) -> list[int]:
        """The processes that answer, the oldest first."""
        return children(self.supervisor)

    def await_readiness(self, workers: int) -> None:
        """Wait until all processes are there, and one of them answers."""
        deadline = time.monotonic() + _PATIENCE
        while len(self.workers()) < workers:
            assert time.monotonic() < deadline, self.log.read_text()
            time.sleep(0.01)
        connection = HTTPConnection("127.0.0.1", self.port, timeout=_PATIENCE)
        connection.request("GET", "/readyz")
        assert connection.getresponse().status == 200, self.log.read_text()
        connection.close()

    def kill_youngest(self) -> None:
        """Kill one that answers, never the oldest, so that one can be watched from beginning to end."""
        os.kill(self.workers()[-1], signal.SIGKILL)

    def complaints(self) -> list[str]:
        """What the log has of faults of the program."""
        lines = self.log.read_text(encoding="utf-8").splitlines()
        return [
            f"the server's log: {line}" for line in lines if "Traceback" in line or "ERROR in app" in line
        ]


@contextmanager
def served(data: Path, log: Path, workers: int = 2) -> Iterator[Served]:
    """Serve the archive on a free port, and stop in the end as an operator does."""
    arguments = [*_COMMAND, "serve", "--data", str(data), "--port", "0", "--workers", str(workers)]
    with (
        log.open("w") as errors,
        subprocess.Popen(  # noqa: S603 - our own command
            arguments, stdout=subprocess.PIPE, stderr=errors, text=True
        ) as process,
    ):
        try:
            assert process.stdout is not None
            line = process.stdout.readline()
            assert line.startswith("Open http://"), f"{line}{log.read_text()}"
            server = Served(int(line.split()[1].rstrip("/").rpartition(":")[2]), process.pid, log)
            server.await_readiness(workers)
            yield server
        finally:
            process.terminate()
            process.wait(_PATIENCE)


@contextmanager
def syncing(data: Path, log: Path) -> Iterator[int]:
    """Keep the archive in sync with its feeds, once a minute; gives the process."""
    arguments = [*_COMMAND, "sync", "--every", "1m", "--private-addresses", "--data", str(data)]
    with (
        log.open("w") as said,
        subprocess.Popen(  # noqa: S603 - our own command
            arguments, stdout=said, stderr=subprocess.STDOUT
        ) as process,
    ):
        try:
            yield process.pid
        finally:
            process.terminate()
            process.wait(_PATIENCE)
