"""Importing as anybody does: by the command, in a process of its own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.web.serving import COMMAND

_PATIENCE = 600
"""Seconds that an import may take."""


def import_into(data: Path, *source: Path | str) -> str:
    """Import into an archive; what it says. Raises `CalledProcessError` where it ends with anything but 0."""
    command = [sys.executable, "-c", COMMAND, "reindex", "--data", str(data), *map(str, source)]
    found = subprocess.run(command, check=True, capture_output=True, text=True, timeout=_PATIENCE)  # noqa: S603
    return found.stdout
