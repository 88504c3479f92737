"""What stands before the root element of an XML file: found, judged, and left out.

A document type with anything in it can declare entities, and those can blow up or fetch files. No
blog export needs one, so it is refused before any parser sees it. A plain one, which only names a
type, is left out together with comments, instructions and junk that was pasted above the XML.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from indexer.source import Source
from search.errors import SourceRefused

PROLOG_LIMIT = 1 << 20
"""How far into a source the root element may begin, in bytes."""

_OPENING = re.compile(rb"<(?:\?|!--|!DOCTYPE|[A-Za-z_])", re.IGNORECASE)
_DOCTYPE_END = re.compile(rb"""(?:[^\[>"']|"[^"]*"|'[^']*')*+([\[>])""")

_ENDS = {b"<?": b"?>", b"<!--": b"-->", b"<!DOCTYPE": b">"}
_ROOT_NAME = re.compile(rb"(?:[A-Za-z0-9_.-]{1,60}:)?([A-Za-z0-9_.-]{1,60})[\s/>]")


def from_root(source: Source, chunks: Iterator[bytes]) -> tuple[int, Iterator[bytes]]:
    """The number of line ends before the root element, and the chunks from its `<` on.

    Raises `SourceRefused` for a document type with an internal subset, and where there is no XML.
    """
    head = b""
    for chunk in chunks:
        head += chunk
        root = _root_position(source, head)
        if root is not None:
            return head.count(b"\n", 0, root), _chain(head[root:], chunks)
        if len(head) > PROLOG_LIMIT:
            break
    raise SourceRefused(f"{source.name}: there is no XML in it")


def _chain(first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from rest


def _root_position(source: Source, head: bytes) -> int | None:
    """Where the root element begins, or None where more of the source has to be seen."""
    position = 0
    junk = b""
    while opening := _OPENING.search(head, position):
        junk += head[position : opening.start()].strip()
        match opening.group().upper():
            case b"<?":
                end = head.find(b"?>", opening.end())
            case b"<!--":
                end = head.find(b"-->", opening.end())
            case b"<!DOCTYPE":
                end = _doctype_end(source, head, opening.end())
            case _:
                if b">" not in head[opening.end() :]:
                    return None
                if junk:
                    source.warn(f"left out before the XML: {len(junk)} bytes")
                return opening.start()
        if end < 0:
            return None
        position = head.index(b">", end) + 1
    return None


def _doctype_end(source: Source, head: bytes, start: int) -> int:
    end = _DOCTYPE_END.match(head, start)
    if end is None:
        return -1
    if end.group(1) == b"[":
        raise SourceRefused(
            f"{source.name}: its document type declares entities, which can be used for attacks; "
            "remove the <!DOCTYPE …> at its top if you trust the file"
        )
    return end.end() - 1


def root_name(head: bytes) -> str:
    """The name of the root element, in lower case and without its prefix; empty where `head` holds none."""
    head = head.replace(b"\0", b"")
    position = 0
    while opening := _OPENING.search(head, position):
        end = _ENDS.get(opening.group().upper())
        if end is None:
            name = _ROOT_NAME.match(head, opening.end() - 1)
            return name.group(1).decode("ascii").lower() if name else ""
        position = head.find(end, opening.end())
        if position < 0:
            return ""
    return ""
