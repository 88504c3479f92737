"""A gate before what takes the processor: only so many requests of a process are worked at together.

Python runs one thread at a time. Eight that compute take the lock from each other at every call into NumPy or
SQLite: with two at a time a process was measured to answer 30 % more. So they take turns, while threads
enough are left for sending answers to slow clients. One search that takes long holds up nobody, as there is
the other place.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from threading import Semaphore, get_ident
from typing import TYPE_CHECKING, Final

from web.conduct.kinds import kind_of

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

AT_ONCE: Final = 2


class Gate:
    """An application whose answers from the archive are made a few at a time; sending them is not counted."""

    def __init__(self, application: WSGIApplication, at_once: int = AT_ONCE) -> None:
        self._application = application
        self._free = Semaphore(at_once)
        self._begun: dict[int, float] = {}  # when each thread began with what it works at

    def longest(self, now: float) -> float:
        """For how many seconds the oldest request is worked at or waits, at this monotonic time."""
        return now - min(list(self._begun.values()), default=now)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request when it is its turn; what needs no archive, such as a probe, waits for none."""
        thread = get_ident()
        self._begun[thread] = time.monotonic()
        try:
            return self._answer(environ, start_response)
        finally:
            del self._begun[thread]

    def _answer(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if not kind_of(environ.get("PATH_INFO", "")).of_archive:
            return self._application(environ, start_response)
        with self._free:
            return self._application(environ, start_response)
