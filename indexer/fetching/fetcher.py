"""Fetching one address, through its redirects, to a body in memory or in a file without a name."""

from __future__ import annotations

import ssl
import time
from contextlib import ExitStack, closing

import httpcore
import httpx

from indexer.fetching.address import checked
from indexer.fetching.allowance import Allowance
from indexer.fetching.body import decoded
from indexer.fetching.deadline import Clock, Deadline
from indexer.fetching.fetched import Conditions, Fetched
from indexer.fetching.headers import charset, conditions_of, content_type, links, pages, request_headers
from indexer.fetching.network import CheckedNetwork
from indexer.fetching.policy import FetchPolicy
from indexer.fetching.redirects import REDIRECTS, Trail
from indexer.fetching.refusals import answers, left_alone, refusal
from indexer.fetching.resolving import Resolver, resolve
from indexer.fetching.transport import Transport, trusting_authorities
from indexer.fetching.troubles import told, told_of_body
from indexer.fetching.turns import Turns
from indexer.spool import Spool

_NOTHING_KNOWN = Conditions()


class Fetcher:
    """Fetches addresses that strangers may have written, for one thread or for many.

    Make one for all fetches, for it is what remembers when a host may be asked again: not sooner than the
    policy's delay, and not before a `Retry-After` is over. `resolver`, `connections` and `clock` are the
    system's unless something else is given, and `tls` trusts the authorities of `trusting_authorities`.
    """

    def __init__(
        self,
        policy: FetchPolicy | None = None,
        *,
        resolver: Resolver = resolve,
        connections: httpcore.NetworkBackend | None = None,
        clock: Clock = time,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self._policy = policy or FetchPolicy()
        self._resolver = resolver
        self._connections = connections or httpcore.SyncBackend()
        self._clock = clock
        self._tls = tls or trusting_authorities()
        self._turns = Turns(self._policy.delay, clock)

    def fetch(self, address: str, conditions: Conditions | None = None) -> Fetched:
        """What is at a web address, if it is not what it was when `conditions` were got.

        Waits until it is this host's turn. The caller closes what it gets. Raises `AddressRefused` for what
        is not fetched at all, and `FetchFailed` for all else that can go wrong: half an answer is none.
        """
        policy = self._policy
        trail = Trail(checked(address), policy.hops)
        deadline = Deadline(policy.seconds, self._clock)
        network = CheckedNetwork(self._connections, self._resolver, deadline, private=policy.private)
        with Transport(network, self._tls) as transport:
            while True:
                with self._turns.turn(trail.url.host) as waited:
                    deadline.extend(waited)
                    fetched = self._ask(transport, trail, conditions or _NOTHING_KNOWN)
                if fetched:
                    return fetched

    def _ask(self, transport: Transport, trail: Trail, conditions: Conditions) -> Fetched | None:
        """Ask one server; None where it redirects, which `trail` has then followed."""
        if patience := self._turns.patience(trail.url.host):
            raise left_alone(trail.name, patience)
        request = httpx.Request("GET", trail.url, headers=request_headers(conditions))
        with told(trail.name, self._policy.seconds), closing(transport.handle_request(request)) as response:
            status = response.status_code
            if status in REDIRECTS and "Location" in response.headers:
                trail.follow(status, response.headers["Location"])
                return None
            if status == 304 and conditions != _NOTHING_KNOWN:
                return _unchanged(response, trail, conditions)
            if not answers(status):
                failed = refusal(trail.name, response)
                self._turns.leave_alone(trail.url.host, failed.retry_after or 0)
                raise failed
            return self._fresh(response, trail)

    def _fresh(self, response: httpx.Response, trail: Trail) -> Fetched:
        known = conditions_of(response.headers)
        return Fetched(
            address=str(trail.url),
            moved_to=trail.moved_to,
            etag=known.etag,
            last_modified=known.last_modified,
            charset=charset(response.headers),
            content_type=content_type(response.headers),
            warnings=tuple(trail.warnings),
            links=links(response.headers, trail.url),
            pages=pages(response.headers),
            body=self._body(response, trail.name),
        )

    def _body(self, response: httpx.Response, name: str) -> Spool:
        """All of the body, unpacked; what is sent is limited as well, for it may be packed nothing."""
        sent = Allowance(self._policy.most_bytes, name)
        unpacked = Allowance(self._policy.most_bytes, name)
        sent.look_ahead(int(response.headers.get("Content-Length", 0)))
        with ExitStack() as stack, told_of_body(name):
            spool = stack.enter_context(Spool())
            pieces = map(sent.take_piece, response.iter_raw())
            spool.fill(decoded(pieces, response.headers.get("Content-Encoding", "")), unpacked.take)
            stack.pop_all()
        return spool


def _unchanged(response: httpx.Response, trail: Trail, conditions: Conditions) -> Fetched:
    known = conditions_of(response.headers)
    return Fetched(
        address=str(trail.url),
        moved_to=trail.moved_to,
        status="unchanged",
        etag=known.etag or conditions.etag,
        last_modified=known.last_modified or conditions.last_modified,
        warnings=tuple(trail.warnings),
    )
