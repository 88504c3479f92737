"""One search, in terms that every engine has."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any


class Joined(StrEnum):
    """How the words of a case belong together."""

    ALL = "all"
    ANY = "any"
    PHRASE = "phrase"
    PREFIX = "prefix"


@dataclass(frozen=True, slots=True)
class Case:
    """One search, in terms that every engine has. No words: all posts, newest first.

    `tag` is a filter that its own facet's counts leave out; `first` and `last` are days, included.
    """

    words: tuple[str, ...] = ()
    joined: Joined = Joined.ALL
    tag: str = ""
    first: date | None = None
    last: date | None = None
    newest: bool = False

    @property
    def by_date(self) -> bool:
        """Whether the results are sorted by date: asked for, or because nothing is scored."""
        return self.newest or not self.words


def save_cases(cases: Iterable[Case], target: Path) -> None:
    """Write cases as JSON, one a line."""
    target.write_text("".join(json.dumps(asdict(case), default=str) + "\n" for case in cases), "utf-8")


def load_cases(source: Path) -> list[Case]:
    """Read what `save_cases` wrote."""
    return [_case(json.loads(line)) for line in source.read_text("utf-8").splitlines()]


def _case(values: dict[str, Any]) -> Case:
    days = {name: date.fromisoformat(values[name]) for name in ("first", "last") if values[name]}
    return Case(**{**values, "words": tuple(values["words"]), "joined": Joined(values["joined"]), **days})
