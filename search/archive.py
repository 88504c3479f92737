"""An archive as its readers see it: search, posts, and what goes around them.

The engine finds and ranks, the store has the texts, `search.text` cuts the fragments; here they meet.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Final, Self, TypeAlias

from search.deadline import SECONDS, Deadline
from search.engine import Engine
from search.engines.whoosh.engine import WhooshEngine
from search.errors import ArchiveBeingBuilt, IndexUnreadable, PostNotFound
from search.finding import Finding, find
from search.found import FoundRecords
from search.health import BrokenGeneration, CacheUse, Health
from search.history import ArchiveStatus, Counts, FeedState, ImportRecord
from search.hits import hit
from search.layout import index_folder, lock_file, store_file
from search.lock import is_held
from search.model import Post, PostWithComments
from search.presence import require_archive
from search.publication import Publication
from search.query.ast import Query
from search.query.parser import parse
from search.reasons import Reasons
from search.request import MAX_RESULT_DEPTH, SearchRequest
from search.results import (
    Correction,
    FoundPost,
    Hit,
    ListedPost,
    Match,
    Matches,
    Neighbours,
    SearchPage,
    Suggestion,
    WholeResult,
)
from search.sameness.origins import with_all_origins
from search.store import Store
from search.text.fragments import Highlighter

TRIES: Final = 10
"""How often a request is searched for where a generation is published each time meanwhile."""

_Shown: TypeAlias = Callable[[Sequence[Match]], Sequence[Match]]
"""Which of the matches are shown."""

EVERYTHING: Final = parse("")
"""A query of no words."""

CHUNK = 100
"""Results whose texts are in memory at once where all of them are asked for."""


class Archive:
    """An archive open for reading. Every method may be called from many threads at once."""

    def __init__(self, store: Store, engine: Engine, lock: Path) -> None:
        """Read a store and an index; `lock` is the file that their writer locks."""
        self._store = store
        self._engine = engine
        self._lock = lock

    @classmethod
    def open(cls, data: Path, *, seconds: float = SECONDS) -> Self:
        """Open the archive in the folder `data`; raises `ArchiveNotFound` where there is none yet,
        and `StoreUnreadable`.

        A search may take so many seconds; what was found until then has to do.
        """
        require_archive(data)
        engine = WhooshEngine(index_folder(data), seconds=seconds)
        return cls(Store.open(store_file(data)), engine, lock_file(data))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the store and the index."""
        self._engine.close()
        self._store.close()

    def watch(self) -> AbstractContextManager[object]:
        """As long as the block lasts, be ready for each generation before it is published.

        For a process that serves: otherwise whoever asks first waits until a new generation is verified. An
        import waits until all that watch are ready, for some seconds at most.
        """
        return self._engine.watch()

    @property
    def generation(self) -> str:
        """The generation of the index that is being served; empty before the first."""
        return self._engine.generation

    @property
    def edition(self) -> str:
        """The generation with a digest of what is in it, as every archive has a `000001`; empty before.

        Cheap enough to ask for at every request.
        """
        return self._engine.edition

    @property
    def cache_use(self) -> CacheUse:
        """How often what searches asked for was at hand; it begins anew when another generation answers."""
        return self._engine.cache_use

    def deadline(self) -> Deadline:
        """When a search ends that begins now; for those that make one answer together."""
        return self._engine.deadline()

    def search(self, request: SearchRequest, deadline: Deadline | None = None) -> SearchPage:
        """Answer a request until a deadline, or its own: find, fetch the texts, cut the fragments.

        Where all of the words find nothing, posts with any of them are shown and a warning says so. Raises
        `ArchiveBeingBuilt` where nothing is published yet and somebody imports.
        """
        started = time.perf_counter()
        deadline = deadline or self.deadline()
        finding, records = self._found(request, partial(self._engine.search, deadline=deadline))
        matches = finding.matches
        hits, all_marked = self._hits(matches.matches, records, request.query, deadline)
        return SearchPage(
            request=request,
            match=finding.match,
            total=matches.total,
            hits=hits,
            facets=matches.facets,
            generation=matches.generation,
            correction=self._correction(request, finding.first, deadline),
            partial=matches.partial or not all_marked,
            warnings=finding.warnings,
            took_ms=(time.perf_counter() - started) * 1000,
        )

    def total(self, request: SearchRequest, deadline: Deadline | None = None) -> int | None:
        """How many posts a search for the same would find; None where the deadline came before the first."""
        request = replace(request, page=1, size=1, facets=())
        search = partial(self._engine.search, deadline=deadline or self.deadline())
        matches = self._found(request, search, lambda _: ())[0].matches
        return None if matches.partial and not matches.total else matches.total

    def _found(
        self, request: SearchRequest, search: Callable[[SearchRequest], Matches], shown: _Shown = tuple
    ) -> tuple[Finding, FoundRecords]:
        """What a request finds, and the texts of those that are `shown`, of the same generation.

        The store says with them which generation it is at. Where that is another, one was published just
        now, or its writer died before it could say so to the index; so the engine is told, and asked again.
        They stay apart where the store's generation is broken, and where the request names one itself.

        Each try but the first is because something was published during the one before, so a few will do.
        Raises `IndexUnreadable` where they do not: there is no answer that would be of one generation.
        """
        for _ in range(TRIES):
            finding = find(request, search)
            found = shown(finding.matches.matches)
            ids = [match.post_id for match in found]
            records = self._store.found(ids, [i for match in found for i in match.comment_ids])
            if request.generation or not self._is_outdated(finding, records.generation):
                break
        else:
            raise IndexUnreadable("another generation is published all the time: ask again in a moment")
        if not finding.first.generation:
            self._check_that_nothing_is_hidden()
        return finding, records

    def _is_outdated(self, finding: Finding, at: str) -> bool:
        """Whether the engine answers from another generation now, the store being `at` this one."""
        answered = finding.matches.generation
        if finding.first.generation != answered:
            return True
        if at == answered:
            return False
        return self._engine.follow(self._published) or self._engine.generation != answered

    def _published(self) -> str:
        return self._store.publication().generation

    def neighbours(
        self, request: SearchRequest, post_id: str, deadline: Deadline | None = None
    ) -> Neighbours | None:
        """Where a post stands on the request's page of results, and those right before and after it.

        These may be on other pages. None where the post is not on this one.
        """
        first = max(request.offset - 1, 0)
        around = range(first, min(request.offset + request.size + 1, MAX_RESULT_DEPTH))

        def place_in(found: Sequence[Match]) -> int | None:
            places = range(request.offset - first, min(request.offset - first + request.size, len(found)))
            return next((place for place in places if found[place].post_id == post_id), None)

        def beside(found: Sequence[Match]) -> Sequence[Match]:
            place = place_in(found)
            return () if place is None else (*found[max(place - 1, 0) : place], *found[place + 1 : place + 2])

        stretch = partial(self._engine.stretch, places=around, deadline=deadline or self.deadline())
        finding, records = self._found(request, stretch, beside)
        found = finding.matches.matches
        place = place_in(found)
        if place is None:
            return None
        ids = [match.post_id for match in found]
        return Neighbours(
            position=first + place + 1,
            total=finding.matches.total,
            previous=records.posts.get(ids[place - 1]) if place else None,
            next=records.posts.get(ids[place + 1]) if place + 1 < len(ids) else None,
        )

    def _check_that_nothing_is_hidden(self) -> None:
        """Without an index nothing is found, which is true of an empty archive only."""
        if is_held(self._lock):
            raise ArchiveBeingBuilt("nothing is published yet: the first import is at work")
        if posts := self._store.counts().posts:
            raise IndexUnreadable(
                f"the archive holds {posts:,} posts but no index to search them by: "
                "make one with `blogsearch reindex --rebuild`"
            )

    def _correction(self, request: SearchRequest, matches: Matches, deadline: Deadline) -> Correction | None:
        if matches.correction is None:
            return None
        corrected = replace(
            request,
            query=parse(matches.correction),
            page=1,
            size=1,
            facets=(),
            generation=matches.generation,
        )
        total = self._engine.search(corrected, deadline).total
        return Correction(matches.correction, total, matches.changes) if total else None

    def _hits(
        self, found: Sequence[Match], records: FoundRecords, query: Query, deadline: Deadline
    ) -> tuple[tuple[Hit, ...], bool]:
        """The hits of matches, and whether the words of the query were looked for in all of them.

        That is not so after the deadline: from there on, a hit shows how its post begins.
        """
        if not found:
            return (), True
        marked, plain = self._shown(query, records), self._shown(EVERYTHING, records)
        hits, all_marked = [], True
        for match in found:
            if match.post_id in records.posts:  # else the generation is older than the store
                in_time = not (query.text and deadline.passed)
                hits.append(marked(match) if in_time else plain(match))
                all_marked &= in_time
        return tuple(hits), all_marked

    def _shown(self, query: Query, records: FoundRecords) -> Callable[[Match], Hit]:
        """What makes hits in which the words of a query are told apart."""
        highlighter = self.highlighter(query)
        reasons = Reasons(query, highlighter)
        return partial(hit, records=records, highlighter=highlighter, reasons=reasons)

    def post(self, post_id: str) -> PostWithComments:
        """A post with all its comments and the origins of its fields; raises `PostNotFound`.

        Its id is another than `post_id` where the post was joined with another since that was its id.
        """
        found = self._store.contents([post_id]).get(post_id)
        if found is None and (now := self._store.current_id(post_id)):
            found = self._store.contents([now]).get(now)
        if found is None:
            raise PostNotFound(post_id)
        return replace(found, post=with_all_origins(found.post))

    def every(self, request: SearchRequest, most: int = MAX_RESULT_DEPTH) -> WholeResult:
        """The results of a request from the first on, whatever page it asks for, at most so many.

        They are found and put in order before this returns, so that what may be raised is raised by then.
        They have their whole texts instead of passages, which take most of the time that a page takes.
        """
        places = range(min(most, MAX_RESULT_DEPTH))
        stretch = partial(self._engine.stretch, places=places, deadline=self.deadline())
        matches = self._found(request, stretch, lambda _: ())[0].matches
        return WholeResult(matches.total, matches.partial, self._in_chunks(matches.matches))

    def _in_chunks(self, matches: Sequence[Match]) -> Iterator[FoundPost]:
        for start in range(0, len(matches), CHUNK):
            some = matches[start : start + CHUNK]
            records = self._store.found([match.post_id for match in some])
            for match in some:
                if post := records.posts.get(match.post_id):  # else it was removed in the meantime
                    total = records.comment_counts[post.id]
                    yield FoundPost(post, match.score, match.comments_matched, total)

    def listing(self, start: int, size: int) -> tuple[ListedPost, ...]:
        """So many of all posts after the first `start`, in an order that lasts: by id.

        They are those of the store, which may be ahead of the index for a moment.
        """
        return self._store.listing(start, size)

    def counts(self) -> Counts:
        """How much the archive holds."""
        return self._store.counts()

    def feeds(self) -> tuple[FeedState, ...]:
        """What is remembered of live feeds, in the order of their addresses."""
        return self._store.feeds()

    def imports(self, most: int = 10) -> tuple[ImportRecord, ...]:
        """The last imports, the newest first."""
        return self._store.imports(most)

    def similar(self, post_id: str, size: int = 5, deadline: Deadline | None = None) -> tuple[Post, ...]:
        """The posts most like this one, best first."""
        ids = [match.post_id for match in self._engine.similar(post_id, size, deadline)]
        posts = self._store.found(ids).posts
        return tuple(posts[i] for i in ids if i in posts)

    def suggest(self, prefix: str, size: int = 10) -> tuple[Suggestion, ...]:
        """Titles, tags and authors with a word that begins with `prefix`, and such words."""
        return tuple(self._engine.suggest(prefix, size))

    def highlighter(self, query: Query) -> Highlighter:
        """What marks the words of a query in any text of this archive."""
        return Highlighter(query.node, self._engine.languages)

    def health(self) -> Health:
        """Which generation answers, and whether it is the one that should; cheap enough for every probe.

        What is broken is in the answer and never raised. Raises `StoreUnreadable`.
        """
        publication = Publication()

        def published() -> str:
            nonlocal publication
            publication = self._store.publication()
            return publication.generation

        self._engine.follow(published)
        broken = self._engine.broken
        try:
            edition = self._engine.edition
        except IndexUnreadable:  # the broken ones say so
            edition = ""
        serving = edition.partition("-")[0]
        if serving == publication.generation != "" and not publication.is_of(edition):
            broken = (*broken, BrokenGeneration(serving, "is not the one that the store was published with"))
        return Health(
            serving=serving,
            published=publication.generation,
            since=publication.since,
            kept=self._engine.kept,
            broken=broken,
            rolled_back=publication.rolled_back,
        )

    def status(self) -> ArchiveStatus:
        """What is in the archive and how it came there."""
        first, last = self._store.dates()
        return ArchiveStatus(
            generation=self.health().serving,
            counts=self._store.counts(),
            first=first,
            last=last,
            blogs=self._store.blogs(),
            languages=self._store.languages(),
            sources=self._store.sources(),
            feeds=self._store.feeds(),
            imports=self._store.imports(),
        )
