"""Generations before the published one, opened for whoever pages through what one of them found."""

from __future__ import annotations

import logging
import threading
from collections import OrderedDict
from typing import Final

from search.engines.whoosh.publishing.generations import Generations
from search.engines.whoosh.publishing.opening import open_generation
from search.engines.whoosh.publishing.snapshot import Snapshot
from search.errors import GenerationGone

_MOST: Final = 2
"""How many are open at once: hardly anyone pages through more than the last two."""

_CACHE_BYTES: Final = 16 << 20
"""How much each keeps of what it decoded: it is asked little, and not for long."""

_log = logging.getLogger(__name__)


class OlderGenerations:
    """Opens what is still in the folder, and keeps at most two open. Safe for many threads.

    One that was removed meanwhile is let go of, though searches under way on it end as they began.
    """

    def __init__(self, generations: Generations) -> None:
        self._generations = generations
        self._opening = threading.Lock()
        self._opened: OrderedDict[str, Snapshot] = OrderedDict()

    def close(self) -> None:
        """Let go of all of them."""
        with self._opening:
            self._opened.clear()

    def let_go(self) -> None:
        """Let go of those that were removed."""
        kept = set(self._generations.names())
        with self._opening:
            for name in self._opened.keys() - kept:
                del self._opened[name]

    def open(self, name: str, current: Snapshot | None) -> Snapshot:
        """The generation of this name, which comes before `current`; raises `GenerationGone`."""
        is_older = current is not None and int(name) < int(current.generation.name)
        if not is_older or not self._generations.path(name).is_dir():
            raise GenerationGone(name)
        with self._opening:
            snapshot = self._opened.get(name) or self._open(name)
            self._opened[name] = snapshot
            self._opened.move_to_end(name)
            while len(self._opened) > _MOST:
                self._opened.popitem(last=False)
            return snapshot

    def _open(self, name: str) -> Snapshot:
        try:
            return open_generation(self._generations, name, _CACHE_BYTES)
        except FileNotFoundError as error:
            raise GenerationGone(name) from error  # removed while it was being opened
        except (OSError, ValueError) as error:
            _log.error("generation %s of %s is broken: %s", name, self._generations.folder, error)
            raise GenerationGone(name) from error
