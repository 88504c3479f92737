"""What is inside zip, tar, gz and web archive files, read without ever trusting them.

Members are spooled one at a time, in one pass, so that a compressed tar is decompressed once however
many members it has. Nothing is unpacked to a named file. An archive that lies about what it holds is
refused as a whole (`SourceRefused`); a member that cannot be read safely is `Skipped` by itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from indexer.containers.limits import Allowance
from indexer.containers.member import Container, Member, Wanted, container_of, unsafe_name
from indexer.containers.tar import tar_members
from indexer.containers.unpack import compressed_member, decompressed, holds
from indexer.containers.web_archive import web_archive_members
from indexer.containers.zip import open_zip, read_zip_member, zip_members
from indexer.record import Skipped
from search.errors import SourceRefused

__all__ = [
    "Container", "Member", "container_of", "members", "open_zip", "read_zip_member", "unsafe_name",
]  # fmt: skip


def members(file: BinaryIO, container: Container, name: str, wanted: Wanted) -> Iterator[Member | Skipped]:
    """The members of an archive in a stable order, or the one file inside a compressed one.

    `name` is the container's own, for messages and to name what a `.gz` holds. Members whose paths are
    not `wanted` are passed over. Raises `SourceRefused`, possibly after some members.
    """
    allowance = Allowance(name)
    match container:
        case Container.ZIP:
            yield from zip_members(file, allowance, wanted)
        case Container.TAR:
            yield from tar_members(file, file, allowance, wanted)
        case Container.WEB_ARCHIVE:
            yield from web_archive_members(file, allowance, wanted.pass_over)
        case _:
            match holds(file, container, name):
                case None:
                    yield from compressed_member(file, container, allowance)
                case Container.TAR:
                    yield from tar_members(decompressed(file, container), file, allowance, wanted)
                case inner:
                    raise SourceRefused(f"{name}: holds a {inner} file; unpack it and give what is inside")
