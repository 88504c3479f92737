"""What the store says of the index."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Publication:
    """Which generation of the index readers are answered from, `since` when, and what is in it.

    All is empty before the first. An operator who went back did so from `rolled_back`, which is empty
    otherwise. The store knows since its schema 2 was extended by them: `digest` and `since` may be unknown.
    """

    generation: str = ""
    digest: str = ""
    since: datetime | None = None
    rolled_back: str = ""

    @property
    def latest(self) -> str:
        """The generation that was made of what the store holds."""
        return self.rolled_back or self.generation

    def is_of(self, edition: str) -> bool:
        """Whether an engine of this edition answers from just this generation."""
        name, _, digest = edition.partition("-")
        return bool(name) and name == self.generation and self.digest in (digest, "")
