"""Comments in the order of their conversation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from search.model import Comment

DEEPEST = 5
"""Replies are indented up to here, and flat below, so that a long quarrel stays readable."""


@dataclass(frozen=True, slots=True)
class Reply:
    """A comment at its place: how deep, and the comment it answers, if that is known."""

    comment: Comment
    depth: int
    parent: Comment | None


def threaded(comments: Sequence[Comment]) -> tuple[Reply, ...]:
    """Each comment followed by its answers, all in the order given.

    A comment whose parent is missing begins a conversation, as does the first of any that answer
    each other in a circle; every comment comes exactly once.
    """
    known = {comment.id: comment for comment in comments}
    answers: dict[str, list[Comment]] = {}
    for comment in comments:
        answers.setdefault(comment.parent if comment.parent in known else "", []).append(comment)
    placed: dict[str, Reply] = {}
    for beginning in (*answers.get("", ()), *comments):
        _place(beginning, answers, placed, known)
    return tuple(placed.values())


def _place(
    beginning: Comment, answers: dict[str, list[Comment]], placed: dict[str, Reply], known: dict[str, Comment]
) -> None:
    waiting = [(beginning, 0)]
    while waiting:
        comment, depth = waiting.pop()
        if comment.id in placed:
            continue
        placed[comment.id] = Reply(comment, min(depth, DEEPEST), known.get(comment.parent))
        waiting += [(answer, depth + 1) for answer in reversed(answers.get(comment.id, ()))]
