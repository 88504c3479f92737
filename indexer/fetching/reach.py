"""Which addresses of the internet are nobody's blog: private networks, this machine, and reserved ones.

After IANA's registries of special-purpose addresses, IPv4 and IPv6 (RFC 6890 and its updates). The
standard library knows most of them as well, but another set with every version.
"""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network


@dataclass(frozen=True, slots=True)
class _Range:
    """Addresses that are not asked; those of private networks are if the policy allows."""

    network: IPv4Network | IPv6Network
    what: str
    private: bool = False


def _range(network: str, what: str, *, private: bool = False) -> _Range:
    return _Range(ip_network(network), what, private)


_IPV4 = (
    _range("10.0.0.0/8", "in a private network", private=True),
    _range("172.16.0.0/12", "in a private network", private=True),
    _range("192.168.0.0/16", "in a private network", private=True),
    _range("127.0.0.0/8", "this machine", private=True),
    # Alibaba's metadata service lies among the addresses of carriers: not even private networks have it.
    _range("100.100.100.200/32", "a cloud's metadata"),
    _range("100.64.0.0/10", "in the network of a carrier", private=True),
    _range("169.254.0.0/16", "a link-local address, as clouds have their metadata at"),
    _range("168.63.129.16/32", "a cloud's metadata"),  # Azure's, in the middle of public addresses
    _range("0.0.0.0/8", "no machine"),
    _range("192.0.0.0/24", "a reserved address"),
    _range("192.0.2.0/24", "an address for documentation"),
    _range("192.88.99.0/24", "a reserved address"),
    _range("198.18.0.0/15", "an address for benchmarks"),
    _range("198.51.100.0/24", "an address for documentation"),
    _range("203.0.113.0/24", "an address for documentation"),
    _range("224.0.0.0/4", "many machines at once"),
    _range("240.0.0.0/4", "a reserved address"),
)

_PUBLIC_IPV6 = IPv6Network("2000::/3")
_ELSEWHERE = _range("::/0", "a reserved address")
_CARD = _range("fe80::/10", "an address of one network card")
_IPV6 = (
    _range("::1/128", "this machine", private=True),
    _range("fd00:ec2::/32", "a cloud's metadata"),
    _range("fd20:ce::/32", "a cloud's metadata"),
    _range("fc00::/7", "in a private network", private=True),
    _range("fe80::/10", "a link-local address"),
    _range("ff00::/8", "many machines at once"),
    _range("2001::/23", "a reserved address"),  # Teredo, which hides an IPv4 address, benchmarks and others
    _range("2001:db8::/32", "an address for documentation"),
    _range("2002::/16", "a tunnel to an IPv4 address"),
    _range("3fff::/20", "an address for documentation"),
)

# Connections to these reach the IPv4 address in the last four bytes. A network without IPv4 gives the
# second kind to every site that has nothing else.
_WITH_IPV4_INSIDE = (IPv6Network("::ffff:0:0/96"), IPv6Network("64:ff9b::/96"))


def why_refused(written: str, *, private: bool) -> str:
    """Why this IP address is not asked, as the end of a sentence; empty where it may be.

    `private` allows private networks and this machine; what is never a web server stays refused.
    """
    try:
        address = ip_address(written)
    except ValueError:
        return f"has an address that is none ({written})"
    special = _special(address)
    if special is None or (private and special.private):
        return ""
    unless = "asked only with --private-addresses" if special.private else "never asked"
    return f"is {special.what} ({address}), which is {unless}"


def _special(address: IPv4Address | IPv6Address) -> _Range | None:
    """The range the address is in, unless it is one of the public internet."""
    if isinstance(address, IPv4Address):
        return next((special for special in _IPV4 if address in special.network), None)
    if address.scope_id:
        return _CARD
    if any(address in network for network in _WITH_IPV4_INSIDE):
        return _special(IPv4Address(address.packed[-4:]))
    special = next((special for special in _IPV6 if address in special.network), None)
    return special or (None if address in _PUBLIC_IPV6 else _ELSEWHERE)
