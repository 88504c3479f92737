"""One file of an archive, and how containers are told from other files."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import BinaryIO, Protocol

from indexer.containers.web_stretch import is_web_archive

SNIFF = 512
"""How many first bytes tell a container from any other file."""


class Container(StrEnum):
    """A kind of file that holds others."""

    ZIP = "zip"
    TAR = "tar"
    GZIP = "gzip"
    BZIP2 = "bzip2"
    XZ = "xz"
    WEB_ARCHIVE = "web archive"


_MAGIC = (
    (0, b"PK\x03\x04", Container.ZIP),
    (0, b"PK\x05\x06", Container.ZIP),  # an empty one
    (257, b"ustar", Container.TAR),
    (0, b"\x1f\x8b\x08", Container.GZIP),
    (0, b"BZh", Container.BZIP2),
    (0, b"\xfd7zXZ\x00", Container.XZ),
)


_WEB_ARCHIVE_NAME = re.compile(r"\.w?arc(?:\.gz)?$", re.IGNORECASE)  # of one damaged at its very beginning


@dataclass(frozen=True, slots=True)
class Member:
    """One file of an archive. It can be opened until the next one is asked for.

    `name` is its path inside the archive, `size` its length unpacked and `stored` in the archive, both
    in bytes. `warning` says what was wrong with it where it could be read all the same. `address` and
    `charset` are what a web server said of it, in a web archive.
    """

    name: str
    open: Callable[[], BinaryIO]
    size: int
    stored: int
    warning: str = ""
    address: str = ""
    charset: str = ""


class Wanted(Protocol):
    """Says which members are worth unpacking, and counts those that are not."""

    def __call__(self, name: str) -> bool:
        """Whether to unpack the member with this path."""

    def pass_over(self) -> None:
        """Count a member that is not for us by what is in it."""


def container_of(head: bytes, name: str) -> Container | None:
    """Which kind of container begins with these bytes (512 are enough); None for any other file."""
    if is_web_archive(head) or _WEB_ARCHIVE_NAME.search(name):
        return Container.WEB_ARCHIVE
    for offset, magic, container in _MAGIC:
        if head.startswith(magic, offset):
            return container
    return Container.TAR if name.lower().endswith(".tar") else None  # the oldest kind has no magic


def unsafe_name(name: str) -> str:
    """Why a member's name is not one of a plain file below the archive; empty where it is."""
    parts = name.replace("\\", "/").split("/")
    if parts[0] == "" or re.match(r"[A-Za-z]:", parts[0]):
        return "its name is an absolute path"
    if ".." in parts:
        return "its name leads out of the archive"
    return ""
