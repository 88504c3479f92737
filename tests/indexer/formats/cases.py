"""The pairs of input and expected records that each format is tested with.

`tests/formats/<format>/<case>.<ext>` is read by the format of that name, and has to give what
`<case>.expected.json` beside it lists: one object a record, in order, with the fields that differ from
their defaults, and after them one for each warning.
"""

from __future__ import annotations

import json
from dataclasses import MISSING, dataclass, fields
from pathlib import Path
from typing import Any

from indexer.formats.format import Format
from indexer.record import RawBlog, RawComment, RawPost, Reading, Skipped
from indexer.source import Source

CASES_FOLDER = Path(__file__).parents[2] / "formats"
EXPECTED_SUFFIX = ".expected.json"
KINDS: dict[type, str] = {RawPost: "post", RawComment: "comment", Skipped: "skipped"}


@dataclass(frozen=True, slots=True)
class Case:
    """One input file and the file that says what it holds."""

    format_name: str
    path: Path

    @property
    def expected_path(self) -> Path:
        """Where the expected records are."""
        return self.path.with_name(self.path.stem + EXPECTED_SUFFIX)

    @property
    def name(self) -> str:
        """The path inside the folder of cases: `wxr/comments.xml`."""
        return self.path.relative_to(CASES_FOLDER).as_posix()

    def source(self) -> Source:
        """The input as a source, named by its path inside the format's folder."""
        return Source(
            name=self.path.relative_to(CASES_FOLDER / self.format_name).as_posix(),
            opener=lambda: self.path.open("rb"),
            size=self.path.stat().st_size,
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
    return tuple(
        Case(path.relative_to(CASES_FOLDER).parts[0], path)
        for path in sorted(inputs)
        if not path.name.endswith(EXPECTED_SUFFIX)
    )


def read_as_dicts(chosen: Format, source: Source) -> list[dict[str, Any]]:
    """What the format makes of the source, as the expected files write it."""
    records = [{"record": KINDS[type(record)], **as_dict(record)} for record in chosen.read(source)]
    return records + [{"record": "warning", "message": message} for message in source.warnings]


def as_dict(record: RawPost | RawComment | Skipped | RawBlog | Reading) -> dict[str, Any]:
    """The fields of a record that differ from their defaults, ready for JSON."""
    given = {
        field.name: getattr(record, field.name) for field in fields(record) if not _is_default(record, field)
    }
    return {name: _plain(value) for name, value in given.items()}


def _is_default(record: object, field: Any) -> bool:
    return field.default is not MISSING and getattr(record, field.name) == field.default


def _plain(value: Any) -> Any:
    if isinstance(value, RawBlog | Reading):
        return as_dict(value)
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    return value
