"""What the files of a Substack export say of each other: which row is whose text, where the newsletter is."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from indexer.formats.reading.csv_rows import CsvRow, columns, csv_rows
from indexer.neighbours import Neighbours
from indexer.source import Source

COLUMNS = frozenset({"post_id", "post_date", "is_published"})
"""What the table of a Substack export always has."""

_TABLE = "posts.csv"
_MOST_POSTS = 50_000  # rows kept in memory, with a kilobyte each
_MOST_ASKED = 200  # texts that are looked through for the newsletter's address
_LINK = re.compile(rb"https://([a-z0-9][a-z0-9.-]{1,250})/(?:p/([\w-]{1,250})|(subscribe)\b)")
_SELF, _BUTTON, _ENOUGH = (
    3,
    1,
    3,
)  # what a link to the post itself counts, one to subscribe, and how much is a proof


@dataclass(frozen=True, slots=True)
class Export:
    """One export in the location that is walked.

    `rows` has the rows of its table by `post_id`, `texts` the post ids that have a text. `address` is the
    newsletter's, ending with a slash; empty where nothing tells.
    """

    rows: dict[str, CsvRow]
    texts: frozenset[str]
    address: str

    def has_text(self, post_id: str) -> bool:
        """Whether a text is beside the table, to be read with its row."""
        return post_id in self.texts and post_id in self.rows


def export_of(source: Source) -> Export | None:
    """The export that a file is of: its table is in the same folder, or in the one above."""
    if source.neighbours is None:
        return None
    exports = source.neighbours.once(_exports)
    folder = PurePosixPath(source.path).parent
    return exports.get(str(folder)) or exports.get(str(folder.parent))


def _exports(files: Neighbours) -> dict[str, Export]:
    """All exports, by the folders of their tables."""
    found = {}
    for path in files.names():
        place = PurePosixPath(path)
        if place.name.lower() == _TABLE and (export := _export(files, place)):
            found[str(place.parent)] = export
    return found


def _export(files: Neighbours, table: PurePosixPath) -> Export | None:
    content = files.read(str(table))
    if content is None:
        return None
    source = Source(str(table), lambda: io.BytesIO(content))
    if not columns(source) >= COLUMNS:
        return None
    rows: dict[str, CsvRow] = {}
    for row in csv_rows(source):
        if isinstance(row, CsvRow) and len(rows) < _MOST_POSTS:
            rows[row["post_id"]] = row
    folder = "" if str(table.parent) == "." else str(table.parent)
    texts = {PurePosixPath(path).stem: path for path in files.names(folder) if path.endswith(".html")}
    return Export(rows, frozenset(texts), _address(files, texts))


def _address(files: Neighbours, texts: dict[str, str]) -> str:
    """The site that the first texts link to as their own."""
    votes: Counter[str] = Counter()
    for post_id, path in list(texts.items())[:_MOST_ASKED]:
        votes.update(_sites(files.read(path) or b"", post_id.partition(".")[2].encode()))
    host, count = next(iter(votes.most_common(1)), ("", 0))
    return f"https://{host}/" if count >= _ENOUGH else ""


def _sites(text: bytes, slug: bytes) -> Iterator[str]:
    """The sites a text links to as its own, each as often as the kind of its links counts."""
    kinds = {(link[1].decode(), link[2] or b"") for link in _LINK.finditer(text)}
    for host, linked in kinds:
        if not linked or linked == slug:
            yield from [host] * (_SELF if linked else _BUTTON)
