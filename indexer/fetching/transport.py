"""httpx over our own network: one request, one response, and nothing that is done by itself.

There is no client: it would keep cookies, ask the environment for proxies, and decode bodies without limit.
"""

from __future__ import annotations

import os
import ssl
from collections.abc import Iterator
from functools import cache

import httpcore
import httpx

from indexer.fetching.network import CheckedNetwork
from search.errors import FetchFailed


def trusting_authorities() -> ssl.SSLContext:
    """TLS with whom httpx trusts: its list, or the file that the environment's `SSL_CERT_FILE` names.

    It is read once, which takes a while. Raises `FetchFailed` where that cannot be done.
    """
    return _trusting(os.environ.get("SSL_CERT_FILE"), os.environ.get("SSL_CERT_DIR"))


@cache
def _trusting(_file: str | None, _folder: str | None) -> ssl.SSLContext:
    try:
        return httpx.create_ssl_context()
    except OSError as error:
        raise FetchFailed(
            f"the certificates that SSL_CERT_FILE or SSL_CERT_DIR names cannot be read ({error.strerror}); "
            "correct it or take it away"
        ) from error


class Transport(httpx.BaseTransport):
    """Sends requests through connections of one fetch; raises httpcore's errors and the network's."""

    def __init__(self, network: CheckedNetwork, tls: ssl.SSLContext) -> None:
        self._pool = httpcore.ConnectionPool(
            ssl_context=tls, network_backend=network, max_connections=1, http2=False
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Ask, and read the headers of the answer; its body is for the caller to read and to close."""
        response = self._pool.handle_request(
            httpcore.Request(
                method=request.method,
                url=httpcore.URL(
                    scheme=request.url.raw_scheme,
                    host=request.url.raw_host,
                    port=request.url.port,
                    target=request.url.raw_path,
                ),
                headers=request.headers.raw,
            )
        )
        return httpx.Response(response.status, headers=response.headers, stream=_Body(response))

    def close(self) -> None:
        """Close all connections."""
        self._pool.close()


class _Body(httpx.SyncByteStream):
    """What is left of a response after its headers, as it was sent."""

    def __init__(self, response: httpcore.Response) -> None:
        self._response = response

    def __iter__(self) -> Iterator[bytes]:
        return self._response.iter_stream()

    def close(self) -> None:
        self._response.close()
