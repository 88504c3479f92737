"""The index as a check looks at it: every byte, every document, every count."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from search.checking.index import Difference, InspectedGeneration, InspectedIndex, Kind, Verified
from search.deadline import Deadline
from search.engine import MEGABYTES, Generation
from search.engines.whoosh.answering.evaluation import answer
from search.engines.whoosh.arrays import Bools, Ints
from search.engines.whoosh.building.builder import build_segments
from search.engines.whoosh.checking.fingerprints import SEPARATOR, Fingerprints, decoded
from search.engines.whoosh.columns.columns import Columns
from search.engines.whoosh.merging.pairs import merge_pairs
from search.engines.whoosh.publishing.generations import BUILDING, NEXT, REMOVED, Generations
from search.engines.whoosh.publishing.manifest import Manifest
from search.engines.whoosh.publishing.opening import open_generation
from search.engines.whoosh.publishing.snapshot import Snapshot
from search.engines.whoosh.segment.files import read_segment
from search.engines.whoosh.segment.inverted import Inverted
from search.engines.whoosh.segment.segment import Segment
from search.memory import give_back
from search.model import PostWithComments
from search.request import SearchRequest
from search.results import Matches

_SECONDS: Final = 60.0
"""How long a search of a check takes at most: it is not waited for by a reader."""


@dataclass(frozen=True, slots=True)
class WhooshIndex(InspectedIndex):
    """The generations in a folder, which need not exist."""

    folder: Path
    jobs: int = 0
    megabytes: int = MEGABYTES

    def published(self) -> str:
        """The name that `CURRENT` holds."""
        return Generations(self.folder).current()

    def verified(self) -> Iterator[Verified]:
        """Every generation that is kept; see `InspectedIndex`."""
        generations = Generations(self.folder)
        for name in generations.names():
            problem, files, size = "", 0, 0
            try:
                manifest = Manifest.read(generations.path(name))
                files, size = len(manifest.files), sum(file.size for file in manifest.files.values())
                manifest.check(generations.path(name))
            except (OSError, ValueError) as error:
                problem = str(error)
            yield Verified(name, files, size, problem)

    def leftovers(self, latest: str) -> list[Path]:
        """What killed writers left behind; see `InspectedIndex`."""
        if not self.folder.is_dir():
            return []
        generations = Generations(self.folder)
        newest = max((int(name) for name in (latest, generations.current()) if name), default=0)
        unfinished = [
            path
            for path in sorted(self.folder.iterdir())
            if path.name == NEXT or path.name.endswith((BUILDING, REMOVED))
        ]
        return unfinished + [generations.path(name) for name in generations.names() if int(name) > newest]

    def remove(self, name: str) -> None:
        """Remove a generation; for the holder of the archive's lock."""
        shutil.rmtree(Generations(self.folder).path(name))

    def open(self, name: str) -> WhooshGeneration:
        """Open a generation; see `InspectedIndex`."""
        return WhooshGeneration(
            open_generation(Generations(self.folder), name), self.jobs or os.cpu_count() or 1, self.megabytes
        )


@dataclass(frozen=True, slots=True)
class WhooshGeneration(InspectedGeneration):
    """One generation, open. Building to compare with takes so many processes and megabytes."""

    snapshot: Snapshot
    jobs: int
    megabytes: int

    @property
    def generation(self) -> Generation:
        """What it is."""
        return self.snapshot.generation

    def search(self, request: SearchRequest) -> Matches:
        """What it answers."""
        return answer(request, self.snapshot, Deadline(_SECONDS))

    def contradictions(self) -> Iterator[str]:
        """Columns that do not follow from the segments, and pairs of words that are not in the texts."""
        again = Columns.join(self.snapshot.segments, self.snapshot.deleted).arrays()
        for name, column in self.snapshot.columns.arrays().items():
            if not np.array_equal(column, again[name]):
                yield f"its column {name!r} does not follow from its segments"
        for segment in self.snapshot.segments:
            if not _has_right_pairs(segment):
                yield f"the pairs of words in segment {segment.name} are not those of its texts"
            give_back()

    def differences(self, contents: Iterable[PostWithComments], folder: Path) -> Iterator[Difference]:
        """Where it is not what it would be, built of these posts; see `InspectedGeneration`."""
        built = build_segments(contents, folder, jobs=self.jobs, megabytes=self.megabytes)
        give_back()
        here = Fingerprints.joined([*self._fingerprints()])
        yield from _twice(here)
        seen = np.zeros(len(here.keys), np.bool_)
        for each in built:
            yield from _compared(here, _of_new(read_segment(each.path)), seen)
            each.path.unlink()
            give_back()
        yield from (_difference(Kind.SUPERFLUOUS, key) for key in here.keys[~seen].tolist())

    def _fingerprints(self) -> Iterator[Fingerprints]:
        for segment, post_of in zip(self.snapshot.segments, self.snapshot.columns.post_of, strict=True):
            yield Fingerprints.of(segment, decoded(segment), post_of >= 0)
            give_back()


def _of_new(segment: Segment) -> Fingerprints:
    return Fingerprints.of(segment, decoded(segment), np.ones(segment.documents, np.bool_))


def _twice(index: Fingerprints) -> Iterator[Difference]:
    again = np.flatnonzero(index.keys[1:] == index.keys[:-1])
    return (_difference(Kind.TWICE, key) for key in index.keys[again].tolist())


def _compared(index: Fingerprints, expected: Fingerprints, seen: Bools) -> Iterator[Difference]:
    """Where the index, which is in the order of its keys, differs; what is in both is then `seen`."""
    places = np.searchsorted(index.keys, expected.keys)
    there = np.flatnonzero(places < len(index.keys))
    there = there[index.keys[places[there]] == expected.keys[there]]
    missing = np.ones(len(expected.keys), np.bool_)
    missing[there] = False
    found = places[there]
    seen[found] = True
    yield from _each(Kind.MISSING, expected, np.flatnonzero(missing))
    yield from _each(Kind.WORDS, expected, there[index.words[found] != expected.words[there]])
    yield from _each(Kind.FIELDS, expected, there[index.fields[found] != expected.fields[there]])


def _each(kind: Kind, prints: Fingerprints, which: Ints) -> Iterator[Difference]:
    return (_difference(kind, key) for key in prints.keys[which].tolist())


def _difference(kind: Kind, key: bytes) -> Difference:
    post, _, comment = key.decode("utf-8", "replace").partition(SEPARATOR.decode())
    return Difference(kind, post, comment)


def _has_right_pairs(segment: Segment) -> bool:
    """Whether its pairs of common words are those that its texts have."""
    pairs, common = merge_pairs(segment.fields["body"].inverted())
    written = segment.fields["body_pair"].inverted()
    return segment.common == common and _same(written, pairs)


def _same(one: Inverted, other: Inverted) -> bool:
    return list(one.terms) == list(other.terms) and all(
        np.array_equal(getattr(one, name), getattr(other, name))
        for name in ("starts", "documents", "lengths", "frequencies", "positions")
    )
