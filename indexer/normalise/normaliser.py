"""From a format's own words to posts and comments: the one place where they are given meaning."""

from __future__ import annotations

from collections import Counter

from indexer.record import RawComment, RawPost
from search.model import Comment, Post


class Unreadable(Exception):
    """A record in which there is nothing to make a post or comment of; the message says why."""


class Normaliser:
    """Makes posts and comments of raw ones, the same way for every format.

    `blog` overrides the blog a source names; `fallback_blog` is used where it names none.
    `warnings` counts what was recovered from or cut short, by message, over all records so far.
    """

    def __init__(self, blog: str = "", fallback_blog: str = "") -> None:
        self.warnings: Counter[str] = Counter()
        self._blog = blog
        self._fallback_blog = fallback_blog

    def post(self, raw: RawPost, source: str) -> Post:
        """The post, with the origins of its fields in `source`; raises `Unreadable`."""
        raise NotImplementedError

    def comment(self, raw: RawComment, previous: Post | None, source: str) -> Comment:
        """The comment, under its own post or else under `previous`; raises `Unreadable`."""
        raise NotImplementedError
