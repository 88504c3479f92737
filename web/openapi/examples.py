"""Real questions with their real answers: those of the sample archive, which a test asks them again."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("examples.json")


@dataclass(frozen=True, slots=True)
class Example:
    """A path to ask, and what is answered: with which status, and the document or text."""

    ask: str
    status: int
    answer: Any


@cache
def examples() -> dict[str, tuple[Example, ...]]:
    """The examples of each operation, by its name; a good answer comes first."""
    stored = json.loads(FILE.read_text(encoding="utf-8"))
    return {name: tuple(Example(**each) for each in some) for name, some in stored.items()}
