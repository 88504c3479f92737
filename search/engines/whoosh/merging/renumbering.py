"""Which document of which segment becomes which document of the merged one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from search.engines.whoosh.arrays import Bools, Ints


@dataclass(frozen=True, slots=True)
class Renumbering:
    """What becomes of one segment's documents.

    `documents` has the new number of each, -1 where it is deleted. Numbers ascend over those that stay,
    because posts come before comments in the merged segment, too. `posts` are the old numbers of the posts
    that stay, `comments` those of the comments, counted from the segment's first comment, which comes after
    `old_posts` posts. `first_comment` is the number that the first comment of all has in the merged segment.
    """

    documents: NDArray[np.int32]
    posts: Ints
    comments: Ints
    first_comment: int
    old_posts: int

    def new_comments(self, old: Ints) -> Ints:
        """The new numbers of comments, counted from the first comment; -1 for deleted ones."""
        new = self.documents[self.old_posts + old.astype(np.int64)]
        return np.where(new < 0, -1, new - self.first_comment)


@dataclass(frozen=True, slots=True)
class Part:
    """How many posts and comments a segment has, and which of its documents are deleted (None: none are)."""

    posts: int
    comments: int
    deleted: Bools | None = None


def renumber(parts: Sequence[Part]) -> list[Renumbering]:
    """Number what stays of segments: the posts of the first, of the second and so on, then their comments."""
    kept = [_kept(part) for part in parts]
    posts = [np.flatnonzero(keep[: part.posts]) for part, keep in zip(parts, kept, strict=True)]
    comments = [np.flatnonzero(keep[part.posts :]) for part, keep in zip(parts, kept, strict=True)]
    next_post, first_comment = 0, sum(map(len, posts))
    next_comment = first_comment
    found = []
    for part, staying, answers in zip(parts, posts, comments, strict=True):
        documents = np.full(part.posts + part.comments, -1, np.int32)
        documents[staying] = np.arange(next_post, next_post + len(staying))
        documents[part.posts + answers] = np.arange(next_comment, next_comment + len(answers))
        next_post, next_comment = next_post + len(staying), next_comment + len(answers)
        found.append(Renumbering(documents, staying, answers, first_comment, part.posts))
    return found


def _kept(part: Part) -> Bools:
    return np.ones(part.posts + part.comments, np.bool_) if part.deleted is None else ~part.deleted
