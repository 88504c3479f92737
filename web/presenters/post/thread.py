"""Comments in the order of their conversation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from search.model import Comment

DEEPEST = 4
"""Replies nest up to here, and are flat below: as deep as a phone can show, however long a quarrel is."""


@dataclass(frozen=True, slots=True)
class Reply:
    """A comment at its place: how deep, and the comment it answers, if that is known.

    `opens` says that its own answers follow, one level deeper; else `closes` levels end after it.
    """

    comment: Comment
    depth: int
    parent: Comment | None
    opens: bool
    closes: int


def threaded(comments: Sequence[Comment]) -> tuple[Reply, ...]:
    """Each comment followed by its answers, all in the order given.

    A comment whose parent is missing begins a conversation, as does the first of any that answer
    each other in a circle; every comment comes exactly once.
    """
    known = {comment.id: comment for comment in comments}
    answers: dict[str, list[Comment]] = {}
    for comment in comments:
        answers.setdefault(comment.parent if comment.parent in known else "", []).append(comment)
    placed: dict[str, int] = {}
    for beginning in (*answers.get("", ()), *comments):
        _place(beginning, answers, placed)
    return tuple(_replies(placed, known))


def _place(beginning: Comment, answers: dict[str, list[Comment]], placed: dict[str, int]) -> None:
    """Note how deep a comment and all that answers it stand; without recursion, as some go down thousands."""
    waiting = [(beginning, 0)]
    while waiting:
        comment, depth = waiting.pop()
        if comment.id in placed:
            continue
        placed[comment.id] = min(depth, DEEPEST)
        waiting += [(answer, depth + 1) for answer in reversed(answers.get(comment.id, ()))]


def _replies(placed: dict[str, int], known: dict[str, Comment]) -> Iterator[Reply]:
    depths = [*placed.values(), 0]
    for name, depth, following in zip(placed, depths, depths[1:], strict=False):
        comment = known[name]
        yield Reply(
            comment,
            depth,
            known.get(comment.parent),
            opens=following > depth,
            closes=max(depth - following, 0),
        )
