"""A disk that is really full: a small file system in memory, with room for a part of what an import needs."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from tests.torture.archives import verify
from tests.torture.outcome import CannotRun
from tests.torture.subject import Subject

SIZE: Final = 8 << 20
"""Bytes of the file system: enough for an archive of some posts, its generations and one more."""

_FILLER: Final = "filler"
_STEP: Final = 1.5


@contextmanager
def mounted(folder: Path) -> Iterator[None]:
    """A file system of `SIZE` bytes at the folder; raises `CannotRun` where that is not allowed."""
    mount = shutil.which("mount")
    if os.geteuid() != 0 or mount is None:
        raise CannotRun("only root may mount a small file system")
    folder.mkdir()
    command = [mount, "-t", "tmpfs", "-o", f"size={SIZE}", "none", str(folder)]
    if subprocess.run(command, capture_output=True, check=False).returncode:  # noqa: S603 - what mounts
        raise CannotRun("this machine lets nobody mount a file system")
    try:
        yield
    finally:
        # Lazily, as what was mapped into memory may not have been let go of yet.
        subprocess.run(["umount", "--lazy", folder], check=True)  # noqa: S607, S603 - beside `mount`


def fill_more_and_more(subject: Subject) -> tuple[int, list[str]]:
    """Import with ever less room, until it ends well; how often it failed, and what was wrong.

    `subject` is in a folder where something is mounted; it was imported once.
    """
    failed, room = 0, 4096.0
    wrong: list[str] = []
    while True:
        attempted = subject.next_version()
        leave(subject.folder, int(room))
        ended = subject.warm.run(*subject.reindex())
        (subject.folder / _FILLER).unlink()
        if ended.code == 0:
            return failed, [*wrong, *subject.recover(attempted)]
        failed += 1
        found = [
            line
            for line in (ended.misbehaviour, verify(subject.data, *[subject.acknowledged] * 2)[0])
            if line
        ]
        found += subject.recover(attempted)
        wrong += [f"with {room:,.0f} bytes free: {line}" for line in found]
        room *= _STEP


def leave(folder: Path, room: int) -> None:
    """Fill the file system until so many bytes are free."""
    free = shutil.disk_usage(folder).free
    with (folder / _FILLER).open("wb") as file:
        file.write(bytes(max(free - room, 0)))
