"""Checking all of an archive, and repairing what can be."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, TypeAlias

from search.checking.finding import REPAIRABLE, CheckReport, Finding, Remedy, Subject
from search.checking.folder import files_of, mode_of, open_to_others
from search.checking.index import InspectedGeneration
from search.checking.looking import Look
from search.engine import MEGABYTES
from search.engines.whoosh.checking.inspector import WhooshIndex
from search.expectations import Expectations
from search.layout import index_folder, lock_file, store_file
from search.lock import is_held
from search.presence import require_archive
from search.store.inspection import Inspection
from search.writer import open_for_writing

MOST_NAMED: Final = 20
"""Posts and comments that a note names; the rest are counted."""

_FROM_THE_SOURCES: Final = "run blogsearch reindex to read the sources again, which may have it"

Tell: TypeAlias = Callable[[Subject], None]
"""Told what is looked at next."""


@dataclass(frozen=True, slots=True)
class Means:
    """What a check may take to build what it compares an index with; `jobs` 0 is one for each core."""

    jobs: int = 0
    megabytes: int = MEGABYTES


def check(
    data: Path, expected: Expectations, tell: Tell, means: Means = Means(), *, alone: bool = False
) -> CheckReport:
    """Compare everything with everything, and change nothing.

    No lock is taken: the store is read as it was at one moment, with the generation that it names, whatever
    is published meanwhile. A caller that is `alone` holds the lock. Raises `ArchiveNotFound` and, for a store
    that cannot even be opened, `StoreUnreadable`.
    """
    started = time.monotonic()
    require_archive(data)
    index = WhooshIndex(index_folder(data), means.jobs, means.megabytes)
    with Inspection.of(store_file(data)) as store:
        look = Look(data, store, index, store.publication())
        tell(Subject.FOLDER)
        look.at_folder(writing=not alone and is_held(lock_file(data)))
        tell(Subject.DATABASE)
        look.at_database()
        tell(Subject.RECORDS)
        look.at_records()
        tell(Subject.GENERATIONS)
        is_whole = look.at_generations()
        _compare(look, expected, tell, is_whole=is_whole)
    return CheckReport(
        generation=look.publication.latest,
        seconds=time.monotonic() - started,
        checked=tuple(look.checked),
        findings=tuple(look.findings),
        notes=(*look.notes, *_on_what_was_lost(look.lost)),
        lost=tuple(look.lost),
    )


def _compare(look: Look, expected: Expectations, tell: Tell, *, is_whole: bool) -> None:
    """Compare the index with the store, as far as there is one that can be opened."""
    name = look.publication.latest
    if not name:
        _without_index(look)
        return
    if is_whole:
        generation = look.index.open(name)
        tell(Subject.INDEX)
        look.at_index(generation)
        tell(Subject.FACETS)
        look.at_facets(generation)
    if expected.entries and (answering := _answering(look)):
        tell(Subject.EXPECTATIONS)
        look.at_expectations(expected, answering)


def _without_index(look: Look) -> None:
    if posts := look.store.counts().posts:
        problem = f"there is no index, and the store has {posts:,} posts"
        look.findings.append(Finding(Subject.INDEX, str(index_folder(look.data)), problem, Remedy.REBUILD))


def _answering(look: Look) -> InspectedGeneration | None:
    """The generation that readers are answered from, where it can be opened."""
    try:
        return look.index.open(look.publication.generation)
    except (OSError, ValueError):
        return None  # which is among the findings already


def repair(
    data: Path, expected: Expectations, tell: Tell, means: Means = Means(), *, wait: bool = False
) -> CheckReport:
    """Check, put right what can be, and check again; the archive's lock is held meanwhile.

    The index is only ever made anew of the store, and the store is never replaced. What it cannot know any
    more is noted to be read anew with its source. Raises as `check` does, and `ArchiveLocked`.
    """
    before = check(data, expected, tell, means)
    remedies = {finding.remedy for finding in before.findings} & REPAIRABLE
    if not remedies:
        return before
    jobs = means.jobs or None
    with open_for_writing(data, wait=wait, jobs=jobs, megabytes=means.megabytes) as writer:
        # Opening it has removed what killed writers left, and brought `CURRENT` to what the store says.
        if Remedy.MAKE_INDICES in remedies:
            writer.make_indices_anew()
        if remedies & {Remedy.NOTE, Remedy.TAKE_OUT}:
            with Inspection.of(store_file(data)) as store:
                damaged = tuple(store.damage())
            writer.mend(damaged)
        if before.lost or remedies & {Remedy.NOTE, Remedy.TAKE_OUT}:
            writer.forget_what_was_read()
        writer.publish(rebuild=Remedy.REBUILD in remedies)
        _remove_broken(WhooshIndex(index_folder(data)), keep=writer.generation)
        for finding in open_to_others(files_of(data)):
            path = Path(finding.key)
            path.chmod(mode_of(path))
    after = check(data, expected, tell, means)
    left = {(finding.subject, finding.key, finding.problem) for finding in after.findings}
    done = (each for each in before.findings if (each.subject, each.key, each.problem) not in left)
    notes = (*after.notes, *_on_what_was_lost(before.lost), *_on_what_was_taken_out(before.findings))
    seconds = before.seconds + after.seconds
    return replace(after, seconds=seconds, repaired=tuple(done), notes=notes, lost=before.lost)


def _on_what_was_lost(lost: Sequence[str]) -> Iterator[str]:
    """An index that is made anew does not have it any more either, so this is the time to say it."""
    if lost:
        yield f"the index had what the store has not: {_some(lost)}; {_FROM_THE_SOURCES}"


def _on_what_was_taken_out(found: Iterable[Finding]) -> Iterator[str]:
    if keys := [each.key for each in found if each.remedy is Remedy.TAKE_OUT]:
        yield f"no source is known to hold what was taken out: {_some(keys)}; {_FROM_THE_SOURCES}"


def _some(keys: Sequence[str]) -> str:
    more = len(keys) - MOST_NAMED
    return ", ".join(keys[:MOST_NAMED]) + (f" and {more:,} more" if more > 0 else "")


def _remove_broken(index: WhooshIndex, keep: str) -> None:
    """Remove the generations that nobody can be answered from; the one to keep was just verified."""
    for each in index.verified():
        if each.problem and each.name != keep:
            index.remove(each.name)
