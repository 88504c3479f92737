"""What one torture is, and what came of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

Tell: TypeAlias = Callable[[str], None]
"""Told in one line how far it has come."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """So often was it tried (`times`), and that is what was `wrong`: one line each, none where all was well.

    `figures` are what was measured or counted, by what they are: `{"p99, ms": "7.2"}`.
    """

    times: int
    wrong: tuple[str, ...] = ()
    figures: Mapping[str, str] = field(default_factory=dict)


Run: TypeAlias = Callable[[int, Path, Tell], Outcome]
"""Try it so many times, in an empty folder of its own. What cannot run here raises `CannotRun`."""


class CannotRun(Exception):
    """This machine lacks something that the torture needs; the message says what, and how to get it."""
