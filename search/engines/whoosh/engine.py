"""The embedded engine: searches the published generation, and publishes new ones."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np

from search.engine import Change, Engine, Generation
from search.engines.whoosh.stock_builder import Builder
from search.engines.whoosh.stock_evaluation import answer, collect, in_order
from search.engines.whoosh.generations import Generations
from search.engines.whoosh.stock_lifting import lift
from search.engines.whoosh.stock_similarity import like
from search.engines.whoosh.stock_snapshot import Snapshot
from search.engines.whoosh.stock_completion import complete
from search.errors import IndexUnreadable
from search.request import SearchRequest, Sort
from search.results import Facet, Match, Matches, Suggestion

_log = logging.getLogger(__name__)


class WhooshEngine(Engine):
    """An engine on the folder of an index, which need not exist yet: until it does, nothing is found.

    Safe for many threads. Close it, or use it as a context manager.
    """

    def __init__(self, index_folder: Path) -> None:
        self._generations = Generations(index_folder)
        self._lock = threading.Lock()
        self._stamp: tuple[int, int, int] | None = None
        self._snapshot: Snapshot | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close what is open, as soon as running searches are done. A search opens it again."""
        with self._lock:
            self._replace(None)
            self._stamp = None

    @property
    def generation(self) -> str:
        """The name of the generation that a search would be answered from; empty where there is none."""
        with self._reading() as snapshot:
            return snapshot.generation.name if snapshot else ""

    def search(self, request: SearchRequest) -> Matches:
        """Find the posts of a request; see `Engine`."""
        with self._reading() as snapshot:
            if snapshot is None:
                return Matches((), 0, {name: Facet(name) for name in request.facets}, "")
            return answer(request, snapshot)

    def similar(self, post_id: str, size: int) -> list[Match]:
        """Posts most like this one; see `Engine`."""
        with self._reading() as snapshot:
            if snapshot is None or (post := snapshot.columns.post_of.get(post_id)) is None:
                return []
            documents, columns = snapshot.documents, snapshot.columns
            own = np.flatnonzero((documents.post == post) & (documents.comment < 0))
            with snapshot.searcher() as searcher:
                query = like(searcher, int(own[0]))
                if query is None:
                    return []
                lifted = lift(collect(query, searcher), documents, len(columns.ids))
            lifted.matched[post] = False
            best = in_order(Sort.RELEVANCE, lifted.matched, lifted, columns)[:size]
            return [Match(columns.ids[found], float(lifted.scores[found])) for found in best.tolist()]

    def suggest(self, prefix: str, size: int) -> list[Suggestion]:
        """Titles, tags and authors with a word that begins so; see `Engine`."""
        with self._reading() as snapshot:
            return complete(snapshot.columns, prefix, size) if snapshot else []

    def publish(self, changes: Iterable[Change], *, rebuild: bool) -> Generation:
        """Apply the changes and publish the result; see `Engine`.

        Raises `IndexUnreadable` where the published generation cannot be built upon: what changed
        since an older one is not known here, so only a rebuild helps.
        """
        generations = self._generations
        base = None if rebuild else self._base()
        with generations.building() as folder:
            posts, comments = Builder(folder, base).apply(changes)
            generation = generations.seal(folder, posts, comments, ())
            Snapshot(folder, generation).retire()
            generations.publish(folder, generation)
        return generation

    def _base(self) -> Path | None:
        generations = self._generations
        if not generations.exist():
            return None
        try:
            newest = generations.newest()
            generations.check(newest)
            return generations.path(newest)
        except (OSError, ValueError) as error:
            raise IndexUnreadable(
                f"the index in {generations.folder} cannot be added to ({error}); "
                "build it anew with `blogsearch reindex --rebuild`"
            ) from error

    @contextmanager
    def _reading(self) -> Iterator[Snapshot | None]:
        """The published generation, open until the end of the block; None where there is none yet."""
        snapshot = self._entered()
        try:
            yield snapshot
        finally:
            if snapshot is not None:
                snapshot.leave()

    def _entered(self) -> Snapshot | None:
        with self._lock:
            stamp = self._generations.stamp()
            if self._snapshot is None or stamp != self._stamp:
                self._replace(self._open())
                self._stamp = stamp
            if self._snapshot is not None:
                self._snapshot.enter()
            return self._snapshot

    def _replace(self, snapshot: Snapshot | None) -> None:
        if self._snapshot is not None:
            self._snapshot.retire()
        self._snapshot = snapshot

    def _open(self) -> Snapshot | None:
        """The newest generation that can be opened, beginning with the published one."""
        generations = self._generations
        problems = []
        for name in generations.candidates():
            try:
                manifest = generations.check(name)
                generation = Generation(name, manifest.posts, manifest.comments)
                snapshot = Snapshot(generations.path(name), generation)
            except (OSError, ValueError) as error:
                _log.error("generation %s of %s is broken: %s", name, generations.folder, error)
                problems.append(f"{name}: {error}")
                continue
            if problems:
                _log.error("searching generation %s instead", name)
            return snapshot
        if problems or generations.exist():
            found = "; ".join(problems) or "CURRENT names no generation"
            raise IndexUnreadable(
                f"no generation of the index in {generations.folder} can be opened ({found}); "
                "build it anew with `blogsearch reindex --rebuild`"
            )
        return None
