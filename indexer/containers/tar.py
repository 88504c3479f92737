"""Tar files, plain or compressed, read from front to back."""

from __future__ import annotations

import tarfile
from collections.abc import Iterator
from typing import BinaryIO

from indexer.containers.limits import DAMAGE, Allowance, Guarded
from indexer.containers.member import Member, Wanted, unsafe_name
from indexer.containers.unpack import spooled_member
from indexer.record import Skipped
from indexer.spool import Readable, Spool
from search.errors import SourceRefused

_LARGEST_HEADER = 1 << 20  # tarfile reads extended headers into memory whole


class _CutOff(Exception):
    """The tar ends, or stops making sense, where a header or a member's bytes should be."""


class _Oversized(Exception):
    """An extended header is as large as only a hostile one is."""


class _Header(tarfile.TarInfo):
    """A header that is read strictly; `tarfile` takes a damaged one for the end of the archive."""

    @classmethod
    def frombuf(cls, buf: bytes | bytearray, encoding: str, errors: str) -> _Header:
        try:
            header = super().frombuf(buf, encoding, errors)
        except tarfile.HeaderError as error:
            if len(buf) == tarfile.BLOCKSIZE and not any(buf):
                raise  # the mark of the end
            raise _CutOff(str(error)) from error
        extended = header.type not in (*tarfile.REGULAR_TYPES, tarfile.DIRTYPE)
        if extended and header.size > _LARGEST_HEADER:
            raise _Oversized(f"has a header of {header.size:,} bytes, as a bomb does")
        return header


class _Tar(tarfile.TarFile):
    members: list[tarfile.TarInfo]  # every header so far, which tarfile keeps and types do not tell


def tar_members(
    stream: Readable, raw: BinaryIO, allowance: Allowance, wanted: Wanted
) -> Iterator[Member | Skipped]:
    """The wanted members of the tar that `stream` unpacks from the file `raw`, in the tar's order.

    Where it is damaged, what came before is kept and the rest is one `Skipped`. Raises `SourceRefused`.
    """
    name = allowance.name
    place = ""
    try:
        guarded = Guarded(stream, raw, name)
        with _Tar.open(fileobj=guarded, mode="r|", tarinfo=_Header) as archive:
            while header := archive.next():
                archive.members.clear()  # or memory would grow with the tar
                allowance.take_member()
                place = f"{name}/{header.name}"
                yield from _member(archive, header, raw, allowance, wanted)
                place = f"{name}, after {header.name}"
    except _Oversized as error:
        raise SourceRefused(f"{name}: {error}") from error
    except (_CutOff, *DAMAGE) as error:
        if not place:
            raise SourceRefused(f"{name}: is not a tar that can be read ({error})") from error
        yield Skipped(place, f"the archive is damaged or cut off: nothing from here on is read ({error})")


def _member(
    archive: tarfile.TarFile,
    header: tarfile.TarInfo,
    raw: BinaryIO,
    allowance: Allowance,
    wanted: Wanted,
) -> Iterator[Member | Skipped]:
    name = header.name.removeprefix("./")
    if header.isdir() or not wanted(name):
        return
    problem = unsafe_name(name)
    if not header.isreg() or header.issparse():
        problem = problem or "is a link, a device or a sparse file, which are not read"
    content = None if problem else archive.extractfile(header)
    if content is None:
        yield Skipped(f"{allowance.name}/{name}", problem)
        return
    allowance.take(header.size)
    before = raw.tell()
    with Spool() as spool:
        spool.fill(content)
        if spool.size != header.size:
            raise _CutOff("it ends inside this member")
        yield from spooled_member(name, spool, raw.tell() - before, allowance, wanted)
