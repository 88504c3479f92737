"""How an archive is, as its operator wants to know it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class BrokenGeneration:
    """A generation that is not served, and what is wrong with it, in words for the operator."""

    name: str
    problem: str


@dataclass(frozen=True, slots=True)
class Health:
    """Which generation answers, and whether it is the one that should.

    `serving` is empty where none can be; `published` is the one that the archive says is current, and
    `since` when it became that, an aware time. They differ where the published one is among the `broken`.
    `kept` are all those in the folder, the newest first. `rolled_back` is the generation that an operator
    went back from, empty where that is not so.
    """

    serving: str
    published: str
    since: datetime | None = None
    kept: tuple[str, ...] = ()
    broken: tuple[BrokenGeneration, ...] = ()
    rolled_back: str = ""

    @property
    def is_whole(self) -> bool:
        """Whether the published generation is the one that answers, and is as it was published."""
        broken = {each.name for each in self.broken}
        return bool(self.serving) and self.serving == self.published and self.serving not in broken


@dataclass(frozen=True, slots=True)
class CacheUse:
    """How often a cache had what was asked of it since it was made, and how often it had not."""

    hits: int = 0
    misses: int = 0
