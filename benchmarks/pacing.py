"""Building in turns: this project, then another, and again, on the same posts."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from statistics import median
from typing import Final

from benchmarks.building import Built, measure_building
from benchmarks.kept import Collection, clear
from benchmarks.peers.registry import THIS

PACED: Final = ("tantivy", "whoosh")
"""The peers that building is compared with, in the same minutes."""
_SLOW: Final = ("whoosh",)
"""Those that are given a few posts only: their pace falls with more, if anything."""
_SAMPLE: Final = 2_000
"""How many."""


@dataclass(frozen=True, slots=True)
class Paced:
    """Posts a second, here and there, build by build; theirs on `theirs_posts` posts."""

    other: str
    posts: int
    theirs_posts: int
    ours: Sequence[float]
    theirs: Sequence[float]

    @property
    def ratio(self) -> float:
        """How many times as many posts a second as theirs: the middle one of the turns."""
        return median(mine / other for mine, other in zip(self.ours, self.theirs, strict=True))


def measure_paces(
    others: Sequence[str], collection: Collection, scratch: Path, turns: int
) -> tuple[Built, list[Paced]]:
    """Build in turns; returns what the last build of this project took, which is left where it belongs."""
    given = {name: _given(name, collection, scratch) for name in others if name in PACED}
    ours: list[Built] = []
    theirs: dict[str, list[float]] = {name: [] for name in given}
    for _ in range(turns):
        clear(collection, THIS)
        ours.append(measure_building(THIS, collection.index(THIS), collection.file, collection.posts))
        for name, (file, count) in given.items():
            theirs[name].append(measure_building(name, scratch / name, file, count).posts_a_second)
            shutil.rmtree(scratch / name)
    pace = [built.posts_a_second for built in ours]
    return ours[-1], [Paced(name, collection.posts, given[name][1], pace, theirs[name]) for name in given]


def _given(name: str, collection: Collection, scratch: Path) -> tuple[Path, int]:
    """The posts that an engine builds from, and how many there are."""
    if name not in _SLOW or collection.posts <= _SAMPLE:
        return collection.file, collection.posts
    sample = scratch / "beginning.jsonl"
    with collection.file.open(encoding="utf-8") as lines, sample.open("w", encoding="utf-8") as out:
        out.writelines(islice(lines, _SAMPLE))
    return sample, _SAMPLE
