"""One source, from its bytes to the published records in it, with everything else accounted for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import assert_never

from indexer.assets import is_asset_by_its_start
from indexer.formats.format import Format
from indexer.input import Input
from indexer.normalise.batch import Item
from indexer.notices import Notices
from indexer.progress import Progress
from indexer.record import (
    POST_LEFT_OUT,
    KeptComment,
    KeptPost,
    Published,
    RawComment,
    RawPost,
    Record,
    Skipped,
)
from indexer.report import SkippedRecord
from indexer.source import Source
from indexer.steps import Steps
from search.errors import SourceRefused, UnknownFormat
from search.sameness.identity import Held


class Reader:
    """Reads one source. The tallies are complete when `items` has ended.

    `formats` are tried in turn on each file. The archive's own `data` folder is passed over where the
    source holds it. `left_out` counts records by the reason they are not published, `skipped` lists
    those that could not be read and `unknown` the files that no format knows.
    """

    def __init__(
        self, source: Input, formats: Sequence[Format], steps: Steps, data: Path | None = None
    ) -> None:
        self._input = source
        self.location = source.record.location
        self.files = 0
        self.left_out: Counter[str] = Counter()
        self.skipped: list[SkippedRecord] = []
        self.unknown: list[SkippedRecord] = []
        self.notices = Notices()
        self._formats = formats
        self._steps = steps
        self._walked = Progress()
        self._told = 0
        self._data = _name_in(Path(self.location), data) if data else ""

    @property
    def ignored(self) -> int:
        """How many images, scripts and other such files were passed over."""
        return self._walked.ignored

    def items(self) -> Iterator[Item]:
        """Everything published in the source, in its order.

        Raises `SourceNotFound`, `SourceRefused` and `UnknownFormat` of the location itself; a file in a
        folder or archive with such trouble is skipped.
        """
        for found in self._input.walk(self._walked):
            self._tell_steps()
            match found:
                case Skipped(where=name) | Source(name=name) if self._data and name.startswith(self._data):
                    continue
                case Skipped(where, why):
                    self.skipped.append(SkippedRecord(where, "", why))
                case Source():
                    yield from self._file(found)
                case _:
                    assert_never(found)
        self._tell_steps()
        if self.unknown and not self.files:
            raise UnknownFormat(f"{self.location}: no format knows any of its files. {self._known()}")
        if not (self.files or self.skipped):
            self.notices.add(f"{self.location}: nothing in it can hold posts")

    def _file(self, source: Source) -> Iterator[Item]:
        """The published records of one file."""
        try:
            chosen = next((format_ for format_ in self._formats if format_.sniff(source)), None)
            if chosen is None:
                self._not_known(source)
                return
            self.files += 1
            yield from self._records(source, chosen)
        except (SourceRefused, OSError) as error:
            if self._is_location(source):
                raise
            self.skipped.append(SkippedRecord(source.name, "", str(error).removeprefix(f"{source.name}: ")))
        for warning in source.warnings:
            self.notices.add(warning, place=source.name)

    def _records(self, source: Source, chosen: Format) -> Iterator[Item]:
        anything = False
        left_out = _LeftOut()
        held = Held(chosen.name, chosen.standing, chosen.complete and not self._input.only_adds)
        for record in chosen.read(source):
            anything = True
            self._tell_steps()
            if isinstance(record, Skipped):
                self.skipped.append(SkippedRecord(source.name, record.where, record.why))
            elif reason := left_out.reason(record):
                self.left_out[reason] += 1
            else:
                kept = record.held if isinstance(record, KeptPost | KeptComment) else None
                yield Item(source.name, self._titled(record), kept or held)
        if not (anything or source.warnings or source.companion):
            self.notices.add(f"held no posts (read as {chosen.title})", place=source.name)

    def _titled(self, record: Published) -> Published:
        """The record, with the name of its blog where only another source says it."""
        if self._input.title and isinstance(record, RawPost) and not record.blog.name:
            return replace(record, blog=replace(record.blog, name=self._input.title))
        return record

    def _tell_steps(self) -> None:
        if self._walked.read != self._told:
            self._told = self._walked.read
            self._steps.read(self._told)

    def _not_known(self, source: Source) -> None:
        if not source.head:
            why, hint = "the file is empty", ""
        else:
            why, hint = "no format knows this file", f". {self._known()}"
        if self._is_location(source):
            raise UnknownFormat(f"{source.name}: {why}{hint}")
        if is_asset_by_its_start(source.head, source.address):
            self._walked.ignored += 1
            return
        self.unknown.append(SkippedRecord(source.name, "", why))

    def _known(self) -> str:
        return f"Known are {', '.join(f.name for f in self._formats)}; see `blogsearch formats`, and --format"

    def _is_location(self, source: Source) -> bool:
        """Whether the file is what the user named, rather than one in a folder or archive."""
        return source.name == self._input.name


def _name_in(location: Path, data: Path) -> str:
    """What the names of files in the data folder begin with, if it lies in the location."""
    try:
        inside = data.resolve().relative_to(location.resolve())
    except ValueError:
        return ""
    return f"{location.name}/{inside.as_posix()}/"


class _LeftOut:
    """Tells the records of one file that are not published, and the comments under them."""

    def __init__(self) -> None:
        self._posts: set[str] = set()
        self._previous_reason = ""

    def reason(self, record: Record) -> str:
        """Why the record is left out; empty for what is published."""
        match record:
            case RawPost():
                self._previous_reason = record.left_out
                if record.left_out and record.own_id:
                    self._posts.add(record.own_id)
                return record.left_out
            case RawComment():
                return record.left_out or (POST_LEFT_OUT if self._is_under_one(record) else "")
            case KeptPost() | KeptComment() | Skipped():
                return ""
            case _:
                assert_never(record)

    def _is_under_one(self, comment: RawComment) -> bool:
        if comment.post_own_id:
            return comment.post_own_id in self._posts
        if comment.post_link or comment.post_slug:
            return False
        return bool(self._previous_reason)
