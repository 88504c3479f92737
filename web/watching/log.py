"""The log of a server: one line for what somebody should know, on standard error.

Whatever was asked, imported or raised may stand in a message. So no line has a character that acts on a
terminal, and what has several lines is indented or, in JSON, escaped: none of it can pass for a line of ours.
"""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Final, Literal, TypeAlias, get_args

from search.text.inert import printable
from web.watching.request_id import current_id

Style: TypeAlias = Literal["text", "json"]
STYLES: Final[tuple[Style, ...]] = get_args(Style)

MOST: Final = 2_000
"""Characters of a message; whoever wrote the rest is not to fill the disk."""
MOST_OF_TRACE: Final = 20_000

HANDLER: Final = "blogsearch"
"""The name of what writes the lines; the command that we are called by may have begun to."""

FIELDS: Final = "fields"
"""The attribute of a record that has what JSON shows beside the message: `extra={FIELDS: {...}}`."""

_TOLD_FROM: Final = {"text": logging.WARNING, "json": logging.INFO}
"""What is worth a line: with text, which people read, nothing that is as it should be."""


def begin_log(style: Style) -> None:
    """Write what any part of the program logs to standard error, in this style."""
    root = logging.getLogger()
    handler = next((handler for handler in root.handlers if handler.name == HANDLER), None)
    if handler is None:
        handler = logging.StreamHandler(sys.stderr)
        handler.name = HANDLER
        root.addHandler(handler)
    handler.setFormatter(JsonLines() if style == "json" else TextLines())
    root.setLevel(_TOLD_FROM[style])


class TextLines(logging.Formatter):
    """`2026-03-02 16:12:00 UTC  warning  … [id of the request]`, and a trace indented below it."""

    def format(self, record: logging.LogRecord) -> str:
        """One line, unless there is a trace."""
        time = datetime.fromtimestamp(record.created, UTC)
        named = f"  [{request_id}]" if (request_id := current_id.get()) else ""
        line = f"{time:%Y-%m-%d %H:%M:%S} UTC  {record.levelname.lower()}  {_message(record)}{named}"
        return "\n    ".join([line, *_trace(self, record)])


class JsonLines(logging.Formatter):
    """A JSON object a line; its keys are documented in docs/operating.md."""

    def format(self, record: logging.LogRecord) -> str:
        """The object."""
        time = datetime.fromtimestamp(record.created, UTC)
        told: dict[str, object] = {
            "time": time.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            "level": record.levelname.lower(),
            "message": _message(record),
            "logger": record.name,
            "pid": record.process,
        }
        if request_id := current_id.get():
            told["request_id"] = request_id
        fields = getattr(record, FIELDS, {})
        told |= {key: _inert(value) for key, value in fields.items()}
        if trace := _trace(self, record):
            told["trace"] = "\n".join(trace)
        return json.dumps(told, ensure_ascii=False)


def _message(record: logging.LogRecord) -> str:
    return printable(record.getMessage()[:MOST])


def _trace(formatter: logging.Formatter, record: logging.LogRecord) -> list[str]:
    if not record.exc_info:
        return []
    text = formatter.formatException(record.exc_info)
    return [printable(line) for line in text[-MOST_OF_TRACE:].splitlines()]


def _inert(value: object) -> object:
    match value:
        case str():
            return printable(value[:MOST])
        case Mapping():
            return {printable(str(key)): _inert(each) for key, each in value.items()}
        case list() | tuple():
            return [_inert(each) for each in value]
        case _:
            return value
