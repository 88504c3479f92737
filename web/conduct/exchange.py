"""What happens to every request before a view sees it, and to every answer after.

Before: whether it is meant for this site, what a browser asks ahead of another site's question, how often the
client asked, which codings it reads, and whether it has the answer already. After: the tag, the coding and
all other headers.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from http import HTTPStatus
from typing import cast

from flask import Flask, Response, g, request
from flask_babel import get_locale
from werkzeug.datastructures import ETags
from werkzeug.exceptions import (
    BadRequest,
    MethodNotAllowed,
    MisdirectedRequest,
    NotAcceptable,
    TooManyRequests,
)

from search.archive import Archive
from search.errors import ArchiveError
from web.conduct import coding, limits
from web.conduct.hosts import Hosts, NoHost, host_of
from web.conduct.kinds import KINDS, NEVER, REVALIDATE, Kind, kind_of
from web.conduct.limits import Limiter
from web.conduct.safety import protection
from web.conduct.sharing import Sharing
from web.conduct.tags import Tag, Tags
from web.language.voice import gettext
from web.settings import Settings

_OF_CONTENT = ("Content-Length", "Content-Type", "Content-Encoding", "Content-Language")
"""What is not said of an answer that is not sent (RFC 9110, 15.4.5)."""

_BODILESS = (HTTPStatus.NO_CONTENT, HTTPStatus.NOT_MODIFIED)


@dataclass(slots=True)
class Exchange:
    """What is known of the current request: what it is for, and then what was found out about it.

    `headers` are those that only this answer has.
    """

    kind: Kind
    codings: tuple[str, ...] = (coding.IDENTITY,)
    edition: str = ""
    tag: Tag | None = None
    headers: dict[str, str] = field(default_factory=dict)


def register(app: Flask, archive: Archive, settings: Settings, hosts: Hosts, limiter: Limiter | None) -> None:
    """Have everything that the application answers conducted so; no limit is kept without a limiter."""
    conduct = _Conduct(archive, settings, hosts, limiter)
    app.before_request(conduct.begin)
    app.after_request(conduct.end)


class _Conduct:
    def __init__(self, archive: Archive, settings: Settings, hosts: Hosts, limiter: Limiter | None) -> None:
        self._archive = archive
        self._hosts = hosts
        self._limiter = limiter
        self._tags = Tags(settings)
        self._sharing = Sharing(settings)
        self._always = {
            kind: tuple(
                {
                    "Vary": self._vary(kind, settings),
                    **protection(kind, settings, self._sharing.resource_policy),
                }.items()
            )
            for kind in KINDS
        }

    def _vary(self, kind: Kind, settings: Settings) -> str:
        varies = {
            "Accept-Encoding": True,
            "Accept-Language": kind.spoken and not settings.language,
            "Origin": kind.shared and self._sharing.varies,
        }
        return ", ".join(name for name, does in varies.items() if does)

    def begin(self) -> Response | None:
        """Answer what needs no view; raises an `HTTPException` for what no view is to see."""
        exchange = g.exchange = Exchange(kind_of(request.path))
        if exchange.kind.named:
            self._recognise()
        if preflight := self._preflight(exchange.kind):
            return preflight
        self._count(exchange)
        codings = coding.acceptable(request.headers.get("Accept-Encoding"))
        if not codings:
            raise NotAcceptable(gettext("Accept-Encoding allows neither gzip nor the bytes as they are."))
        exchange.codings = codings
        return self._known(exchange)

    def _recognise(self) -> None:
        try:
            name = host_of(request.headers.get("Host", ""), request.environ.get("REQUEST_URI", ""))
        except NoHost:
            raise BadRequest(
                gettext("The header “Host” does not say for which site the request is.")
            ) from None
        if name not in self._hosts:
            raise MisdirectedRequest

    def _preflight(self, kind: Kind) -> Response | None:
        method = request.headers.get("Access-Control-Request-Method", "")
        # Of what exists, routing says that it cannot be asked for OPTIONS.
        if request.method != "OPTIONS" or not isinstance(request.routing_exception, MethodNotAllowed):
            return None
        allowed = self._sharing.preflight(request.headers.get("Origin"), method) if kind.shared else {}
        return Response(status=HTTPStatus.NO_CONTENT, headers=allowed) if allowed else None

    def _count(self, exchange: Exchange) -> None:
        if self._limiter is None or not exchange.kind.limited:
            return
        allowance = self._limiter.ask(request.remote_addr or "")
        exchange.headers |= limits.headers(self._limiter.requests, allowance)
        if allowance.refused:
            raise TooManyRequests(retry_after=allowance.retry)

    def _known(self, exchange: Exchange) -> Response | None:
        """Without any search: that the client has the answer already."""
        if not exchange.kind.of_archive or request.routing_exception:
            return None
        try:
            exchange.edition = self._archive.edition
        except ArchiveError:  # the view says so, if it needs one
            return None
        language = str(get_locale()) if exchange.kind.spoken else ""
        exchange.tag = self._tags.of(exchange.edition, request.path, request.args.items(multi=True), language)
        given = _if_none_match()
        if given is None or given.star_tag:  # any answer will do, but whether there is one is not known yet
            return None
        for each in exchange.codings:
            if given.contains_weak(tag := exchange.tag.coded(each)):
                known = Response(status=HTTPStatus.NOT_MODIFIED)
                known.set_etag(tag)
                return known
        return None

    def end(self, response: Response) -> Response:
        """Give an answer its headers and its coding."""
        exchange = cast(Exchange, g.exchange)
        _say_how_long_it_lasts(response, exchange.kind)
        sent_as = _code(response, exchange)
        _name(response, exchange, sent_as, self._archive)
        named = {name for name, _ in response.headers}
        response.headers.extend(pair for pair in self._always[exchange.kind] if pair[0] not in named)
        response.headers.update(exchange.headers)
        if exchange.kind.shared:
            response.headers.update(self._sharing.headers(request.headers.get("Origin")))
        return response


def _say_how_long_it_lasts(response: Response, kind: Kind) -> None:
    if response.status_code >= HTTPStatus.BAD_REQUEST or "cut_short" in g:
        response.headers["Cache-Control"] = NEVER
    else:
        moved = response.status_code in range(301, 304)
        response.headers.setdefault("Cache-Control", REVALIDATE if moved else kind.caching)


def _code(response: Response, exchange: Exchange) -> str:
    """Compress an answer, if that is worth it or all that the client reads; gives its coding."""
    wanted, must = exchange.codings[0], coding.IDENTITY not in exchange.codings
    if wanted != coding.GZIP or response.status_code in _BODILESS:
        return coding.IDENTITY
    if not (must or coding.compresses(response.mimetype or "")):
        return coding.IDENTITY
    if response.is_streamed:
        response.response = coding.compressing(response.iter_encoded())
        response.headers.pop("Content-Length", None)
    else:
        content = response.get_data()
        if len(content) < coding.WORTHWHILE and not must:
            return coding.IDENTITY
        once = not exchange.kind.of_archive and response.status_code == HTTPStatus.OK
        response.set_data(coding.compressed_once(content) if once else coding.compressed(content))
    response.headers["Content-Encoding"] = coding.GZIP
    return coding.GZIP


def _name(response: Response, exchange: Exchange, sent_as: str, archive: Archive) -> None:
    """Say the tag of an answer, and that the client has it already where that shows only now."""
    if response.status_code != HTTPStatus.OK or "cut_short" in g:
        return
    own, _ = response.get_etag()
    tag = Tag(own) if own else exchange.tag
    # The answer may be from a generation that was published after the tag was made.
    if tag is None or (exchange.tag and archive.edition != exchange.edition):
        return
    response.set_etag(tag.coded(sent_as))
    given = _if_none_match()
    if given is not None and given.contains_weak(tag.coded(sent_as)):
        response.status_code = HTTPStatus.NOT_MODIFIED
        response.response = []
        for name in _OF_CONTENT:
            response.headers.pop(name, None)


def _if_none_match() -> ETags | None:
    readable = request.method in ("GET", "HEAD") and "If-None-Match" in request.headers
    return request.if_none_match if readable else None
