"""By which names a site answers.

A page of a stranger can have its own name lead to this machine (DNS rebinding) and then read what is answered
under it, as a browser goes by names. So names are told apart here: a stranger's is none of ours. An address
in numbers leads nowhere but to itself, and is no way for that.

Werkzeug compares names as well, but neither addresses of IPv6 nor whether a name is an address.
"""

from __future__ import annotations

import re
import socket
from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit

from web.settings import ANY_HOST, Settings

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
MOST = 255 + 6
"""Characters of a name of the DNS, with a port."""

_HOST = re.compile(r"([a-z0-9._-]+|\[[0-9a-f:.]+\])(?::([0-9]{1,5})?)?", re.ASCII | re.IGNORECASE)
_IN_TARGET = re.compile(r"[a-z][a-z0-9+.-]*://([^/?#]*)", re.ASCII | re.IGNORECASE)


class NoHost(ValueError):
    """What was given is no name or address with or without a port."""


@dataclass(frozen=True, slots=True)
class Hosts:
    """The names of a site: those listed, and every address in numbers where `by_address`; or `any_name`."""

    names: frozenset[str] = frozenset()
    by_address: bool = False
    any_name: bool = False

    def __contains__(self, name: str) -> bool:
        """Whether it answers by this name, as `host_of` gives it."""
        return self.any_name or name in self.names or (self.by_address and _is_address(name))


EVERY = Hosts(any_name=True)


def hosts(settings: Settings, listening: str) -> Hosts:
    """The names of a site that listens at an address.

    These are what the settings name, and where it listens, as a web server in front may ask for that. One
    without a base URL that listens everywhere has the addresses and names of this machine, too.
    """
    if ANY_HOST in settings.hosts:
        return EVERY
    names = {*settings.hosts, *_of(settings.base_url), listening}
    own = not settings.base_url
    everywhere = own and ip_address(listening).is_unspecified
    if own or ip_address(listening).is_loopback:
        names |= LOOPBACK
    if everywhere:
        names |= _of_machine()
    return Hosts(frozenset(map(_plain, names)), by_address=everywhere)


def host_of(header: str, target: str = "") -> str:
    """The name or address that a request is for; raises `NoHost` where it names none.

    It is in the `Host` header (RFC 9110, 7.2), unless the `target` is a whole address (RFC 9112, 3.2.2).
    """
    given = _IN_TARGET.match(target)
    named = given[1] if given else header
    found = _HOST.fullmatch(named) if len(named) <= MOST else None
    if not found or int(found[2] or 0) > 65_535:
        raise NoHost(named)
    return _plain(found[1])


def _plain(name: str) -> str:
    return name.lower().strip("[]").removesuffix(".")


def _of(base_url: str) -> Iterable[str]:
    return filter(None, [urlsplit(base_url).hostname])


def _of_machine() -> set[str]:
    """What this machine is called, also in the network it is in (RFC 6762)."""
    whole = socket.gethostname()
    short = whole.partition(".")[0]
    return {whole, short, f"{short}.local"}


def _is_address(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True
