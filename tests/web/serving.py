"""The `serve` command as a process of its own, as a user starts it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

COMMAND = "from indexer.cli import main; main()"


@contextmanager
def serving(data: Path, *options: str) -> Iterator[str]:
    """Serve the archive on a free port; gives the address, without its last slash."""
    with server(data, *options) as (_, address):
        yield address


@contextmanager
def server(
    data: Path, *options: str, log: IO[str] | None = None, **environ: str
) -> Iterator[tuple[int, str]]:
    """Serve the archive on a free port; gives the process's number and the address.

    What it says on standard error goes to the `log`, where there is one.
    """
    arguments = [sys.executable, "-W", "error", "-c", COMMAND, "serve", "--data", str(data), "--port", "0"]
    with subprocess.Popen(  # noqa: S603
        [*arguments, *options],
        stdout=subprocess.PIPE,
        stderr=log,
        text=True,
        env={**os.environ, **environ},
    ) as process:
        try:
            assert process.stdout is not None
            line = process.stdout.readline()
            assert line.startswith("Open http://"), line
            yield process.pid, line.split()[1].rstrip("/")
        finally:
            process.terminate()
            assert process.wait(timeout=20) == 0
