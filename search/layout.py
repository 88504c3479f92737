"""Where things lie in the data folder."""

from __future__ import annotations

from pathlib import Path


def store_file(data: Path) -> Path:
    """The SQLite store: the truth."""
    return data / "store.db"


def index_folder(data: Path) -> Path:
    """The generations of the index."""
    return data / "index"


def published_file(data: Path) -> Path:
    """What names the published generation, from the first one on."""
    return index_folder(data) / "CURRENT"


def lock_file(data: Path) -> Path:
    """Held by the one writer."""
    return data / "LOCK"


def dead_letter_file(data: Path) -> Path:
    """What could not be read: one JSON object a line."""
    return data / "dead-letter.jsonl"
