"""Processes that work for this one: how they begin and end, and how each can keep something of its own."""

from __future__ import annotations

import gc
import os
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack, suppress
from functools import cache
from itertools import chain
from multiprocessing import current_process, get_context, parent_process, set_forkserver_preload
from multiprocessing.util import Finalize
from threading import Thread
from types import TracebackType
from typing import Any, Final, Generic, Self, TypeVar

from search.scratch import scratch

State = TypeVar("State")
_In = TypeVar("_In")
_Out = TypeVar("_Out")

_WAITING = 2
"""Values that a process has at most, the one it works on included: so none of them ever waits for us."""

_LONGEST_FOLDER: Final = 107 - len("/listener-12345678")
"""Bytes of the name of a folder for sockets: an address of a socket has 107 (unix(7))."""

_AS_MULTIPROCESSING_DOES: Final = -100
"""When it removes its own folder at the end: after all that may still be in use."""

_preloaded: list[str] = []


def preload(*modules: str) -> None:
    """Name modules that every process is to find loaded, which takes their time and their memory once.

    To be called before the first pool is made: what comes later each process loads for itself.
    """
    _preloaded.extend(module for module in modules if module not in _preloaded)
    set_forkserver_preload([*_preloaded])


def process_pool(jobs: int, begin: Callable[..., None] | None = None, *given: object) -> ProcessPoolExecutor:
    """So many processes, each of which first calls `begin` with what is given.

    They leave interrupts to this process and end when it ends, however it ends. They are forks, not of this
    process, whose locks and open files they would inherit, but of one that only loaded `preload`'s modules.
    """
    _leave_nothing_behind()
    return ProcessPoolExecutor(jobs, get_context("forkserver"), _begin, (begin, given))


@cache
def _leave_nothing_behind() -> None:
    """Have what multiprocessing puts on the disk removed by the next run, where this one is killed.

    It makes a folder for its sockets, of which nobody else would know whose it was. Semaphores its resource
    tracker removes itself; that it did is nothing that anybody who is at the terminal could do more about.
    """
    sys.warnoptions.append("ignore::UserWarning:multiprocessing.resource_tracker")  # goes to those it begins
    kept = ExitStack()
    folder = str(kept.enter_context(scratch()))
    Finalize(None, kept.close, exitpriority=_AS_MULTIPROCESSING_DOES)
    if len(os.fsencode(folder)) <= _LONGEST_FOLDER:
        current_process()._config["tempdir"] = folder  # type: ignore[attr-defined] # as `util.get_temp_dir` does


def forget(*modules: str) -> None:
    """Take back what `preload` was told, for processes that are begun once `end` was called."""
    _preloaded[:] = [module for module in _preloaded if module not in modules]
    set_forkserver_preload([*_preloaded])


def end(*pools: ProcessPoolExecutor) -> None:
    """End these pools when they have done their work, and the process of which theirs are forks.

    That one keeps in memory all that was preloaded. The next pool begins another; no other may be at work.
    """
    origin = 0
    with suppress(BrokenProcessPool):  # then nobody can tell, and it stays
        origin = pools[0].submit(os.getppid).result()
    for pool in pools:
        pool.shutdown(cancel_futures=True)
    if origin and hasattr(os, "waitid"):  # which macOS has not
        _end_child(origin)


def _end_child(process: int) -> None:
    """End it, and leave it to whoever began it to find that out."""
    ended = os.WEXITED | os.WNOWAIT
    with suppress(ChildProcessError):  # it is none of ours, but whoever took over the forks of one that died
        os.waitid(os.P_PID, process, ended | os.WNOHANG)
        os.kill(process, signal.SIGTERM)
        os.waitid(os.P_PID, process, ended)


class Crew(Generic[State]):
    """Processes each of which keeps a state of its own from the first value it gets to the last."""

    def __init__(self, jobs: int, make: Callable[..., State], *given: object) -> None:
        self._pools = [process_pool(1, _keep, make, *given) for _ in range(jobs)]
        self._waiting: list[deque[Future[Any]]] = [deque() for _ in range(jobs)]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is None:
            end(*self._pools)
            return
        for future in chain.from_iterable(self._waiting):
            future.cancel()
        for pool in self._pools:
            pool.shutdown(cancel_futures=True)

    def share(self, function: Callable[[State, _In], _Out], values: Iterable[_In]) -> Iterator[_Out]:
        """The function of a state and each value, each in whichever process is least busy; in no order.

        Raises `BrokenProcessPool` when a process dies.
        """
        for value in values:
            while all(len(waiting) >= _WAITING for waiting in self._waiting):
                _wait_for_any(self._waiting)
                yield from self._finished()
            least = min(range(len(self._pools)), key=lambda member: len(self._waiting[member]))
            self._waiting[least].append(self._pools[least].submit(_with_state, function, value))
            yield from self._finished()
        for waiting in self._waiting:
            while waiting:
                yield waiting.popleft().result()

    def each(self, function: Callable[[State], _Out]) -> list[_Out]:
        """The function of the state of each process."""
        futures = [pool.submit(_with_state, function) for pool in self._pools]
        return [future.result() for future in futures]

    def _finished(self) -> Iterator[Any]:
        for waiting in self._waiting:
            while waiting and waiting[0].done():
                yield waiting.popleft().result()


def _wait_for_any(waiting: Iterable[deque[Future[Any]]]) -> None:
    wait([futures[0] for futures in waiting], return_when=FIRST_COMPLETED)


_kept: list[Any] = []
"""In a process of a crew: its state."""


def _keep(make: Callable[..., object], *given: object) -> None:
    _kept.append(make(*given))


def _with_state(function: Callable[..., _Out], *values: object) -> _Out:
    return function(*_kept, *values)


def _begin(begin: Callable[..., None] | None, given: tuple[object, ...]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.freeze()  # looking for garbage among what was preloaded would copy it into this process
    Thread(target=_end_with_parent, daemon=True).start()
    if begin is not None:
        begin(*given)


def _end_with_parent() -> None:
    """However the parent ended: one that was killed tells nobody, and nothing else would wake its workers."""
    if parent := parent_process():
        parent.join()
    os._exit(1)
