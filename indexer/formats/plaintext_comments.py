"""The comments at the end of a page copied as text.

Blogger's older pages put them as `Name said...`, the text, the time; its newer ones as the name, the
time, the text, `Reply`. A comment's text can hold lines of either kind, so a new comment begins only
where the one before has ended, unless that finds fewer than the page announces.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from indexer.formats.plaintext_words import commenter, is_button, is_time


class Line(NamedTuple):
    """One line that is not blank: its number from 1, and its text with white space collapsed."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class PageComment:
    """One comment: who, when (as written, or empty), what, and the lines it came from."""

    author: str
    time: str
    lines: Sequence[Line]
    where: Sequence[Line]


def find_comments(lines: Sequence[Line], announced: int) -> tuple[list[PageComment], list[Line]]:
    """The comments among the lines, and the lines that are of none. `announced` is -1 where unknown."""
    starts = [at for at in range(len(lines)) if _is_said(lines, at) and _is_after_end(lines, at)]
    if len(starts) < announced:
        starts = max(starts, [at for at in range(len(lines)) if _is_said(lines, at)], key=len)
    as_said = bool(starts) or not announced
    if not as_said:
        starts = [at for at in range(len(lines)) if _is_name_over_time(lines, at) and _is_apart(lines, at)]
    comments: list[PageComment] = []
    left = list(lines[: starts[0]] if starts else lines)
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=False):
        comment, rest = (_said if as_said else _named)(lines[start:end])
        comments.append(comment)
        left += rest
    return comments, [line for line in left if not is_button(line.text)]


def _is_after_end(lines: Sequence[Line], at: int) -> bool:
    """Whether the line is the first, or a time or a button above it has ended the comment before."""
    return at == 0 or is_time(lines[at - 1].text) or is_button(lines[at - 1].text)


def _is_apart(lines: Sequence[Line], at: int) -> bool:
    return _is_after_end(lines, at) or lines[at].number > lines[at - 1].number + 1


def _is_said(lines: Sequence[Line], at: int) -> bool:
    return bool(commenter(lines[at].text))


def _is_name_over_time(lines: Sequence[Line], at: int) -> bool:
    if at + 1 >= len(lines) or is_time(lines[at].text) or is_button(lines[at].text):
        return False
    return is_time(lines[at + 1].text)


def _said(lines: Sequence[Line]) -> tuple[PageComment, Sequence[Line]]:
    """`Name said...`, text, time; what follows the last time belongs to no comment."""
    ends = [at for at, line in enumerate(lines) if at and is_time(line.text)]
    end = ends[-1] if ends else len(lines)
    time = lines[end].text if ends else ""
    text = [line for line in lines[1:end] if ends or not is_button(line.text)]
    return PageComment(commenter(lines[0].text), time, text, lines[: end + 1]), lines[end + 1 :]


def _named(lines: Sequence[Line]) -> tuple[PageComment, Sequence[Line]]:
    """Name, time, text, buttons; what follows the first button belongs to no comment."""
    buttons = [at for at, line in enumerate(lines) if at > 1 and is_button(line.text)]
    end = buttons[0] if buttons else len(lines)
    return PageComment(lines[0].text, lines[1].text, lines[2:end], lines[:end]), lines[end:]
