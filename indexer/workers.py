"""Worker processes that share out a pure function, in order and within bounded memory."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from types import TracebackType
from typing import Generic, Self, TypeVar

from search.errors import SourceRefused
from search.processes import end, forget, preload, process_pool

WORTH_WORKERS = 8_000_000
"""Bytes of sources from which starting processes pays for itself."""

_In = TypeVar("_In")
_Out = TypeVar("_Out")


def suitable_jobs(size: int) -> int:
    """How many processes to use for so many bytes: all cores, or one for little."""
    return (os.cpu_count() or 1) if size >= WORTH_WORKERS else 1


@dataclass(frozen=True, slots=True)
class Done(Generic[_Out]):
    """In the place of a value: what its result is, which nobody has to work out."""

    result: _Out


class Workers:
    """So many processes that find some modules loaded; with one job everything is done in this one."""

    def __init__(self, jobs: int, *modules: str) -> None:
        self._in_flight = 2 * jobs
        self._modules = modules
        self._are_working = False
        self._pool: ProcessPoolExecutor | None = None
        if jobs > 1:
            preload(*modules)
            self._pool = process_pool(jobs)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._pool and self._are_working and error is None:
            forget(*self._modules)
            end(self._pool)
        elif self._pool:
            self._pool.shutdown(cancel_futures=True)

    def map(self, function: Callable[[_In], _Out], values: Iterable[_In | Done[_Out]]) -> Iterator[_Out]:
        """The function of each value, in order. At most two values a process are taken in advance.

        Raises `SourceRefused` when a process dies, which a value too large for memory makes it do.
        """
        if self._pool is None:
            for value in values:
                yield value.result if isinstance(value, Done) else function(value)
            return
        waiting: deque[Future[_Out]] = deque()
        try:
            for value in values:
                if isinstance(value, Done):
                    waiting.append(_finished(value))
                else:
                    self._are_working = True
                    waiting.append(self._pool.submit(function, value))
                if len(waiting) >= self._in_flight:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        except BrokenProcessPool as error:
            raise SourceRefused("a worker process died, perhaps for want of memory: try --jobs 1") from error


def _finished(done: Done[_Out]) -> Future[_Out]:
    future: Future[_Out] = Future()
    future.set_result(done.result)
    return future
