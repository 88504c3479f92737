"""A live source that is about to be asked."""

from __future__ import annotations

from dataclasses import dataclass

from search.history import FeedState, SourceRecord


@dataclass(frozen=True, slots=True)
class Asked:
    """A source that is asked, and what is remembered of it if it is a feed or a list of them."""

    record: SourceRecord
    state: FeedState | None
