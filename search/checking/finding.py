"""What a check found: what it looked at, and each thing that does not agree with what to do about it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum


class Subject(StrEnum):
    """What is checked, in this order."""

    FOLDER = "folder"
    DATABASE = "database"
    RECORDS = "records"
    GENERATIONS = "generations"
    INDEX = "index"
    FACETS = "facet totals"
    EXPECTATIONS = "expectations"


class Remedy(StrEnum):
    """What helps. All but the last three are what `--repair` does."""

    REBUILD = "rebuild"
    REMOVE = "remove"
    SET = "set"
    MAKE_INDICES = "make indices"
    NOTE = "note"
    TAKE_OUT = "take out"
    READ_AGAIN = "read again"
    RESTORE = "restore"
    LOOK = "look"


REPAIRABLE = frozenset(
    {Remedy.REBUILD, Remedy.REMOVE, Remedy.SET, Remedy.MAKE_INDICES, Remedy.NOTE, Remedy.TAKE_OUT}
)

_ADVICE = {
    Remedy.REBUILD: "blogsearch check --repair builds the index anew from the store",
    Remedy.REMOVE: "blogsearch check --repair removes it",
    Remedy.SET: "blogsearch check --repair sets it",
    Remedy.MAKE_INDICES: "blogsearch check --repair makes the database's indices anew",
    Remedy.NOTE: "blogsearch check --repair notes it, and the next reindex of its source mends it",
    Remedy.TAKE_OUT: "run blogsearch reindex, as a source may have it, or check --repair takes it out",
    Remedy.READ_AGAIN: "run blogsearch reindex, which reads its source again",
    Remedy.RESTORE: "restore a backup, or import the sources into a new folder",
    Remedy.LOOK: "look into what has changed, and change what is expected if that is right",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One disagreement: where it is, what is wrong, and what helps.

    `key` is what it is of: a post, a file, a generation. `source` is where that can be read
    again, if it is known.
    """

    subject: Subject
    key: str
    problem: str
    remedy: Remedy
    source: str = ""

    @property
    def advice(self) -> str:
        """What to do, in words."""
        if self.remedy is Remedy.READ_AGAIN and self.source:
            return f"run blogsearch reindex {self.source}"
        return _ADVICE[self.remedy]


@dataclass(frozen=True, slots=True)
class Checked:
    """So much was looked at of a subject: numbers by what they count, such as `{"post": 4733}`."""

    subject: Subject
    counts: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class CheckReport:
    """A whole check, of the state of the store at which its index was `generation`.

    `notes` are what is worth knowing and not wrong. `lost` are the posts and comments that the index had and
    the store has not, by their keys: only a source can bring them back. `repaired` counts what was put right,
    by what helped.
    """

    generation: str
    seconds: float
    checked: tuple[Checked, ...]
    findings: tuple[Finding, ...]
    notes: tuple[str, ...] = ()
    repaired: tuple[Finding, ...] = ()
    lost: tuple[str, ...] = ()

    @property
    def agrees(self) -> bool:
        """Whether nothing is wrong."""
        return not self.findings

    def wrong(self) -> Counter[Subject]:
        """How many things are wrong with each subject."""
        return Counter(finding.subject for finding in self.findings)
