"""What is noted of every request: which it is, how long it took, and what came of it."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, TypeVar

from web.watching.caches import CacheMeter
from web.watching.counters import NO_ROUTE, Counters
from web.watching.log import FIELDS
from web.watching.peer import noted_peer
from web.watching.request_id import HEADER, current_id, identify

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_Gate = TypeVar("_Gate", bound="WSGIApplication")

_KEY: Final = "blogsearch.watched"
_GIVEN: Final = "HTTP_X_REQUEST_ID"
_FAILED: Final = 500
_log = logging.getLogger(__name__)


@dataclass(slots=True)
class Watched:
    """A request that is being answered. `generation` is the one that was searched for it, if any was."""

    request_id: str
    method: str
    path: str
    began: float
    status: int = _FAILED
    route: str = NO_ROUTE
    generation: str = ""
    sent: int = 0


def watched(environ: WSGIEnvironment) -> Watched | None:
    """The request of this environment; None where nobody watches."""
    found = environ.get(_KEY)
    return found if isinstance(found, Watched) else None


class Watch:
    """An application whose requests are counted and named, and logged where somebody asked for that."""

    def __init__(
        self,
        application: WSGIApplication,
        counters: Counters,
        caches: CacheMeter,
        now: Callable[[], float] = time.perf_counter,
    ) -> None:
        self._application = application
        self._counters = counters
        self._caches = caches
        self._now = now

    def behind(self, gate: Callable[[WSGIApplication], _Gate]) -> _Gate:
        """Have requests pass a gate on their way to the application."""
        passed = gate(self._application)
        self._application = passed
        return passed

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request, with its id in a header; it is done when its answer is closed."""
        begun = environ[_KEY] = self._begun(environ)

        def start(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Any:
            begun.status = int(status[:3])
            return start_response(status, [*headers, (HEADER, begun.request_id)], exc_info)

        try:
            return _Answer(self._application(environ, start), begun, self._end)
        except BaseException:
            self._end(begun)
            raise

    def _begun(self, environ: WSGIEnvironment) -> Watched:
        given = environ.get(_GIVEN, "")
        request_id = identify(given, is_trusted=bool(given) and noted_peer(environ).is_proxy)
        current_id.set(request_id)
        self._counters.in_progress.add()
        return Watched(request_id, environ["REQUEST_METHOD"], environ.get("PATH_INFO", ""), self._now())

    def _end(self, watched: Watched) -> None:
        seconds = self._now() - watched.began
        self._counters.in_progress.add(amount=-1)
        self._counters.requests.add(watched.route, f"{watched.status // 100}xx")
        self._counters.request_seconds.took(seconds, watched.route)
        self._caches.glance()
        if _log.isEnabledFor(logging.INFO):
            _log.info("%s %s", watched.method, watched.path, extra={FIELDS: _fields(watched, seconds)})


class _Answer:
    """The bytes of an answer on their way, counted, with a word at the end."""

    def __init__(self, parts: Iterable[bytes], watched: Watched, end: Callable[[Watched], None]) -> None:
        self._parts = parts
        self._watched = watched
        self._end = end

    def __iter__(self) -> Iterator[bytes]:
        for part in self._parts:
            self._watched.sent += len(part)
            yield part

    def close(self) -> None:
        """Whoever sends it is done, with all of it or not."""
        try:
            if close := getattr(self._parts, "close", None):
                close()
        finally:
            self._end(self._watched)


def _fields(watched: Watched, seconds: float) -> dict[str, object]:
    return {
        "event": "request",
        "method": watched.method[:20],
        "path": watched.path[:200],
        "route": watched.route,
        "status": watched.status,
        "ms": round(seconds * 1000, 2),
        "bytes": watched.sent,
        **({"generation": watched.generation} if watched.generation else {}),
    }
