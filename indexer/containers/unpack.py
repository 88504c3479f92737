"""Files compressed with gzip, bzip2 or xz, by themselves or as a member of an archive."""

from __future__ import annotations

import bz2
import gzip
import lzma
import re
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import PurePosixPath
from typing import BinaryIO

from indexer.containers.limits import DAMAGE, Allowance, Guarded
from indexer.containers.member import SNIFF, Container, Member, Wanted, container_of
from indexer.containers.web_archive import web_archive_members
from indexer.record import Skipped
from indexer.spool import Readable, Spool
from search.errors import SourceRefused

_SUFFIX = re.compile(r"\.(gz|bz2|xz)$", re.IGNORECASE)
_NESTED = "an archive inside an archive is not opened: unpack it and give the folder"


class _Steps:
    """Gives what each step of decompressing gave, so that damage loses only what comes after it."""

    def __init__(self, stream: gzip.GzipFile | bz2.BZ2File | lzma.LZMAFile) -> None:
        self._stream = stream

    def read(self, size: int, /) -> bytes:
        return self._stream.read1(size)


def decompressed(raw: BinaryIO, container: Container) -> Readable:
    """The stream of what `raw` holds compressed, read as it is asked for."""
    match container:
        case Container.GZIP:
            return _Steps(gzip.GzipFile(fileobj=raw))
        case Container.BZIP2:
            return _Steps(bz2.BZ2File(raw))
        case _:
            return _Steps(lzma.LZMAFile(raw))


def holds(file: BinaryIO, container: Container, name: str) -> Container | None:
    """Which container is inside a compressed file; None for any other file. Raises `SourceRefused`."""
    try:
        start = decompressed(file, container).read(SNIFF) or b""
    except DAMAGE as error:
        raise SourceRefused(f"{name}: is damaged from its very beginning ({error})") from error
    file.seek(0)
    return container_of(start, "")


def compressed_member(file: BinaryIO, container: Container, allowance: Allowance) -> Iterator[Member]:
    """The one file that is inside a compressed one."""
    with ExitStack() as stack:
        spool, warning = _unpacked(file, container, allowance, stack)
        yield Member(_inner_name(allowance.name), spool.open, spool.size, file.tell(), warning)


def spooled_member(
    name: str, spool: Spool, stored: int, allowance: Allowance, wanted: Wanted
) -> Iterator[Member | Skipped]:
    """A member of an archive, one level of compression taken off it, or the captures of a web archive.

    Other archives in archives stay closed.
    """
    where = f"{allowance.name}/{name}"
    match container_of(spool.head(SNIFF), name):
        case None:
            yield Member(name, spool.open, spool.size, stored)
        case Container.ZIP | Container.TAR:
            yield Skipped(where, _NESTED)
        case Container.WEB_ARCHIVE:
            with spool.open() as raw:
                yield from _captures(raw, name, where, wanted)
        case container:
            with spool.open() as raw, ExitStack() as stack:
                inner, warning = _unpacked(raw, container, allowance, stack)
                if container_of(inner.head(SNIFF), ""):
                    yield Skipped(where, _NESTED)
                else:
                    yield Member(f"{name}/{_inner_name(name)}", inner.open, inner.size, stored, warning)


def _captures(raw: BinaryIO, name: str, where: str, wanted: Wanted) -> Iterator[Member | Skipped]:
    """What a web archive in another archive holds, named below it; one that is refused is skipped."""
    try:
        for member in web_archive_members(raw, Allowance(where), wanted.pass_over):
            yield replace(member, name=f"{name}/{member.name}") if isinstance(member, Member) else member
    except SourceRefused as error:
        yield Skipped(where, str(error).removeprefix(f"{where}: "))


def _unpacked(
    raw: BinaryIO, container: Container, allowance: Allowance, stack: ExitStack
) -> tuple[Spool, str]:
    """All that can be unpacked, and a warning where that is not all there was."""
    spool = stack.enter_context(Spool())
    try:
        spool.fill(Guarded(decompressed(raw, container), raw, allowance.name), allowance.take)
    except DAMAGE as error:
        return spool, f"the compressed file is damaged or cut off; what came before was read ({error})"
    return spool, ""


def _inner_name(name: str) -> str:
    """`export.xml` for `backups/export.xml.gz`."""
    return _SUFFIX.sub("", PurePosixPath(name).name) or "content"
