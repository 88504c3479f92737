"""What was decoded or counted once and may be asked for again: as much as fits, the latest used first."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, Final, Protocol, TypeVar

from search.health import CacheUse

CACHE_BYTES: Final = 64 << 20
"""How much a generation keeps, unless it is told otherwise."""

ENTRY: Final = 400
"""Bytes that keeping a value takes beside its own and its key's: its objects, and its place here."""


class Sized(Protocol):
    """Something that says how much memory it takes."""

    @property
    def nbytes(self) -> int:
        """Bytes, about, of what it refers to."""
        ...


T = TypeVar("T", bound=Sized)


class Cache:
    """Keeps values of one generation up to so many bytes, and forgets those that were not used for longest.

    Safe for many threads. Two that ask at once for what is not there both make it, rather than one of
    them waiting.
    """

    def __init__(self, most: int = CACHE_BYTES) -> None:
        self._most = most
        self._lock = threading.Lock()
        self._kept: OrderedDict[Hashable, tuple[Any, int]] = OrderedDict()  # with the bytes of each
        self._bytes = 0
        self._hits = self._misses = 0

    @property
    def use(self) -> CacheUse:
        """How often something was asked for that was kept, or was not."""
        return CacheUse(self._hits, self._misses)

    @property
    def nbytes(self) -> int:
        """How much is kept at the moment."""
        return self._bytes

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        """What is kept under the key, or what `make` makes, kept unless it takes a quarter of the room."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                self._hits += 1
                kept: T = self._kept[key][0]
                return kept
            self._misses += 1
        value = make()
        if value.nbytes <= self._most // 4:
            self._keep(key, value, ENTRY + value.nbytes + _length(key))
        return value

    def _keep(self, key: Hashable, value: Sized, nbytes: int) -> None:
        with self._lock:
            if key in self._kept:
                return
            self._kept[key] = value, nbytes
            self._bytes += nbytes
            while self._bytes > self._most:
                _, (_, forgotten) = self._kept.popitem(last=False)
                self._bytes -= forgotten


def _length(key: Hashable) -> int:
    """What a key takes: it may have a long word that somebody typed, or the numbers of a thousand."""
    match key:
        case str() | bytes():
            return len(key)
        case tuple():
            return sum(map(_length, key))
        case _:
            return 0
