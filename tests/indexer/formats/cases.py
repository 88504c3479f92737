"""The pairs of input and expected records that each format is tested with.

`tests/formats/<format>/<case>.<ext>` is read by the format of that name, and has to give what
`<case>.expected.json` beside it lists: one object a record, in order, with the fields that differ from
their defaults, and after them one for each warning.

Where a format looks at the files beside its own, the case is a folder `tests/formats/<format>/<site>.site/`,
the root of a walk. In it only a file with an expected file is a case, and that has the whole name before its
suffix: `post.md.expected.json`. The others are what is beside it.
"""

from __future__ import annotations

import json
from dataclasses import MISSING, dataclass, fields
from pathlib import Path
from typing import Any

from indexer.formats.format import Format
from indexer.neighbours import FolderNeighbours
from indexer.record import (
    Hint,
    KeptComment,
    KeptPost,
    RawBlog,
    RawComment,
    RawPost,
    Reading,
    Record,
    Skipped,
)
from indexer.source import Source
from search.model import Blog, Comment, Origin, Period, Post
from search.sameness.identity import CommentIdentity, Identity

CASES_FOLDER = Path(__file__).parents[2] / "formats"
EXPECTED_SUFFIX = ".expected.json"
SITE_SUFFIX = ".site"
KINDS: dict[type, str] = {
    RawPost: "post",
    RawComment: "comment",
    KeptPost: "kept post",
    KeptComment: "kept comment",
    Skipped: "skipped",
}


@dataclass(frozen=True, slots=True)
class Case:
    """One input file and the file that says what it holds."""

    format_name: str
    path: Path

    @property
    def expected_path(self) -> Path:
        """Where the expected records are."""
        if self.site:
            return self.path.with_name(self.path.name + EXPECTED_SUFFIX)
        return self.path.with_name(self.path.stem + EXPECTED_SUFFIX)

    @property
    def site(self) -> Path | None:
        """The folder that would be walked, where the case is a whole site."""
        return next((folder for folder in self.path.parents if folder.suffix == SITE_SUFFIX), None)

    @property
    def name(self) -> str:
        """The path inside the folder of cases: `wxr/comments.xml`."""
        return self.path.relative_to(CASES_FOLDER).as_posix()

    def source(self) -> Source:
        """The input as a source, named by its path inside the format's folder, or as its site is walked."""
        root = self.site or CASES_FOLDER / self.format_name
        path = self.path.relative_to(root).as_posix()
        return Source(
            name=f"{self.site.stem}/{path}" if self.site else path,
            opener=lambda: self.path.open("rb"),
            size=self.path.stat().st_size,
            path=path,
            neighbours=FolderNeighbours(root),
        )

    def expected(self) -> list[dict[str, Any]]:
        """What the input holds."""
        return list(json.loads(self.expected_path.read_text("utf-8")))

    def write_expected(self, records: list[dict[str, Any]]) -> None:
        """Replace what is expected."""
        self.expected_path.write_text(json.dumps(records, indent=1, ensure_ascii=False) + "\n", "utf-8")


def cases() -> tuple[Case, ...]:
    """Every case of every format, in the order of their paths."""
    inputs = (path for path in CASES_FOLDER.glob("*/**/*") if path.is_file())
    found = (Case(path.relative_to(CASES_FOLDER).parts[0], path) for path in sorted(inputs))
    return tuple(
        case
        for case in found
        if not case.path.name.endswith(EXPECTED_SUFFIX) and (not case.site or case.expected_path.exists())
    )


def read_as_dicts(chosen: Format, source: Source) -> list[dict[str, Any]]:
    """What the format makes of the source, as the expected files write it."""
    records = [{"record": KINDS[type(record)], **as_dict(record)} for record in chosen.read(source)]
    return records + [{"record": "warning", "message": message} for message in source.warnings]


_Part = RawBlog | Reading | Hint | Post | Comment | Blog | Origin | Identity | CommentIdentity


def as_dict(record: Record | _Part) -> dict[str, Any]:
    """The fields of a record that differ from their defaults, ready for JSON."""
    given = {
        field.name: getattr(record, field.name) for field in fields(record) if not _is_default(record, field)
    }
    return {name: _plain(value) for name, value in given.items()}


def _is_default(record: object, field: Any) -> bool:
    return field.default is not MISSING and getattr(record, field.name) == field.default


def _plain(value: Any) -> Any:
    if isinstance(value, _Part):
        return as_dict(value)
    if isinstance(value, Period):
        return str(value)
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    return value
