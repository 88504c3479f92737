"""Who is at the other end of a connection, which headers alone do not tell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address
from typing import Any, Final

KEY: Final = "blogsearch.peer"
"""Where a server notes the peer in the environment of a request, before it lets anybody change that."""

FORWARDING: Final = ("HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED", "HTTP_VIA", "HTTP_X_REAL_IP")
"""The headers of which a web server in front sends at least one."""


@dataclass(frozen=True, slots=True)
class Peer:
    """Who connected. `is_proxy` is the trusted one's; `is_forwarding` says that somebody else asked."""

    address: str
    is_proxy: bool = False
    is_forwarding: bool = False

    @property
    def is_local(self) -> bool:
        """Whether a program of this machine asks for itself."""
        if self.is_proxy or self.is_forwarding:
            return False
        try:
            found = ip_address(self.address)
        except ValueError:  # of a socket without addresses, which a web server in front connects to
            return False
        if isinstance(found, IPv6Address) and found.ipv4_mapped:
            return found.ipv4_mapped.is_loopback
        return found.is_loopback


def peer_of(environ: Mapping[str, Any], trusted_proxy: str = "") -> Peer:
    """Who sent a request, as far as its environment, as it came in, tells."""
    address = str(environ.get("REMOTE_ADDR", ""))
    return Peer(
        address,
        is_proxy=bool(trusted_proxy) and trusted_proxy in ("*", address),
        is_forwarding=any(header in environ for header in FORWARDING),
    )


def noted_peer(environ: Mapping[str, Any]) -> Peer:
    """The peer that the server noted; without one, who the environment says."""
    noted = environ.get(KEY)
    return noted if isinstance(noted, Peer) else peer_of(environ)
