"""What became of a feed in a run."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Outcome(StrEnum):
    """What became of a feed: `WAITING` was not asked, as it is not due yet."""

    FETCHED = "fetched"
    UNCHANGED = "unchanged"
    FAILED = "failed"
    GONE = "gone"
    WAITING = "waiting"


@dataclass(frozen=True, slots=True)
class FeedReport:
    """A feed in a report: what became of it, how many posts and comments are `new`, when it is `next` due.

    `note` says what went wrong when it was asked, if anything.
    """

    address: str
    outcome: Outcome
    new: int = 0
    next: datetime | None = None
    note: str = ""

    def as_json(self) -> dict[str, object]:
        """The feed as a report lists it."""
        return {
            "address": self.address,
            "outcome": str(self.outcome),
            "new": self.new,
            "next": self.next.isoformat(timespec="seconds") if self.next else None,
            "note": self.note,
        }
