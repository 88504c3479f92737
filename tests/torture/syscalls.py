"""Which system calls change files, and what each does: read from a process that is about to make one."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Final

from tests.torture.tracing import Entered

_AT_CWD: Final = 0xFFFFFF9C  # -100, in the 32 bits that count


class Does(Enum):
    """What a call does, whatever its name: there are six ways to write."""

    CREATE = "create"
    WRITE = "write"
    RESIZE = "resize"
    SYNC = "sync"
    RENAME = "rename"
    UNLINK = "unlink"
    LINK = "link"
    MAKE_FOLDER = "mkdir"
    REMOVE_FOLDER = "rmdir"
    CHANGE_MODE = "chmod"
    MAP = "mmap"
    UNKNOWN = "unknown"


@dataclass(slots=True)
class Call:
    """A call that changes a file or folder, by its name in the system.

    `path` is what it changes, in `other` what a rename or link leads to. `file` is the inode where the call
    names an open file or opens one (0 of a folder). Of a write there are `data`, what was written of it, at
    `offset`; of a resize `offset` is the new size, and `empties` says of an opening that it is 0. `result` is
    what it returned, None while it has not.
    """

    name: str
    does: Does
    path: Path
    other: Path | None = None
    file: int = 0
    data: bytes = b""
    offset: int = 0
    empties: bool = False
    result: int | None = None

    @property
    def is_nameless(self) -> bool:
        """Whether it makes a file that is in no folder."""
        return self.path.name == NAMELESS

    def __str__(self) -> str:
        onto = f" -> {self.other}" if self.other else ""
        return f"{self.name} {self.path}{onto}"


def call_of(entered: Entered) -> Call | None:
    """The call that a process enters; None where it changes no file."""
    name, read = _CALLS[entered.number]
    return read(name, entered)


def finish(call: Call, entered: Entered, result: int) -> None:
    """Note what the call returned, and what can only be known now."""
    call.result = result
    if result < 0:
        return
    if call.does is Does.CREATE:
        call.file = _inode(entered.thread, result)
    elif call.does is Does.WRITE:
        call.data = _written(call.name, entered, result)
        positioned = call.name.startswith("pwrite")
        end = 0 if positioned else _position(entered.thread, entered.arguments[0])
        call.offset = entered.arguments[3] if positioned else end - result


def _open(name: str, entered: Entered) -> Call | None:
    shift = 0 if name == "open" else 1
    flags = entered.arguments[1 + shift]
    if not flags & (os.O_CREAT | os.O_TRUNC | _TMPFILE):
        return None
    path = _at(entered, 0) if shift else _path(entered, 0)
    if flags & _TMPFILE:
        path /= NAMELESS
    return Call(name, Does.CREATE, path, empties=bool(flags & os.O_TRUNC))


NAMELESS: Final = "(nameless)"
"""Stands for a file that is made without a name, and goes with the process."""

_TMPFILE: Final = 0o20000000  # without the bit of O_DIRECTORY that the constant has in it


def _on_file(does: Does, size: int = 0) -> Callable[[str, Entered], Call | None]:
    def read(name: str, entered: Entered) -> Call | None:
        thread, descriptor = entered.thread, entered.arguments[0]
        if (path := _opened(thread, descriptor)) is None:
            return None
        return Call(name, does, path, file=_inode(thread, descriptor), offset=entered.arguments[size])

    return read


def _on_path(does: Does) -> Callable[[str, Entered], Call]:
    return lambda name, entered: Call(name, does, _path(entered, 0))


def _on_path_at(does: Does) -> Callable[[str, Entered], Call]:
    return lambda name, entered: Call(name, does, _at(entered, 0))


def _unlink_at(name: str, entered: Entered) -> Call:
    folder = entered.arguments[2] & 0x200  # AT_REMOVEDIR
    return Call(name, Does.REMOVE_FOLDER if folder else Does.UNLINK, _at(entered, 0))


def _two_paths(does: Does) -> Callable[[str, Entered], Call]:
    return lambda name, entered: Call(name, does, _path(entered, 0), _path(entered, 1))


def _two_paths_at(does: Does) -> Callable[[str, Entered], Call]:
    return lambda name, entered: Call(name, does, _at(entered, 0), _at(entered, 2))


def _allocate(name: str, entered: Entered) -> Call | None:
    call = _on_file(Does.RESIZE)(name, entered)
    if call:
        call.offset = entered.arguments[2] + entered.arguments[3]
    return call


def _map(name: str, entered: Entered) -> Call | None:
    _, _, protection, flags, descriptor, _ = entered.arguments
    if not (protection & 2 and flags & 1) or descriptor & 0xFFFFFFFF == 0xFFFFFFFF:
        return None  # not to be written to, not shared, or of no file
    if (path := _opened(entered.thread, descriptor)) is None:
        return None
    return Call(name, Does.MAP, path, file=_inode(entered.thread, descriptor))


_CALLS: Final[Mapping[int, tuple[str, Callable[[str, Entered], Call | None]]]] = {
    1: ("write", _on_file(Does.WRITE)),
    2: ("open", _open),
    9: ("mmap", _map),
    18: ("pwrite64", _on_file(Does.WRITE)),
    20: ("writev", _on_file(Does.WRITE)),
    40: ("sendfile", _on_file(Does.UNKNOWN)),
    74: ("fsync", _on_file(Does.SYNC)),
    75: ("fdatasync", _on_file(Does.SYNC)),
    76: ("truncate", _on_path(Does.UNKNOWN)),
    77: ("ftruncate", _on_file(Does.RESIZE, size=1)),
    82: ("rename", _two_paths(Does.RENAME)),
    83: ("mkdir", _on_path(Does.MAKE_FOLDER)),
    84: ("rmdir", _on_path(Does.REMOVE_FOLDER)),
    85: ("creat", _on_path(Does.CREATE)),
    86: ("link", _two_paths(Does.LINK)),
    87: ("unlink", _on_path(Does.UNLINK)),
    88: ("symlink", _on_path(Does.UNKNOWN)),
    90: ("chmod", _on_path(Does.CHANGE_MODE)),
    91: ("fchmod", _on_file(Does.CHANGE_MODE)),
    257: ("openat", _open),
    258: ("mkdirat", _on_path_at(Does.MAKE_FOLDER)),
    263: ("unlinkat", _unlink_at),
    264: ("renameat", _two_paths_at(Does.RENAME)),
    265: ("linkat", _two_paths_at(Does.LINK)),
    268: ("fchmodat", _on_path_at(Does.CHANGE_MODE)),
    285: ("fallocate", _allocate),
    296: ("pwritev", _on_file(Does.WRITE)),
    316: ("renameat2", _two_paths_at(Does.RENAME)),
    326: ("copy_file_range", _on_file(Does.UNKNOWN)),
    328: ("pwritev2", _on_file(Does.WRITE)),
}
"""Every call of x86-64 that changes a file, a folder or what they are called, by its number."""

NUMBERS: Final = tuple(_CALLS)


def _text(entered: Entered, argument: int) -> bytes:
    """The text that an argument points at; read page by page, as what is after it may be nobody's."""
    address, found = entered.arguments[argument], b""
    while b"\0" not in found:
        found += entered.memory(address + len(found), 4096 - (address + len(found)) % 4096)
    return found.partition(b"\0")[0]


