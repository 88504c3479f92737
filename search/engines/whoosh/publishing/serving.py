"""Which generation answers in this process: the published one or, where that is broken, one before it."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Final

from search.engines.whoosh.publishing.generations import Generations, Stamp
from search.engines.whoosh.publishing.opening import REMEDY, open_generation
from search.engines.whoosh.publishing.snapshot import Snapshot
from search.errors import IndexUnreadable
from search.health import BrokenGeneration

AGAIN: Final = 60.0
"""Seconds until a generation that could not be opened is tried again: too many files may have been open."""

LOOK: Final = 1.0
"""Seconds between two looks at whether the files that answer are still the ones that were verified."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Opened:
    """What answers while `CURRENT` is as it was at this `stamp`.

    `snapshot` is None where there is nothing to open, or nothing can be. What is `broken` is tried again
    at `due`, a time of the monotonic clock.
    """

    stamp: Stamp
    snapshot: Snapshot | None
    broken: tuple[BrokenGeneration, ...]
    due: float

    @property
    def name(self) -> str:
        return self.snapshot.generation.name if self.snapshot else ""

    def has_broken(self, name: str) -> bool:
        return any(each.name == name for each in self.broken)


class Serving:
    """Opens the generation that is to answer, once, whatever the number of threads that ask for it.

    To find that it is still the published one takes no lock.
    """

    def __init__(self, generations: Generations, changed: Callable[[], None] = lambda: None) -> None:
        """`changed` is called whenever another generation may have been published."""
        self._generations = generations
        self._changed = changed
        self._opening = threading.Lock()
        self._opened: _Opened | None = None
        self._prepared: Snapshot | None = None
        self._told: frozenset[BrokenGeneration] = frozenset()
        self._looked = 0.0

    def close(self) -> None:
        """Let go of what is open; whoever asks next opens it again."""
        self._opened = self._prepared = None

    @property
    def opened(self) -> Snapshot | None:
        """The generation that is open at the moment, whether or not it is still the one to answer."""
        return self._opened.snapshot if self._opened else None

    @property
    def known_to_be_broken(self) -> tuple[str, ...]:
        """The names of those that were passed over when something was opened last; opens nothing."""
        return tuple(each.name for each in self._opened.broken) if self._opened else ()

    @property
    def broken(self) -> tuple[BrokenGeneration, ...]:
        """Those that were passed over."""
        return self._current().broken

    def snapshot(self) -> Snapshot | None:
        """The generation that answers; None where there is none yet.

        Raises `IndexUnreadable` where there are some, and none can be opened.
        """
        opened = self._current()
        if opened.snapshot is None and opened.broken and self._generations.exist():
            found = "; ".join(f"{each.name}: {each.problem}" for each in opened.broken)
            raise IndexUnreadable(
                f"no generation of the index in {self._generations.folder} can be opened ({found}); {REMEDY}"
            )
        return opened.snapshot

    def follow(self, published: Callable[[], str]) -> bool:
        """Go to the generation that the archive names, whatever `CURRENT` says; False where that cannot be.

        An empty name says that none was published yet: what there is was never finished. It is asked for by
        whoever has the lock, so that nobody who had to wait for it goes back to what was published then; and
        after a look at `CURRENT`, which says the same a moment later, or there would be a way back as well.
        """
        with self._opening:
            opened, name = self._renewed(), published()
            if opened.name == name or opened.has_broken(name):
                return opened.name == name
            if not name:
                if opened.stamp is not None:
                    return False
                self._opened = replace(opened, snapshot=None, broken=())
                return True
            snapshot, broken = self._first([name])
            if snapshot is not None:
                self._opened = replace(opened, snapshot=snapshot)
            elif self._generations.stamp() == opened.stamp:  # else it was replaced meanwhile, and is gone
                self._opened = replace(opened, broken=opened.broken + broken, due=time.monotonic() + AGAIN)
                self._tell(self._opened)
            return snapshot is not None

    def prepare(self, name: str, warm: Callable[[Snapshot], None]) -> None:
        """Open a generation that is announced, while the one before answers, to have it at hand.

        What is not whole is passed over: whoever goes there tells.
        """
        with suppress(OSError, ValueError):
            snapshot = open_generation(self._generations, name)
            warm(snapshot)
            self._prepared = snapshot

    def take_up(self) -> None:
        """Go to what was published, before anybody asks; what was announced and is not that is let go of."""
        self._current()
        self._prepared = None

    def _current(self) -> _Opened:
        opened = self._opened
        if opened is not None and self._is_good(opened):
            return opened
        with self._opening:
            return self._renewed()

    def _is_good(self, opened: _Opened) -> bool:
        due = bool(opened.broken) and time.monotonic() >= opened.due
        return opened.stamp == self._generations.stamp() and not due and self._is_untouched(opened.snapshot)

    def _is_untouched(self, snapshot: Snapshot | None) -> bool:
        """Whether the files that answer are as they were when they were verified, as far as their marks tell.

        A disk that forgets a bit leaves the marks as they are: that is found when the files are read again.
        """
        now = time.monotonic()
        if snapshot is None or now < self._looked + LOOK:
            return True
        untouched = snapshot.marks == self._generations.marks(snapshot.generation.name)
        if untouched:
            self._looked = now
        return untouched

    def _renewed(self) -> _Opened:
        """What is open or, where that is outdated, what is to answer from now on. For who has the lock."""
        if self._opened is not None and self._is_good(self._opened):
            return self._opened
        stamp = self._generations.stamp()
        snapshot, broken = self._first(self._generations.candidates())
        if snapshot is None and not broken and stamp is not None:
            broken = (BrokenGeneration("CURRENT", "names no generation"),)
        self._opened = _Opened(stamp, snapshot, broken, time.monotonic() + AGAIN)
        self._tell(self._opened)
        self._changed()
        return self._opened

    def _first(self, names: Iterable[str]) -> tuple[Snapshot | None, tuple[BrokenGeneration, ...]]:
        """The first of these that can be opened, and those before it, which cannot."""
        broken: list[BrokenGeneration] = []
        for name in names:
            try:
                return self._open(name), tuple(broken)
            except (OSError, ValueError) as error:
                there = self._generations.path(name).is_dir()
                broken.append(BrokenGeneration(name, str(error) if there else "it is lost"))
        return None, tuple(broken)

    def _open(self, name: str) -> Snapshot:
        """Open a generation, unless it is open or prepared: all files of it are read to verify it."""
        marks = self._generations.marks(name)
        for snapshot in (self.opened, self._prepared):
            if snapshot is not None and snapshot.generation.name == name and snapshot.marks == marks:
                return snapshot
        return open_generation(self._generations, name)

    def _tell(self, opened: _Opened) -> None:
        """Log what is broken, once: not for every request, and not whenever it is tried again."""
        new = [each for each in opened.broken if each not in self._told]
        self._told = frozenset(opened.broken)
        for each in new:
            _log.error("generation %s of %s is broken: %s", each.name, self._generations.folder, each.problem)
        if new and opened.snapshot is not None:
            _log.error("searching generation %s instead", opened.name)
