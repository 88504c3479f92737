"""Hostile files imported as a user imports them: by the command, into an archive that can be searched."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from indexer.cli import blogsearch
from search.archive import Archive
from search.layout import dead_letter_file
from search.model import PostWithComments
from search.query.parser import parse
from search.request import SearchRequest
from tests.indexer.hostile.entries import Export


@dataclass(frozen=True, slots=True)
class Imported:
    """What the command said, and where the archive is."""

    code: int
    report: Mapping[str, Any]
    error: str
    data: Path

    @property
    def letters(self) -> Sequence[Mapping[str, str]]:
        """The lines of the dead-letter file."""
        path = dead_letter_file(self.data)
        return [json.loads(line) for line in path.read_text("utf-8").splitlines()] if path.exists() else []

    @property
    def warnings(self) -> str:
        """All warnings, one a line."""
        return "\n".join(self.report.get("warnings", ()))

    @property
    def told(self) -> str:
        """All that the user is told of what was wrong: the error, the warnings and the dead letters."""
        return "\n".join((self.error, self.warnings, *(letter["why"] for letter in self.letters)))

    @property
    def is_published(self) -> bool:
        """Whether there is anything to search."""
        return (self.data / "index" / "CURRENT").exists()

    def read(self) -> list[PostWithComments]:
        """All posts of the archive with their comments, by title."""
        with Archive.open(self.data) as archive:
            ids = [hit.post.id for hit in archive.search(SearchRequest(parse(""), size=100)).hits]
            return sorted(map(archive.post, ids), key=lambda found: found.post.title)

    def texts(self) -> str:
        """The texts of all posts and comments."""
        return "\n".join(
            "\n".join((found.post.text, *(comment.text for comment in found.comments)))
            for found in self.read()
        )

    def html(self) -> str:
        """What a page shows of all posts and comments."""
        return "\n".join(
            "\n".join((found.post.html, *(comment.html for comment in found.comments)))
            for found in self.read()
        )


def imported(folder: Path, files: Mapping[str, bytes], *options: str) -> Imported:
    """Import a folder with these files by `blogsearch reindex`."""
    site = folder / "site"
    for name, content in files.items():
        path = site / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return reindexed(folder, site, *options)


def imported_export(folder: Path, export: Export, content: bytes, *options: str) -> Imported:
    """Import an export with that content, and what has to lie beside it."""
    beside = {name: text.encode() for name, text in export.beside.items()}
    return imported(folder, {**beside, export.path: content}, *options)


def reindexed(folder: Path, source: Path, *options: str) -> Imported:
    """Import what is there already."""
    data = folder / "data"
    arguments = ["reindex", "--json", "--jobs", "1", "--data", str(data), *options, str(source)]
    result = CliRunner().invoke(blogsearch, arguments)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    report = json.loads(result.stdout) if result.stdout else {}
    return Imported(result.exit_code, report, result.stderr, data)
