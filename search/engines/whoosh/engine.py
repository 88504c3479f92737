"""The embedded engine: searches the published generation, and publishes new ones."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import Self

from search.engine import MEGABYTES, SECONDS, Change, Confirm, Engine, Generation, agreed
from search.engines.whoosh.answering.completion import complete
from search.engines.whoosh.answering.evaluation import answer, similar
from search.engines.whoosh.publishing.builder import Base, Means, build
from search.engines.whoosh.publishing.generations import Generations, Stamp
from search.engines.whoosh.publishing.manifest import Manifest
from search.engines.whoosh.publishing.older import OlderGenerations
from search.engines.whoosh.publishing.opening import REMEDY, open_generation, open_newest, telling_of_damage
from search.engines.whoosh.publishing.snapshot import Snapshot
from search.errors import GenerationGone, IndexUnreadable
from search.request import SearchRequest
from search.results import Facet, Match, Matches, Suggestion


@dataclass(frozen=True, slots=True)
class _Opened:
    """What was opened when the folder looked so; None where there was nothing to open."""

    stamp: Stamp
    snapshot: Snapshot | None


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A generation that was built and is not published; see `Candidate`."""

    _snapshot: Snapshot
    _seconds: float

    @property
    def generation(self) -> Generation:
        return self._snapshot.generation

    def search(self, request: SearchRequest) -> Matches:
        return answer(request, self._snapshot, self._seconds)


class WhooshEngine(Engine):
    """An engine on the folder of an index, which need not exist yet: until it does, nothing is found.

    Safe for many threads. `jobs` is how many processes build an index, by default one for each core, and
    `megabytes` how much memory they take together; `seconds` is how long a search may take. Close it, or
    use it as a context manager.
    """

    def __init__(
        self,
        index_folder: Path,
        *,
        jobs: int | None = None,
        megabytes: int = MEGABYTES,
        seconds: float = SECONDS,
    ) -> None:
        self._generations = Generations(index_folder)
        self._means = Means(jobs or os.cpu_count() or 1, megabytes)
        self._seconds = seconds
        self._opening = threading.Lock()
        self._opened: _Opened | None = None
        self._older = OlderGenerations(self._generations)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of what is open: files close when running searches are done. A search opens them again."""
        self._opened = None
        self._older.close()

    @property
    def generation(self) -> str:
        """The name of the generation that a search would be answered from; empty where there is none."""
        snapshot = self._snapshot()
        return snapshot.generation.name if snapshot else ""

    @property
    def edition(self) -> str:
        """The generation that a search would be answered from, and what is in it; see `Engine`."""
        snapshot = self._snapshot()
        return f"{snapshot.generation.name}-{snapshot.generation.digest}" if snapshot else ""

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages of the posts; see `Engine`."""
        snapshot = self._snapshot()
        return snapshot.languages if snapshot else ()

    def search(self, request: SearchRequest) -> Matches:
        """Find the posts of a request; see `Engine`."""
        snapshot = self._snapshot_of(request)
        if snapshot is None:
            return Matches((), 0, {name: Facet(name) for name in request.facets}, "")
        with telling_of_damage(self._generations.folder):
            return answer(request, snapshot, self._seconds)

    def stretch(self, request: SearchRequest, places: range) -> Matches:
        """The results of a request at these places; see `Engine`."""
        request = replace(request, facets=())
        snapshot = self._snapshot_of(request)
        if snapshot is None:
            return Matches((), 0, {}, "")
        with telling_of_damage(self._generations.folder):
            return answer(request, snapshot, self._seconds, places)

    def similar(self, post_id: str, size: int) -> list[Match]:
        """Posts most like this one; see `Engine`."""
        snapshot = self._snapshot()
        with telling_of_damage(self._generations.folder):
            return similar(post_id, size, snapshot, self._seconds) if snapshot else []

    def suggest(self, prefix: str, size: int) -> list[Suggestion]:
        """Titles, tags and authors with a word that begins so; see `Engine`."""
        snapshot = self._snapshot()
        with telling_of_damage(self._generations.folder):
            return complete(snapshot.columns, snapshot.segments, prefix, size) if snapshot else []

    def publish(self, changes: Iterable[Change], *, rebuild: bool, confirm: Confirm = agreed) -> Generation:
        """Apply the changes and publish the result; see `Engine`.

        Raises `IndexUnreadable` where the published generation cannot be built upon: what changed
        since an older one is not known here, so only a rebuild helps.
        """
        generations = self._generations
        base = None if rebuild else self._base()
        with generations.building() as folder:
            name = generations.named(folder)
            built = build(folder, name, base, changes, self._means)
            generation = generations.seal(folder, built.posts, built.comments, built.segments)
            snapshot = Snapshot.open(folder, name, Manifest.read(folder))  # as proof
            confirm(_Candidate(snapshot, self._seconds))
            generations.publish(folder, generation)
        return generation

    def go_to(self, name: str) -> Generation:
        """Make a generation that is kept the published one; see `Engine`."""
        try:
            snapshot = open_generation(self._generations, name)
        except (OSError, ValueError) as error:
            raise GenerationGone(name) from error
        self._generations.point_to(name)
        return snapshot.generation

    def _base(self) -> Base | None:
        generations = self._generations
        if not generations.exist():
            return None
        name = generations.newest()
        try:
            return Base(generations.path(name), open_generation(generations, name))
        except (OSError, ValueError) as error:
            raise IndexUnreadable(
                f"the index in {generations.folder} cannot be added to ({error}); {REMEDY}"
            ) from error

    def _snapshot(self) -> Snapshot | None:
        """The published generation; None where there is none yet.

        It is opened once, by one thread; to find that it is still the published one takes no lock.
        """
        stamp, opened = self._generations.stamp(), self._opened
        if opened is not None and opened.stamp == stamp:
            return opened.snapshot
        with self._opening:
            stamp, opened = self._generations.stamp(), self._opened
            if opened is None or opened.stamp != stamp:
                opened = _Opened(stamp, open_newest(self._generations))
                self._opened = opened
                self._older.let_go()
            return opened.snapshot

    def _snapshot_of(self, request: SearchRequest) -> Snapshot | None:
        """The generation that is to answer: the one the request names, or the published one."""
        snapshot, name = self._snapshot(), request.generation
        if not name or (snapshot is not None and snapshot.generation.name == name):
            return snapshot
        return self._older.open(name, snapshot)