def _path(entered: Entered, argument: int) -> Path:
    return Path(f"/proc/{entered.thread}/cwd").readlink() / os.fsdecode(_text(entered, argument))


def _at(entered: Entered, argument: int) -> Path:
    """A path relative to an open folder, or to the current one."""
    descriptor = entered.arguments[argument]
    if descriptor & 0xFFFFFFFF == _AT_CWD:
        return _path(entered, argument + 1)
    folder = _opened(entered.thread, descriptor)
    return (folder or Path("/")) / os.fsdecode(_text(entered, argument + 1))


def _opened(thread: int, descriptor: int) -> Path | None:
    try:
        return Path(f"/proc/{thread}/fd/{descriptor & 0xFFFFFFFF}").readlink()
    except FileNotFoundError:
        return None


def _inode(thread: int, descriptor: int) -> int:
    """The number of an open file; 0 of a folder, which is known by its path."""
    status = Path(f"/proc/{thread}/fd/{descriptor & 0xFFFFFFFF}").stat()
    return 0 if stat.S_ISDIR(status.st_mode) else status.st_ino


def _position(thread: int, descriptor: int) -> int:
    with Path(f"/proc/{thread}/fdinfo/{descriptor & 0xFFFFFFFF}").open() as lines:
        return int(next(line for line in lines if line.startswith("pos:")).split()[1])


def _written(name: str, entered: Entered, size: int) -> bytes:
    """What was written, so many bytes of it."""
    if name in ("write", "pwrite64"):
        return entered.memory(entered.arguments[1], size)
    vector = entered.memory(entered.arguments[1], 16 * entered.arguments[2])
    pieces = memoryview(vector).cast("Q")
    found = b"".join(entered.memory(pieces[place], pieces[place + 1]) for place in range(0, len(pieces), 2))
    return found[:size]
