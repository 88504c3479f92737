"""What goes wrong on the way to a server and back, in words for the user."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import httpcore

from indexer.fetching.body import BodyBroken
from indexer.fetching.deadline import TimeIsUp
from indexer.fetching.network import NotSecure, Unreachable
from indexer.fetching.resolving import Unresolved
from search.errors import AddressRefused, FetchFailed

_NETWORK = (httpcore.NetworkError, httpcore.ProtocolError)
_LONGEST_DETAIL = 200
_TIME = (httpcore.TimeoutException, TimeIsUp)


@contextmanager
def told(name: str, seconds: float) -> Iterator[None]:
    """Turn what the network raises while a server is asked into `FetchFailed`, about `name`."""
    try:
        yield
    except Unreachable as error:
        raise AddressRefused(f"{name}: {error}") from error
    except (Unresolved, NotSecure) as error:
        raise FetchFailed(f"{name}: {error}") from error
    except _TIME as error:
        raise FetchFailed(f"{name}: took longer than {seconds:g} seconds; try again later") from error
    except httpcore.ConnectError as error:
        raise FetchFailed(f"{name}: cannot be connected to; try again later ({_short(error)})") from error
    except _NETWORK as error:
        raise FetchFailed(f"{name}: did not answer as a web server does ({_short(error)})") from error


@contextmanager
def told_of_body(name: str) -> Iterator[None]:
    """The same while the body is read, where an end of the connection means that half of it is missing."""
    try:
        yield
    except BodyBroken as error:
        raise FetchFailed(f"{name}: the answer {error}") from error
    except _NETWORK as error:
        raise FetchFailed(
            f"{name}: the answer was cut off or garbled in the middle; try again later ({_short(error)})"
        ) from error


def _short(error: Exception) -> str:
    """What the library says, which may quote what the server sent."""
    return str(error)[:_LONGEST_DETAIL]
