"""Zip files: the directory is checked for lies before any member is read."""

from __future__ import annotations

import stat
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from itertools import pairwise
from typing import BinaryIO

from indexer.containers.limits import DAMAGE, MOST_RATIO, Allowance, out_of_proportion
from indexer.containers.member import SNIFF, Container, Member, Wanted, container_of, unsafe_name
from indexer.containers.unpack import spooled_member
from indexer.record import Skipped
from indexer.spool import Spool
from search.errors import SourceRefused

_LARGEST_DIRECTORY = 16 << 20  # its parsed form takes ten times that in memory
_LOCAL_HEADER = 30
_ENCRYPTED = 0x1
_LISTS = ("datapackage.json", "webarchive.yaml")  # of what is in a WACZ
_WARCS = ("archive/", "data/archive/")
_POSTS = "posts.zip"
"""The one zip in a zip that is opened: so Tumblr exports its posts, beside their pictures."""


def zip_members(file: BinaryIO, allowance: Allowance, wanted: Wanted) -> Iterator[Member | Skipped]:
    """The wanted members in the order of their names; raises `SourceRefused`."""
    with open_zip(file, allowance.name) as archive:
        yield from _all_members(archive, allowance, wanted, "")


def _all_members(
    archive: zipfile.ZipFile, allowance: Allowance, wanted: Wanted, below: str
) -> Iterator[Member | Skipped]:
    """The members of the zip, or of the one inside it that is called `below`; both take of one allowance."""
    infos = [info for info in archive.infolist() if not _is_folder(info)]
    for _ in infos:
        allowance.take_member()
    of_pages = _is_web_archive(info.filename for info in infos)
    for info in sorted(infos, key=lambda info: (info.filename, info.header_offset)):
        if of_pages and not info.filename.startswith(_WARCS):
            wanted.pass_over()  # indexes and logs
            continue
        if not wanted(info.filename):
            continue
        if problem := _problem(info):
            yield Skipped(f"{allowance.name}/{below}{info.filename}", problem)
            continue
        allowance.take(info.file_size)  # zipfile never unpacks more than this of a member
        yield from _members(archive, info, allowance, wanted, below)


def _is_web_archive(names: Iterable[str]) -> bool:
    """Whether these are the files of a WACZ, which is a zip with WARC files in its folder `archive`.

    https://specs.webrecorder.net/wacz/1.1.1/; the first drafts had that folder in `data`, or another list.
    """
    found = set(names)
    return not found.isdisjoint(_LISTS) and any(
        name.startswith(_WARCS) and name.endswith((".warc", ".warc.gz")) for name in found
    )


def open_zip(file: BinaryIO, name: str) -> zipfile.ZipFile:
    """The zip with its directory read and checked for overlaps; the caller closes it.

    Raises `SourceRefused`.
    """
    try:
        archive = zipfile.ZipFile(_BoundedReads(file, name))
    except DAMAGE as error:
        raise SourceRefused(f"{name}: is not a zip that can be read, or is cut off ({error})") from error
    _refuse_overlapping(archive, [info for info in archive.infolist() if not _is_folder(info)], name)
    return archive


def _is_folder(info: zipfile.ZipInfo) -> bool:
    """Whether it is a folder; `ZipInfo.is_dir` fails over a name that is empty."""
    return info.filename.endswith("/")


def read_zip_member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, most: int) -> bytes | None:
    """What one member holds; None where it may not be read, is damaged or has over `most` bytes."""
    if _problem(info) or info.file_size > most:
        return None
    try:
        with archive.open(info) as stream:
            content = stream.read(info.file_size + 1)
    except DAMAGE:
        return None
    return content if len(content) == info.file_size else None


class _BoundedReads:
    """A zip's bytes, for `zipfile`, which would read a directory of any size into memory."""

    def __init__(self, file: BinaryIO, name: str) -> None:
        self._file = file
        self._name = name
        self._size = file.seek(0, 2)
        self.seek = file.seek
        self.tell = file.tell
        self.seekable = file.seekable

    def read(self, size: int = -1) -> bytes:
        left = self._size - self._file.tell()
        if (left if size < 0 else min(size, left)) > _LARGEST_DIRECTORY:
            raise SourceRefused(f"{self._name}: has far too many members for a blog's archive")
        return self._file.read(size)


def _refuse_overlapping(archive: zipfile.ZipFile, infos: list[zipfile.ZipInfo], name: str) -> None:
    """Refuse a zip whose members share bytes: the densest bombs are made so."""
    spans = sorted(
        (info.header_offset, info.header_offset + _LOCAL_HEADER + info.compress_size) for info in infos
    )
    spans.append((archive.start_dir, archive.start_dir))
    if any(end > start for (_, end), (start, _) in pairwise(spans)):
        raise SourceRefused(f"{name}: its members overlap, as in a zip bomb")


def _problem(info: zipfile.ZipInfo) -> str:
    """Why a member must not be read; empty where it may."""
    if problem := unsafe_name(info.orig_filename):
        return problem
    if stat.S_ISLNK(info.external_attr >> 16):
        return "is a link, which is not followed"
    if info.flag_bits & _ENCRYPTED:
        return "is encrypted: unpack it with its password and give the folder"
    if out_of_proportion(info.file_size, info.compress_size):
        return f"unpacks to over {MOST_RATIO} times its size, as bombs do"
    return ""


def _members(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, allowance: Allowance, wanted: Wanted, below: str
) -> Iterator[Member | Skipped]:
    name = f"{below}{info.filename}"
    where = f"{allowance.name}/{name}"
    with Spool() as spool:
        try:
            with archive.open(info) as stream:
                spool.fill(stream)
        except DAMAGE as error:
            yield Skipped(where, f"is damaged ({error})")
            return
        if spool.size != info.file_size:
            yield Skipped(where, "is not of the size that the archive says")
            return
        if name == _POSTS and container_of(spool.head(SNIFF), name) is Container.ZIP:
            yield from _posts(spool, where, allowance, wanted)
        else:
            yield from spooled_member(name, spool, info.compress_size, allowance, wanted)


def _posts(spool: Spool, where: str, allowance: Allowance, wanted: Wanted) -> Iterator[Member | Skipped]:
    """What the zip in Tumblr's zip holds, under the same guards; a damaged one is skipped by itself."""
    with spool.open() as file, ExitStack() as stack:
        try:
            archive = stack.enter_context(open_zip(file, where))
        except SourceRefused as error:
            yield Skipped(where, str(error).removeprefix(f"{where}: "))
            return
        yield from _all_members(archive, allowance, wanted, f"{_POSTS}/")
