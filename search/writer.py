"""Changing an archive: one writer at a time, the store first and then the index."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from search.engine import MEGABYTES, Change, Engine, Generation
from search.engines.whoosh.engine import WhooshEngine
from search.errors import IndexUnreadable
from search.history import Counts, FeedState, ImportRecord, SourceRecord
from search.layout import index_folder, lock_file, store_file
from search.lock import held
from search.memory import give_back
from search.store import Staging, Store, Transaction

Progress = Callable[[int, int], None]
"""Called with how many posts were indexed so far, and of how many."""


def silent(_done: int, _total: int) -> None:
    """Progress that tells nobody."""


@contextmanager
def open_for_writing(
    data: Path, *, wait: bool = False, jobs: int | None = None, megabytes: int = MEGABYTES
) -> Iterator[ArchiveWriter]:
    """Open or create the archive in the folder `data`, as its one writer.

    The index is built by so many processes, by default one for each core, in so many megabytes of memory.
    Leaving the block without `commit` changes nothing. Raises `ArchiveLocked` while another process
    writes, unless told to `wait`, and `StoreUnreadable`.
    """
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    with held(lock_file(data), wait=wait):
        store = Store.open(store_file(data), create=True)
        engine = WhooshEngine(index_folder(data), jobs=jobs, megabytes=megabytes)
        try:
            with store.transaction() as transaction:
                yield ArchiveWriter(store, engine, transaction)
        finally:
            engine.close()
            store.close()


class ArchiveWriter:
    """An archive that only this process may change: stage and apply sources, commit, publish."""

    def __init__(self, store: Store, engine: Engine, transaction: Transaction) -> None:
        self._store = store
        self._engine = engine
        self._transaction = transaction

    @property
    def generation(self) -> str:
        """The generation of the index that is published; empty where none can be read."""
        try:
            return self._engine.generation
        except IndexUnreadable:  # the store is the truth: `publish` makes the index anew from it
            return ""

    def sources(self) -> tuple[SourceRecord, ...]:
        """Every source imported from before."""
        return self._store.sources()

    def counts(self) -> Counts:
        """What the store holds, as of the last commit."""
        return self._store.counts()

    def stage(self, source: SourceRecord) -> Staging:
        """Begin to read a source; `Staging.apply` ends it. One source is staged at a time."""
        return self._transaction.stage(source)

    def may_come_from(self, location: str, files: Iterable[str]) -> bool:
        """Whether any of these files may have given records when the source was last read."""
        return self._transaction.may_come_from(location, files)

    def feeds(self) -> tuple[FeedState, ...]:
        """What is remembered of live feeds, with what this import noted."""
        return self._transaction.feeds()

    def put_feed(self, state: FeedState) -> None:
        """Remember the state of a live feed once this import is committed."""
        self._transaction.put_feed(state)

    def commit(self, record: ImportRecord | None) -> None:
        """Make everything applied permanent, with the import's report where anything was read."""
        self._transaction.commit(record)

    def publish(self, *, rebuild: bool = False, progress: Progress = silent) -> Generation | None:
        """Bring the index to what the store holds; None when it is already.

        The index is also rebuilt when the generation that the store remembers is lost or damaged.
        """
        rebuild = rebuild or not self.generation or self.generation < self._store.published_generation()
        counts = self._store.counts()
        if not rebuild and not counts.unpublished:
            return None
        total = counts.posts if rebuild else counts.unpublished
        give_back()  # what reading took; building needs the room
        changes = self._store.all_changes() if rebuild else self._store.unpublished_changes()
        generation = self._engine.publish(_reporting(changes, total, progress), rebuild=rebuild)
        self._store.mark_published(generation.name)
        return generation


def _reporting(changes: Iterable[Change], total: int, progress: Progress) -> Iterator[Change]:
    for done, change in enumerate(changes, 1):
        yield change
        progress(done, total)
