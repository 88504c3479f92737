"""How often one client may ask.

The generic cell rate algorithm (ITU-T I.371; https://en.wikipedia.org/wiki/Generic_cell_rate_algorithm)
needs one number of a client: when it would have used up all it asked for, had it asked evenly. The numbers
of all clients lie in a table of fixed size, which no number of clients makes larger, and in memory that
processes forked later share.

Clients share slots. So each has one in either half of the table, by a keyed hash that nobody outside can
foresee, and is refused only where both are full: an address of good standing is hit where it meets two
others that are refused themselves.
"""

from __future__ import annotations

import hashlib
import math
import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address
from mmap import mmap

WINDOW = 60.0
"""Seconds; a client that waited so long may ask for all of its requests at once."""

SLOTS = 65_536
"""In each half of the table, which takes 1 MB. Who wants to fill it needs about as many addresses."""

_SLOT_BYTES = 8
_SLACK = 1e-6  # seconds, for sums of fractions


@dataclass(frozen=True, slots=True)
class Allowance:
    """What a client may still ask for.

    `remaining` requests can be made now, and in `reset` seconds it is all of them again. Where this one
    is `refused`, one can be made in `retry` seconds.
    """

    refused: bool
    remaining: int
    reset: int
    retry: int


class Limiter:
    """Counts the requests of clients, in all processes that are forked once it is made.

    No lock is taken: where one client asks twice at the same instant, one of the two may go uncounted.
    """

    def __init__(
        self, requests: int, *, slots: int = SLOTS, now: Callable[[], float] = time.monotonic
    ) -> None:
        """Let each client make so many requests a minute."""
        self.requests = requests
        self._interval = WINDOW / requests
        self._slots = slots
        self._now = now
        self._key = os.urandom(16)
        self._until = memoryview(mmap(-1, 2 * slots * _SLOT_BYTES)).cast("d")

    def ask(self, address: str) -> Allowance:
        """Count one request of the client at this address, unless it is refused."""
        one, other = self._slots_of(client(address))
        now, until = self._now(), self._until
        used = max(now, min(until[one], until[other]))
        after = used + self._interval
        if refused := after - now > WINDOW + _SLACK:
            after = used
        else:
            until[one], until[other] = max(until[one], after), max(until[other], after)
        return Allowance(
            refused=refused,
            remaining=int((WINDOW - (after - now) + _SLACK) / self._interval),
            reset=_whole(after - now),
            retry=_whole(used + self._interval - WINDOW - now) if refused else 0,
        )

    def _slots_of(self, name: str) -> tuple[int, int]:
        digest = hashlib.blake2b(name.encode(), key=self._key, digest_size=16).digest()
        one, other = int.from_bytes(digest[:8]), int.from_bytes(digest[8:])
        return one % self._slots, self._slots + other % self._slots


def _whole(seconds: float) -> int:
    return math.ceil(seconds - _SLACK)


def client(address: str) -> str:
    """Whom an address belongs to: of IPv6 the network of 64 bits, all of which one client has (RFC 6177)."""
    try:
        found = ip_address(address)
    except ValueError:  # of a socket that has no addresses
        return address
    if not isinstance(found, IPv6Address):
        return address
    if found.ipv4_mapped:
        return str(found.ipv4_mapped)
    return found.packed[:8].hex()


def headers(requests: int, allowance: Allowance) -> dict[str, str]:
    """What tells a client its limit and what is left of it: draft-ietf-httpapi-ratelimit-headers-10."""
    return {
        "RateLimit-Policy": f'"requests";q={requests};w={WINDOW:.0f}',
        "RateLimit": f'"requests";r={allowance.remaining};t={allowance.reset}',
    }
