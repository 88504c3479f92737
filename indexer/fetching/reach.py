"""Which addresses of the internet are nobody's blog: private networks, this machine, and reserved ones.

After IANA's registries of special-purpose addresses, IPv4 and IPv6 (RFC 6890 and its updates). The
standard library knows most of them as well, but another set with every version.
"""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
    ip_network,
)

_Address = IPv4Address | IPv6Address
_NAT64 = IPv6Network("64:ff9b::/96")
_MAPPED = IPv6Network("::ffff:0:0/96")
_PUBLIC_IPV6 = IPv6Network("2000::/3")


@dataclass(frozen=True, slots=True)
class _Range:
    """Addresses that are not asked; those of private networks are if the policy allows."""

    network: IPv4Network | IPv6Network
    what: str
    private: bool = False


def _range(network: str, what: str, *, private: bool = False) -> _Range:
    return _Range(ip_network(network), what, private)


_RANGES = (
    _range("10.0.0.0/8", "a private network", private=True),
    _range("172.16.0.0/12", "a private network", private=True),
    _range("192.168.0.0/16", "a private network", private=True),
    _range("127.0.0.0/8", "this machine", private=True),
    # Alibaba's metadata service lies among the addresses of carriers: not even private networks have it.
    _range("100.100.100.200/32", "a cloud's metadata"),
    _range("100.64.0.0/10", "the network of a carrier", private=True),
    _range("169.254.0.0/16", "link-local, as a cloud's metadata is"),
    _range("168.63.129.16/32", "a cloud's metadata"),  # Azure's, in the middle of public addresses
    _range("0.0.0.0/8", "no machine's"),
    _range("192.0.0.0/24", "reserved"),
    _range("192.0.2.0/24", "for documentation"),
    _range("192.88.99.0/24", "reserved"),
    _range("198.18.0.0/15", "for benchmarks"),
    _range("198.51.100.0/24", "for documentation"),
    _range("203.0.113.0/24", "for documentation"),
    _range("224.0.0.0/4", "of many machines at once"),
    _range("240.0.0.0/4", "reserved"),
    _range("::1/128", "this machine", private=True),
    _range("fd00:ec2::/32", "a cloud's metadata"),
    _range("fd20:ce::/32", "a cloud's metadata"),
    _range("fc00::/7", "a private network", private=True),
    _range("fe80::/10", "link-local"),
    _range("ff00::/8", "of many machines at once"),
    _range("2001::/23", "reserved"),  # Teredo, which hides an IPv4 address, benchmarks and others
    _range("2001:db8::/32", "for documentation"),
    _range("2002::/16", "a tunnel to an IPv4 address"),
    _range("3fff::/20", "for documentation"),
)


def why_refused(written: str, *, private: bool) -> str:
    """Why this IP address is not asked, as `a private network (10.0.0.7)`; empty where it may be.

    `private` allows private networks and this machine; what is never a web server stays refused.
    """
    try:
        address = ip_address(written)
    except ValueError:
        return f"no IP address ({written})"
    what = _what(address, private=private)
    return f"{what} ({address})" if what else ""


def _what(address: _Address, *, private: bool) -> str:
    if isinstance(address, IPv6Address):
        if address.scope_id:
            return "of one network card"
        if address in _NAT64 or address in _MAPPED:
            # Both reach the IPv4 address in their last four bytes; networks without IPv4 need the former.
            return _what(IPv4Address(address.packed[-4:]), private=private)
    for special in _RANGES:
        if address.version == special.network.version and address in special.network:
            return "" if private and special.private else special.what
    if isinstance(address, IPv6Address) and address not in _PUBLIC_IPV6:
        return "reserved"
    return ""
