"""Changing an archive: one writer at a time, and each change as one act of store and index.

An import is one transaction of the store and one generation of the index, in this order:

1. sources are staged and applied in the transaction; nobody but this writer sees it;
2. the engine builds the next generation of what the transaction says changed, and puts all of it on the
   disk under its final name; nobody knows of it yet;
3. expectations may refuse it (`confirm`);
4. the store commits the transaction, which names that generation: the point of no return;
5. the index names it as well, in `CURRENT`.

SQLite makes a commit durable as a whole or not at all (in WAL mode with `synchronous=FULL` its log is synced
before the commit returns), so a power cut at any time leaves the texts and the name of one generation that
is complete: the one before, or the next. Readers believe the store: one that finds it at another generation
than `CURRENT` goes there. The next writer begins with the same (`Engine.settle`), and clears away what was
built and never named.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from search.durable import make_folder
from search.engine import MEGABYTES, Candidate, Change, Confirm, Engine, Generation, agreed
from search.engines.whoosh.engine import WhooshEngine
from search.errors import GenerationGone, IndexUnreadable, NoSuchGeneration
from search.history import Counts, FeedState, ImportRecord, SourceRecord
from search.interrupts import held_off
from search.layout import index_folder, lock_file, store_file
from search.lock import held
from search.memory import give_back
from search.ownership import require_own
from search.presence import require_not_lost
from search.publication import Publication
from search.request import SearchRequest
from search.results import Matches
from search.store import Staging, Store, Transaction
from search.store.damage import Damage

TOO_LATE: Final = "interrupted when everything was stored and searchable already; it stays so"

Progress = Callable[[int, int], None]
"""Called with how many posts were indexed so far, and of how many."""


def silent(_done: int, _total: int) -> None:
    """Progress that tells nobody."""


def _unheard(_: str) -> None:
    pass


@contextmanager
def open_for_writing(
    data: Path, *, wait: bool = False, jobs: int | None = None, megabytes: int = MEGABYTES
) -> Iterator[ArchiveWriter]:
    """Open or create the archive in the folder `data`, as its one writer.

    The index is built by so many processes, by default one for each core, in so many megabytes of memory.
    Leaving the block without `publish` changes nothing. Raises `ArchiveLocked` while another process
    writes, unless told to `wait`, and `StoreUnreadable`.
    """
    make_folder(data)
    require_own(data)
    with ExitStack() as undisturbed, held(lock_file(data), wait=wait):
        require_not_lost(data)
        store = Store.open(store_file(data), create=True)
        engine = WhooshEngine(index_folder(data), jobs=jobs, megabytes=megabytes)
        try:
            publication = store.publication()
            engine.settle(publication.generation, publication.latest)
            with store.transaction() as transaction:
                yield ArchiveWriter(store, engine, transaction, undisturbed)
        finally:
            engine.close()
            store.close()


def is_served(data: Path) -> bool:
    """Whether a process watches the archive in the folder `data` for new generations: see `Archive.watch`."""
    return WhooshEngine(index_folder(data)).is_watched


class ArchiveWriter:
    """An archive that only this process may change: stage and apply sources, then publish."""

    def __init__(
        self, store: Store, engine: Engine, transaction: Transaction, undisturbed: ExitStack
    ) -> None:
        """Once something is committed, `undisturbed` is told what has to be undone at the end."""
        self._store = store
        self._engine = engine
        self._transaction = transaction
        self._undisturbed = undisturbed

    @property
    def generation(self) -> str:
        """The generation of the index that is published; empty where none can be read."""
        return self._edition().partition("-")[0]

    @property
    def publication(self) -> Publication:
        """Which generation readers are answered from, as the store has it."""
        return self._store.publication()

    def sources(self) -> tuple[SourceRecord, ...]:
        """Every source imported from before."""
        return self._store.sources()

    def counts(self) -> Counts:
        """What the store holds, with what was applied."""
        return self._transaction.counts()

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

    def named(self, names: Collection[str]) -> dict[str, str]:
        """The ids of posts by their ids and links, with what was applied; others are not in it."""
        return self._transaction.named(names)

    def search(self, request: SearchRequest) -> Matches:
        """What the published generation answers; raises `IndexUnreadable` where none can be read."""
        return self._engine.search(request)

    def mend(self, found: Iterable[Damage]) -> None:
        """Put right what is damaged in the store, or note that it is to be read anew, for `publish`."""
        self._transaction.mend(found)

    def forget_what_was_read(self) -> None:
        """Have each source read in full the next time, for `publish`: what is lost comes back from there."""
        self._transaction.forget_what_was_read()

    def make_indices_anew(self) -> None:
        """Make the database's own indices of its tables anew; `publish` commits it."""
        self._transaction.make_indices_anew()

    def publish(
        self,
        record: ImportRecord | None = None,
        *,
        rebuild: bool = False,
        progress: Progress = silent,
        confirm: Confirm = agreed,
    ) -> Generation | None:
        """Make everything applied permanent and searchable at once, with the import's report.

        The next generation is built of what the transaction holds; `confirm` may look at it, and refuse it by
        raising. Then the store commits, and that is the moment at which all of it is so. Before, every error
        leaves the archive as it was; from then on an interrupt waits until the archive is closed.

        None, and no new generation, where the published one has all there is. It is built anew where it is
        lost or damaged, or where an operator went back to an older one.
        """
        publication = self.publication
        counts = self._transaction.counts()
        whole = publication.is_of(self._edition())
        if whole and not counts.unpublished and not rebuild:
            self._commit(record)
            return None
        anew = rebuild or not whole or bool(publication.rolled_back)

        def confirmed(candidate: Candidate) -> None:
            confirm(candidate)
            made = candidate.generation
            self._commit(record, Publication(made.name, made.digest, datetime.now(UTC)))

        changes = self._transaction.all_changes() if anew else self._transaction.unpublished_changes()
        told = _reporting(changes, counts.posts if anew else counts.unpublished, progress)
        give_back()  # what reading took; building needs the room
        return self._engine.publish(told, rebuild=anew, confirm=confirmed)

    def roll_back(self, wanted: str | None = None, skipped: Callable[[str], None] = _unheard) -> Generation:
        """Have readers answered from another generation that is kept, by default the one before.

        `skipped` is told of each before that one which cannot be gone back to, and why. It stays so until
        something is imported that changes anything. Raises `NoSuchGeneration` where none of
        those that are wanted is there and whole.
        """
        publication, kept = self.publication, self._engine.kept
        older = [name for name in kept if int(name) < int(publication.generation or 0)]
        problems = []
        for name in older if wanted is None else [wanted]:
            try:
                went = self._go_to(name, publication.latest)
            except GenerationGone as error:
                problems.append(f"generation {name[:40]} is {_told(error.__cause__)}")
            else:
                for each in problems:
                    skipped(each)
                return went
        problem = "; ".join(problems) or f"no generation before {publication.generation} is kept"
        others = ", ".join(name for name in kept if name not in {publication.generation, wanted})
        raise NoSuchGeneration(f"{problem}; {f'others are {others}' if others else 'no other is kept'}")

    def _go_to(self, name: str, latest: str) -> Generation:
        def confirmed(candidate: Candidate) -> None:
            went = candidate.generation
            rolled_back = "" if went.name == latest else latest
            self._commit(None, Publication(went.name, went.digest, datetime.now(UTC), rolled_back))

        return self._engine.go_to(name, confirmed)

    def _commit(self, record: ImportRecord | None, publication: Publication | None = None) -> None:
        self._undisturbed.enter_context(held_off(TOO_LATE))
        self._transaction.commit(record, publication)

    def _edition(self) -> str:
        try:
            return self._engine.edition
        except IndexUnreadable:  # the store is the truth: `publish` makes the index anew from it
            return ""


def _told(problem: BaseException | None) -> str:
    return f"damaged ({problem})" if problem else "not kept"


def _reporting(changes: Iterable[Change], total: int, progress: Progress) -> Iterator[Change]:
    for done, change in enumerate(changes, 1):
        yield change
        progress(done, total)
