"""A file that was fetched, kept in a folder of ours for as long as it is imported."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from indexer.formats import FORMATS
from indexer.formats.format import Format
from indexer.live.outlook import Outlook, look
from indexer.progress import Progress
from indexer.record import Skipped
from indexer.relations import OLDER, WORDPRESS_INTERFACE
from indexer.source import Source, walk

if TYPE_CHECKING:
    from indexer.fetching import Fetched

_NOT_IN_NAMES = re.compile(r"[^\w.-]+")
_LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class Document:
    """What lies at `path`, fetched from `address`; `charset` and `warnings` are what the fetch gave.

    `asked` is the address it was asked for by, which stays when redirects change. `links` and `pages` are
    what the server said beside it of older posts, as the fetch gave them.
    """

    asked: str
    address: str
    path: Path
    charset: str = ""
    warnings: tuple[str, ...] = ()
    links: Mapping[str, str] = field(default_factory=dict)
    pages: int = 0

    @property
    def name(self) -> str:
        """What it is called in reports: the address it was asked for by, without the scheme."""
        return self.asked.partition("://")[2]

    @property
    def size(self) -> int:
        """How many bytes it has."""
        return self.path.stat().st_size

    def source(self) -> Source:
        """The file itself, whatever it is."""
        return Source(
            self.name,
            lambda: self.path.open("rb"),
            self.size,
            list(self.warnings),
            address=self.address,
            charset=self.charset,
        )

    def walk(self, progress: Progress) -> Iterator[Source | Skipped]:
        """The file as a source, or what is in it where it is an archive."""
        for found in walk(str(self.path), progress):
            match found:
                case Skipped(where, why):
                    yield Skipped(self._renamed(where), why)
                case Source(name=name):
                    if name == self.path.name:
                        found.address, found.charset = self.address, self.charset
                        found.warnings.extend(self.warnings)
                    found.name = self._renamed(name)
                    yield found

    def _renamed(self, name: str) -> str:
        return self.name + name.removeprefix(self.path.name)

    def forget(self) -> None:
        """Delete the file, which is not to be read any more."""
        self.path.unlink(missing_ok=True)

    def outlook(self) -> Outlook:
        """Where more is to be had, as the document and its server say."""
        outlook = look(self.source())
        linked = (self.links[relation] for relation in OLDER if relation in self.links)
        interface = self.links.get(WORDPRESS_INTERFACE, "")
        return replace(outlook, older=(*outlook.older, *linked), interface=interface, pages=self.pages)

    def format(self) -> Format | None:
        """The first format that knows it; None where none does."""
        source = self.source()
        return next((format_ for format_ in FORMATS if format_.sniff(source)), None)


@dataclass(frozen=True, slots=True)
class Unchanged:
    """What comes in the place of a document that is as it was; `moved_to` as the fetch gave it."""

    moved_to: str


def walk_all(documents: Sequence[Document], progress: Progress) -> Iterator[Source | Skipped]:
    """What is in all of the documents, one after the other."""
    for document in documents:
        yield from document.walk(progress)


class Folder:
    """Where documents are kept: a folder that nobody else reads, emptied by its owner."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def keep(self, asked: str, fetched: Fetched) -> Document:
        """Copy what was fetched into the folder; for many threads at once."""
        path = Path(mkdtemp(dir=self._path)) / _file_name(fetched.address)
        with fetched.open() as stream, path.open("xb") as file:
            shutil.copyfileobj(stream, file)
        return Document(
            asked, fetched.address, path, fetched.charset, fetched.warnings, fetched.links, fetched.pages
        )


def _file_name(address: str) -> str:
    """The last part of the address, which tells some formats and archives, as a name that harms nobody."""
    last = unquote(urlsplit(address).path).rstrip("/").rpartition("/")[2]
    return _NOT_IN_NAMES.sub("_", last)[-_LONGEST_NAME:].lstrip(".") or "document"
