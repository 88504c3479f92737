"""The Flask application whose requests are all watched: under our server, any other one, and in tests."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Final, TypeVar
from urllib.parse import quote

from flask import Flask, request

from web.watching.counters import NO_ROUTE
from web.watching.instruments import Instruments
from web.watching.watch import Watch, watched

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_ASCII: Final = bytes(range(128))
_Gate = TypeVar("_Gate", bound="WSGIApplication")


class WatchedApplication(Flask):
    """An application that can be used once `watch_with` was called, which has to know all of its routes."""

    def watch_with(self, make: Callable[[frozenset[str]], Instruments]) -> Instruments:
        """Watch what is answered, with the instruments that are made for these routes."""
        routes = frozenset(rule.rule for rule in self.url_map.iter_rules())

        @self.teardown_request
        def name_route(_: BaseException | None) -> None:
            rule = request.url_rule.rule if request.url_rule else NO_ROUTE
            if rule in routes and (asked := watched(request.environ)):
                asked.route = rule

        instruments = make(routes)
        self._watch = Watch(super().wsgi_app, instruments.counters, instruments.caches)
        return instruments

    def behind(self, gate: Callable[[WSGIApplication], _Gate]) -> _Gate:
        """Have all requests pass a gate, made of what they then come to; what they wait there is noted."""
        return self._watch.behind(gate)

    def wsgi_app(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request.

        Bytes that no address may have, and that servers let through all the same, are read as if the client
        had quoted them (RFC 3986, 2.1): Werkzeug would fail at some, even on the way to say so.
        """
        environ["QUERY_STRING"] = quote(environ.get("QUERY_STRING", ""), safe=_ASCII, encoding="latin-1")
        return self._watch(environ, start_response)
