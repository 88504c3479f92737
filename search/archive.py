"""An archive as its readers see it: search, posts, and what goes around them.

The engine finds and ranks, the store has the texts, `search.text` cuts the fragments; here they meet.
"""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Self

from search.engine import SECONDS, Engine
from search.engines.whoosh.engine import WhooshEngine
from search.errors import ArchiveNotFound, IndexUnreadable, PostNotFound
from search.found import FoundRecords
from search.history import ArchiveStatus
from search.layout import index_folder, store_file
from search.model import Comment, Post, PostWithComments
from search.query.ast import Query
from search.query.parser import parse
from search.query.relax import relax
from search.request import MatchMode, SearchRequest
from search.results import CommentHit, Correction, Hit, Match, Matches, SearchPage, Suggestion
from search.sameness.origins import with_all_origins
from search.store import Store
from search.text.fragments import Highlighter

COMMENT_SNIPPETS = 1
"""Passages shown of a matching comment; a post shows up to three."""

SOME_WORDS = "No post has all of these words. These have some of them."


class Archive:
    """An archive open for reading. Every method may be called from many threads at once."""

    def __init__(self, store: Store, engine: Engine) -> None:
        self._store = store
        self._engine = engine

    @classmethod
    def open(cls, data: Path, *, seconds: float = SECONDS) -> Self:
        """Open the archive in the folder `data`; raises `ArchiveNotFound` where there is none yet.

        A search may take so many seconds; what was found until then has to do.
        """
        if not store_file(data).is_file():
            raise ArchiveNotFound(f"there is no archive in {data} yet: run `blogsearch reindex SOURCE` first")
        return cls(Store.open(store_file(data)), WhooshEngine(index_folder(data), seconds=seconds))

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

    @property
    def generation(self) -> str:
        """The generation of the index that is being served; empty before the first."""
        return self._engine.generation

    def search(self, request: SearchRequest) -> SearchPage:
        """Answer a request: find, fetch the texts, cut the fragments.

        Where all of the words find nothing, posts with any of them are shown and a warning says so.
        """
        started = time.perf_counter()
        match, warnings = request.match, request.query.warnings
        matches = first = self._engine.search(_with_match(request, match))
        if not matches.generation:
            self._check_that_nothing_is_hidden()
        if not matches.total and match is MatchMode.ALL:
            relaxed = _with_match(request, MatchMode.ANY)
            if relaxed.query != request.query and (found := self._engine.search(relaxed)).total:
                matches, match, warnings = found, MatchMode.ANY, (*warnings, SOME_WORDS)
        return SearchPage(
            request=request,
            match=match,
            total=matches.total,
            hits=self._hits(matches, self.highlighter(request.query)),
            facets=matches.facets,
            generation=matches.generation,
            correction=self._correction(request, first),
            partial=matches.partial,
            warnings=warnings,
            took_ms=(time.perf_counter() - started) * 1000,
        )

    def _check_that_nothing_is_hidden(self) -> None:
        """Without an index nothing is found, which is true of an empty archive only."""
        if posts := self._store.counts().posts:
            raise IndexUnreadable(
                f"the archive holds {posts:,} posts but no index to search them by: "
                "make one with `blogsearch reindex --rebuild`"
            )

    def _correction(self, request: SearchRequest, matches: Matches) -> Correction | None:
        if matches.correction is None:
            return None
        corrected = replace(request, query=parse(matches.correction), page=1, size=1, facets=())
        total = self._engine.search(corrected).total
        return Correction(matches.correction, total) if total else None

    def _hits(self, matches: Matches, highlighter: Highlighter) -> tuple[Hit, ...]:
        found = matches.matches
        if not found:
            return ()
        ids = [match.post_id for match in found]
        records = self._store.found(ids, [i for match in found for i in match.comment_ids])
        return tuple(
            _hit(match, records, highlighter)
            for match in found
            if match.post_id in records.posts  # else it was removed since this generation was published
        )

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

    def similar(self, post_id: str, size: int = 5) -> tuple[Post, ...]:
        """The posts most like this one, best first."""
        ids = [match.post_id for match in self._engine.similar(post_id, size)]
        posts = self._store.found(ids).posts
        return tuple(posts[i] for i in ids if i in posts)

    def suggest(self, prefix: str, size: int = 10) -> tuple[Suggestion, ...]:
        """Titles, tags and authors with a word that begins with `prefix`, and such words."""
        return tuple(self._engine.suggest(prefix, size))

    def highlighter(self, query: Query) -> Highlighter:
        """What marks the words of a query in any text of this archive."""
        return Highlighter(query.node, self._engine.languages)

    def status(self) -> ArchiveStatus:
        """What is in the archive and how it came there."""
        first, last = self._store.dates()
        return ArchiveStatus(
            generation=self.generation,
            counts=self._store.counts(),
            first=first,
            last=last,
            blogs=self._store.blogs(),
            languages=self._store.languages(),
            sources=self._store.sources(),
            feeds=self._store.feeds(),
            imports=self._store.imports(),
        )


def _with_match(request: SearchRequest, match: MatchMode) -> SearchRequest:
    if match is MatchMode.ALL:
        return request
    return replace(request, match=match, query=replace(request.query, node=relax(request.query.node)))


def _hit(match: Match, records: FoundRecords, highlighter: Highlighter) -> Hit:
    post, comments = records.posts[match.post_id], records.comments
    return Hit(
        post=post,
        score=match.score,
        title=highlighter.mark(post.title, post.language, "title"),
        snippets=highlighter.snippets(post.readable, post.language),
        comments=tuple(
            _comment_hit(comments[i], post.language, highlighter) for i in match.comment_ids if i in comments
        ),
        comments_matched=match.comments_matched,
        comments_total=records.comment_counts[post.id],
    )


def _comment_hit(comment: Comment, language: str, highlighter: Highlighter) -> CommentHit:
    return CommentHit(comment, highlighter.snippets(comment.text, language, most=COMMENT_SNIPPETS))
