"""Lines of the log say what happened, and nobody else can write one."""

from __future__ import annotations

import json
import logging
import sys
from typing import Any

import pytest

from web.watching.log import FIELDS, MOST, JsonLines, TextLines
from web.watching.request_id import current_id

FORGING = 'x\n2026-01-01 00:00:00 UTC  error  forged\r\n{"level": "error"}\x1b[2J\x9b31m\u2028\u202e\x00'


def record(message: str, *given: object, **fields: object) -> Any:
    made = logging.LogRecord("search.made", logging.WARNING, __file__, 1, message, given, None)
    made.created = 1772467920.1234
    setattr(made, FIELDS, fields)
    return made


@pytest.fixture(autouse=True)
def request_id() -> Any:
    token = current_id.set("abcd1234")
    yield
    current_id.reset(token)


def test_a_line_for_people_has_the_time_and_the_request() -> None:
    line = TextLines().format(record("generation %s is broken", "000042"))
    assert line == "2026-03-02 16:12:00 UTC  warning  generation 000042 is broken  [abcd1234]"


def test_a_line_for_programs_is_an_object_with_all_fields() -> None:
    line = JsonLines().format(
        record("slow", event="slow_search", ms=812.5, partial=True, filters=[["a", "b"]])
    )
    told = json.loads(line)
    assert told.pop("pid") > 0
    assert told == {
        "time": "2026-03-02T16:12:00.123Z",
        "level": "warning",
        "message": "slow",
        "logger": "search.made",
        "request_id": "abcd1234",
        "event": "slow_search",
        "ms": 812.5,
        "partial": True,
        "filters": [["a", "b"]],
    }


@pytest.mark.parametrize("formatter", [TextLines(), JsonLines()])
def test_no_message_becomes_two_lines_or_acts_on_a_terminal(formatter: logging.Formatter) -> None:
    line = formatter.format(record("asked for %s", FORGING, query=FORGING, filters=[[FORGING, FORGING]]))
    assert len(line.splitlines()) == 1
    assert line.isprintable()


@pytest.mark.parametrize("formatter", [TextLines(), JsonLines()])
def test_an_error_cannot_forge_a_line_by_what_it_says(formatter: logging.Formatter) -> None:
    try:
        int(FORGING)
    except ValueError:
        made = record("failed")
        made.exc_info = sys.exc_info()
    first, *others = formatter.format(made).splitlines()
    assert "failed" in first
    assert all(line.startswith("    ") and line.isprintable() for line in others)
    if isinstance(formatter, JsonLines):
        assert others == []
        assert "ValueError: invalid literal" in json.loads(first)["trace"]
    else:
        assert others[0] == "    Traceback (most recent call last):"


@pytest.mark.parametrize("formatter", [TextLines(), JsonLines()])
def test_no_message_fills_the_disk(formatter: logging.Formatter) -> None:
    assert len(formatter.format(record("%s", "a" * 10_000_000))) < 2 * MOST
