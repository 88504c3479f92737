"""Making the files of a generation: new segments of what changed, deletions in those before, and merges."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import numpy as np

from search.engine import Change
from search.engines.whoosh.arrays import Bools, Ints
from search.engines.whoosh.building.builder import build_segments
from search.engines.whoosh.columns.columns import Columns
from search.engines.whoosh.merging.merge import MEMORY, merge
from search.engines.whoosh.merging.policy import Size, merges
from search.engines.whoosh.publishing.journal import Journal, outdated
from search.engines.whoosh.publishing.opening import telling_of_damage
from search.engines.whoosh.publishing.snapshot import DELETED, SEGMENT, Snapshot
from search.engines.whoosh.segment.deletions import with_comments, write_deletions
from search.engines.whoosh.segment.files import read_segment, write_segment
from search.engines.whoosh.segment.segment import Segment
from search.memory import give_back

_READING: Final = 180_000_000
"""Bytes that this process has taken by the time it merges, with what a merge leaves behind."""

_LEAST: Final = 50_000_000
"""Bytes for merging, however few there are: or small segments would never become one."""


@dataclass(frozen=True, slots=True)
class Means:
    """What building may take: processes, and megabytes of memory in all of them together."""

    jobs: int
    megabytes: int


@dataclass(frozen=True, slots=True)
class Base:
    """The generation that another is built upon, and the folder it is in."""

    folder: Path
    snapshot: Snapshot


@dataclass(frozen=True, slots=True)
class Built:
    """What is in a generation's folder."""

    posts: int
    comments: int
    segments: tuple[str, ...]


def build(folder: Path, name: str, base: Base | None, changes: Iterable[Change], means: Means) -> Built:
    """Fill an empty folder with the generation of this name: the changes on top of `base`, if there is one.

    Files that stay as they are become hard links to those in the base's folder. Raises
    `IndexUnreadable` where these are damaged.
    """
    work = folder / "work"
    work.mkdir()
    changed = _changed(_parts_of(base), changes, work, means)
    with telling_of_damage(folder.parent):
        parts = _settled(changed, work, means)
        segments = [_put(part, folder, f"{name}-{number}") for number, part in enumerate(parts)]
        columns = Columns.join(segments, [part.deleted for part in parts])
    shutil.rmtree(work)
    columns.write(folder)
    return Built(columns.posts, columns.comments, tuple(segment.name for segment in segments))


@dataclass(frozen=True, slots=True)
class _Part:
    """A segment on its way into the generation: its file, new or the base's, and what is deleted in it.

    `deletions` is a file of the base that says the same, where there is one.
    """

    segment: Segment
    path: Path
    is_new: bool
    deleted: Bools | None = None
    deletions: Path | None = None

    @property
    def size(self) -> Size:
        gone = 0 if self.deleted is None else int(np.count_nonzero(self.deleted))
        return Size(self.segment.documents, gone, self.path.stat().st_size)

    def without(self, posts: Ints) -> _Part:
        """The same with these posts deleted, by document number; itself where they were before."""
        gone = with_comments(posts, self.segment.columns)
        if self.deleted is not None:
            gone |= self.deleted
        if np.count_nonzero(gone) == self.size.deleted:
            return self
        return replace(self, deleted=gone, deletions=None)


def _parts_of(base: Base | None) -> list[_Part]:
    if base is None:
        return []
    found = []
    for segment, deleted in zip(base.snapshot.segments, base.snapshot.deleted, strict=True):
        deletions = None if deleted is None else base.folder / f"{segment.name}{DELETED}"
        path = base.folder / f"{segment.name}{SEGMENT}"
        found.append(_Part(segment, path, is_new=False, deleted=deleted, deletions=deletions))
    return found


def _changed(old: Sequence[_Part], changes: Iterable[Change], work: Path, means: Means) -> list[_Part]:
    """What there was without the posts that changed, and new segments with these."""
    journal = Journal(changes)
    built = build_segments(journal.contents(), work, jobs=means.jobs, megabytes=means.megabytes)
    new = [_Part(read_segment(each.path), each.path, is_new=True) for each in built]
    ids = np.concatenate([np.zeros(0, "S1"), *(part.segment.columns.ids for part in new)])
    places = np.concatenate([np.zeros(0, np.int64), *(each.order for each in built)])
    changed = np.concatenate([ids, np.array(list(journal.removed), np.bytes_)])
    found = [part.without(np.flatnonzero(np.isin(part.segment.columns.ids, changed))) for part in old]
    gone = outdated(ids, places, journal.removed)
    begin = 0
    for part in new:
        end = begin + part.segment.columns.posts
        found.append(part.without(np.flatnonzero(gone[begin:end])))
        begin = end
    return found


def _settled(parts: Sequence[_Part], work: Path, means: Means) -> list[_Part]:
    """The parts after the merges that are due; without those that nothing is left of."""
    give_back()  # what was built with
    memory = max(means.megabytes * 1_000_000 - _READING, _LEAST)
    groups = merges([part.size for part in parts], memory // MEMORY)
    in_groups = {place for group in groups for place in group}
    found = [part for place, part in enumerate(parts) if place not in in_groups and part.size.live]
    for group in groups:
        chosen = [parts[place] for place in group if parts[place].size.live]
        if chosen:
            found.append(_merged(chosen, work / f"merged-{group[0]}{SEGMENT}"))
            give_back()
    return found


def _merged(parts: Sequence[_Part], path: Path) -> _Part:
    """One new segment of several. What it was made of is gone from memory when this returns."""
    merged = merge([part.segment for part in parts], [part.deleted for part in parts])
    write_segment(path, merged.fields, merged.columns, merged.common)
    return _Part(read_segment(path), path, is_new=True)


def _put(part: _Part, folder: Path, name: str) -> Segment:
    """Put a segment's files into the generation's folder: under this name, if they are new."""
    segment = part.segment
    if part.is_new:
        segment = read_segment(part.path.rename(folder / f"{name}{SEGMENT}"))
    else:
        os.link(part.path, folder / part.path.name)
    deletions = folder / f"{segment.name}{DELETED}"
    if part.deletions is not None:
        os.link(part.deletions, deletions)
    elif part.deleted is not None:
        write_deletions(deletions, part.deleted)
    return segment
