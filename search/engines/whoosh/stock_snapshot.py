"""One generation, open for reading by many threads."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Empty, LifoQueue
from typing import Final

from whoosh.filedb.filestore import FileStorage
from whoosh.index import FileIndex
from whoosh.scoring import BM25F
from whoosh.searching import Searcher

from search.engine import Generation
from search.engines.whoosh.stock_lexicon import Lexicons
from search.engines.whoosh.schema import SCHEMA
from search.engines.whoosh.stock_columns import Columns, load_document_map

RANKING: Final = BM25F(B=0.75, K1=1.2)


class Snapshot:
    """A generation's columns and searchers. Raises `OSError` or `ValueError` where it is broken.

    Columns are shared by all threads. A Whoosh reader moves a position in the file it reads, so each
    search has a searcher to itself; they are kept for the next one. The snapshot closes when it is
    retired and its last user is done. By then its folder may be gone, but never its first searcher.
    """

    def __init__(self, folder: Path, generation: Generation) -> None:
        self.generation = generation
        self.columns = Columns.load(folder)
        self.documents = load_document_map(folder)
        self.languages = _languages(self.columns)
        self.lexicons = Lexicons()
        self._folder = folder
        self._lock = threading.Lock()
        self._idle: LifoQueue[Searcher] = LifoQueue()
        self._users = 0
        self._retired = False
        first = open_searcher(folder)
        self._idle.put(first)
        if first.doc_count_all() != len(self.documents.post):
            self.retire()
            raise ValueError(f"{folder} does not know all documents of its index")

    def enter(self) -> bool:
        """Keep the snapshot open until `leave`; False where it is closed for good."""
        with self._lock:
            if self._retired:
                return False
            self._users += 1
            return True

    def leave(self) -> None:
        """Undo one `enter`."""
        with self._lock:
            self._users -= 1
        self._close_if_unused()

    def retire(self) -> None:
        """Close as soon as nobody uses the snapshot."""
        with self._lock:
            self._retired = True
        self._close_if_unused()

    @contextmanager
    def searcher(self) -> Iterator[Searcher]:
        """A searcher that no other thread has; for use between `enter` and `leave`."""
        searcher = self._take()
        try:
            yield searcher
        finally:
            self._idle.put(searcher)

    def _take(self) -> Searcher:
        try:
            return self._idle.get_nowait()
        except Empty:
            pass
        try:
            return open_searcher(self._folder)
        except OSError:
            # Two generations were published since this search began, and the folder is gone. Whoever
            # has the searchers that are open will give one back.
            return self._idle.get()

    def _close_if_unused(self) -> None:
        with self._lock:
            if not self._retired or self._users:
                return
        # Nobody enters a retired snapshot, so nobody takes from the queue either.
        while not self._idle.empty():
            self._idle.get().close()


def open_searcher(folder: Path) -> Searcher:
    """Open the index in a folder.

    The schema is ours, so the one that Whoosh pickles beside its list of segments is not read.
    """
    return FileIndex(FileStorage(str(folder), readonly=True), SCHEMA).searcher(weighting=RANKING)


def _languages(columns: Columns) -> tuple[str, ...]:
    """The languages whose rules the posts' texts were analysed by; "" where one has none."""
    language = columns.facets["language"]
    return language.values if len(language.owner) == len(columns.ids) else (*language.values, "")
