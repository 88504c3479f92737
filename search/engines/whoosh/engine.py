"""The embedded engine: searches the published generation, and publishes new ones."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import Self

from search.deadline import SECONDS, Deadline
from search.engine import MEGABYTES, Change, Confirm, Engine, Generation, agreed
from search.engines.whoosh.answering.completion import complete
from search.engines.whoosh.answering.evaluation import answer, similar
from search.engines.whoosh.answering.warming import warm
from search.engines.whoosh.publishing.attendance import is_attended
from search.engines.whoosh.publishing.builder import Base, Means, build
from search.engines.whoosh.publishing.generations import Generations
from search.engines.whoosh.publishing.manifest import Manifest
from search.engines.whoosh.publishing.older import OlderGenerations
from search.engines.whoosh.publishing.opening import REMEDY, open_generation, telling_of_damage
from search.engines.whoosh.publishing.serving import Serving
from search.engines.whoosh.publishing.snapshot import Snapshot
from search.engines.whoosh.publishing.watch import Watch
from search.errors import GenerationGone, IndexUnreadable
from search.health import BrokenGeneration, CacheUse
from search.request import SearchRequest
from search.results import Facet, Match, Matches, Suggestion

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A generation that was built and is not published; see `Candidate`."""

    _snapshot: Snapshot
    _seconds: float

    @property
    def generation(self) -> Generation:
        return self._snapshot.generation

    def search(self, request: SearchRequest) -> Matches:
        return answer(request, self._snapshot, Deadline(self._seconds))


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
        self._older = OlderGenerations(self._generations)
        self._serving = Serving(self._generations, self._older.let_go)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of what is open: files close when running searches are done. A search opens them again."""
        self._serving.close()
        self._older.close()

    @property
    def generation(self) -> str:
        """The name of the generation that a search would be answered from; empty where there is none."""
        snapshot = self._serving.snapshot()
        return snapshot.generation.name if snapshot else ""

    @property
    def edition(self) -> str:
        """The generation that a search would be answered from, and what is in it; see `Engine`."""
        snapshot = self._serving.snapshot()
        return f"{snapshot.generation.name}-{snapshot.generation.digest}" if snapshot else ""

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages of the posts; see `Engine`."""
        snapshot = self._serving.snapshot()
        return snapshot.languages if snapshot else ()

    @property
    def cache_use(self) -> CacheUse:
        """How often what was asked for was at hand; see `Engine`."""
        snapshot = self._serving.opened
        return snapshot.cache.use if snapshot else CacheUse()

    def deadline(self) -> Deadline:
        """When a search ends that begins now; see `Engine`."""
        return Deadline(self._seconds)

    def search(self, request: SearchRequest, deadline: Deadline | None = None) -> Matches:
        """Find the posts of a request; see `Engine`."""
        snapshot = self._snapshot_of(request)
        if snapshot is None:
            return Matches((), 0, {name: Facet(name) for name in request.facets}, "")
        with telling_of_damage(self._generations.folder):
            return answer(request, snapshot, deadline or self.deadline())

    def stretch(self, request: SearchRequest, places: range, deadline: Deadline | None = None) -> Matches:
        """The results of a request at these places; see `Engine`."""
        request = replace(request, facets=())
        snapshot = self._snapshot_of(request)
        if snapshot is None:
            return Matches((), 0, {}, "")
        with telling_of_damage(self._generations.folder):
            return answer(request, snapshot, deadline or self.deadline(), places)

    def similar(self, post_id: str, size: int, deadline: Deadline | None = None) -> list[Match]:
        """Posts most like this one; see `Engine`."""
        snapshot = self._serving.snapshot()
        with telling_of_damage(self._generations.folder):
            return similar(post_id, size, snapshot, deadline or self.deadline()) if snapshot else []

    def suggest(self, prefix: str, size: int) -> list[Suggestion]:
        """Titles, tags and authors with a word that begins so; see `Engine`."""
        snapshot = self._serving.snapshot()
        with telling_of_damage(self._generations.folder):
            return complete(snapshot.columns, snapshot.segments, prefix, size) if snapshot else []

    def watch(self) -> Watch:
        """Be ready for what is published; see `Engine`."""
        return Watch(self._generations, self._serving, warm)

    @property
    def is_watched(self) -> bool:
        """Whether a process is ready for what is published; see `Engine`."""
        folder = self._generations.folder
        return folder.is_dir() and is_attended(folder)

    def publish(self, changes: Iterable[Change], *, rebuild: bool, confirm: Confirm = agreed) -> Generation:
        """Apply the changes and publish the result; see `Engine`.

        Raises `IndexUnreadable` where the published generation cannot be built upon: what changed
        since an older one is not known here, so only a rebuild helps.
        """
        generations = self._generations
        base = None if rebuild else self._base()
        broken = self._serving.known_to_be_broken
        with generations.building() as building:
            name = generations.named(building)
            built = build(building, name, base, changes, self._means)
            generation = generations.seal(building, built.posts, built.comments, built.segments)
            before = generations.newest()
            with generations.complete(building) as folder:
                snapshot = Snapshot.open(folder, name, Manifest.read(folder))  # as proof
                with generations.announced(name):
                    confirm(_Candidate(snapshot, self._seconds))
            with _telling_that_it_stays():
                generations.switch()
                generations.prune(before, broken)
        return generation

    def go_to(self, name: str, confirm: Confirm = agreed) -> Generation:
        """Make a generation that is kept the published one; see `Engine`."""
        if name not in self._generations.names():
            raise GenerationGone(name)
        try:
            snapshot = open_generation(self._generations, name)
        except (OSError, ValueError) as error:
            raise GenerationGone(name) from error
        with self._generations.announced(name):
            confirm(_Candidate(snapshot, self._seconds))
        with _telling_that_it_stays():
            self._generations.switch()
        return snapshot.generation

    def settle(self, published: str, latest: str) -> None:
        """Finish what a writer that was killed began, or undo it; see `Engine`."""
        generations = self._generations
        if not generations.folder.is_dir():
            return
        if published and generations.current() != published:
            try:
                self.go_to(published)
            except GenerationGone as error:  # then it is built anew
                _log.error(
                    "generation %s cannot be published: %s", published, error.__cause__ or "it is lost"
                )
        generations.clear(latest)

    def follow(self, published: Callable[[], str]) -> bool:
        """Answer from the generation that the archive is at; see `Engine`."""
        return self._serving.follow(published)

    @property
    def kept(self) -> tuple[str, ...]:
        """The generations that are in the folder; see `Engine`."""
        return tuple(self._generations.names())

    @property
    def broken(self) -> tuple[BrokenGeneration, ...]:
        """Those that were passed over; see `Engine`."""
        return self._serving.broken

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

    def _snapshot_of(self, request: SearchRequest) -> Snapshot | None:
        """The generation that is to answer: the one the request names, or the published one."""
        snapshot, name = self._serving.snapshot(), request.generation
        if not name or (snapshot is not None and snapshot.generation.name == name):
            return snapshot
        return self._older.open(name, snapshot)


@contextmanager
def _telling_that_it_stays() -> Iterator[None]:
    """Go on where `CURRENT` cannot be changed, as the archive says what it is to say; see `generations`."""
    try:
        yield
    except OSError as error:
        _log.error(
            "what was published is answered from, but something is left for the next import: %s", error
        )
