"""How to import, as the user says it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from indexer.live.options import LiveOptions
from search.engine import MEGABYTES
from search.expectations import NOTHING, Expectations


@dataclass(frozen=True, slots=True)
class Options:
    """How to import; the words are those of the command line. `jobs` 0 is as many as suit the size.

    `memory` is how many megabytes indexing takes at most, and `expected` what searches have to find
    afterwards.
    """

    data: Path
    format: str = ""
    blog: str = ""
    rebuild: bool = False
    jobs: int = 0
    memory: int = MEGABYTES
    keep_missing: bool = False
    force: bool = False
    restore: bool = False
    wait: bool = False
    expected: Expectations = NOTHING
    live: LiveOptions = field(default_factory=LiveOptions)
