"""Connections to addresses that were looked at, and that end in time.

A name is resolved here and nowhere else, once for each connection, and the connection goes to one of the
addresses that were checked. So a name that means something else when it is asked again gains nothing. TLS
still checks the certificate against the name.
"""

from __future__ import annotations

import ssl
from collections.abc import Iterable, Sequence
from contextlib import suppress
from typing import Any

import httpcore

from indexer.fetching.deadline import Deadline
from indexer.fetching.reach import why_refused
from indexer.fetching.resolving import Resolver, resolved

_MOST_TRIED = 6
_SECONDS_EACH = 10.0  # a site whose IPv6 is broken is reached by IPv4 in time


class Unreachable(Exception):
    """The policy does not allow this host; the message is why."""


class NotSecure(Exception):
    """There is no TLS, or a certificate that is not to be trusted; the message is the end of a sentence."""


class CheckedNetwork(httpcore.NetworkBackend):
    """The network as one fetch may use it; `connections` makes those that are allowed, to IP addresses."""

    def __init__(
        self, connections: httpcore.NetworkBackend, resolver: Resolver, deadline: Deadline, *, private: bool
    ) -> None:
        self._connections = connections
        self._resolver = resolver
        self._deadline = deadline
        self._private = private

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ARG002 - the deadline is stricter
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect to one of the host's addresses, all of which have to be allowed.

        Raises `Unreachable`, `Unresolved`, `TimeIsUp`, and what httpcore raises.
        """
        *others, last = self._addresses(host, port)

        def connect(address: str, seconds: float) -> httpcore.NetworkStream:
            stream = self._connections.connect_tcp(address, port, seconds, local_address, socket_options)
            return _TimedStream(stream, self._deadline)

        for number, address in enumerate(others):
            share = self._deadline.remaining() / (len(others) - number + 1)
            with suppress(httpcore.ConnectError, httpcore.ConnectTimeout):
                return connect(address, min(share, _SECONDS_EACH))
        return connect(last, self._deadline.remaining())

    def _addresses(self, host: str, port: int) -> Sequence[str]:
        """At least one. One bad one spoils all: who answers so wants to see which is taken."""
        addresses = resolved(self._resolver, host, port, self._deadline)
        for address in addresses:
            if reason := why_refused(address, private=self._private):
                raise Unreachable(reason)
        return addresses[:_MOST_TRIED]


class _TimedStream(httpcore.NetworkStream):
    """A connection whose every step ends by the deadline, so that a drip does as well."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ARG002 - as above
        return self._stream.read(max_bytes, self._deadline.remaining())

    def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ARG002 - as above
        self._stream.write(buffer, self._deadline.remaining())

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ARG002 - as above
    ) -> httpcore.NetworkStream:
        """Shake hands, and check whose certificate it is; raises `NotSecure`."""
        try:
            secured = self._stream.start_tls(ssl_context, server_hostname, self._deadline.remaining())
        except httpcore.ConnectError as error:
            match error.__cause__:
                case ssl.SSLCertVerificationError() as cause:
                    raise NotSecure(
                        f"its certificate is not to be trusted ({cause.verify_message})"
                    ) from error
                case ssl.SSLError() as cause:
                    raise NotSecure(f"no safe connection can be made ({cause.reason})") from error
            raise
        return _TimedStream(secured, self._deadline)

    def close(self) -> None:
        self._stream.close()

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)
