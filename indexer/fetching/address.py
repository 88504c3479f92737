"""Is this the address of something on the web, spelled in the one way that everybody reads the same?

Programs disagree about odd spellings: where one sees a password another sees the host. Only what has one
meaning is fetched, and it is the host found here that is resolved, checked and connected to.
"""

from __future__ import annotations

import re
from ipaddress import AddressValueError, IPv4Address, IPv6Address

import httpx

from search.errors import AddressRefused

MOST_CHARACTERS = 4096
"""How long an address may be."""

# What browsers refuse to talk to, for a request could be taken for the protocol that is spoken there:
# the Fetch standard's "bad ports".
_OTHER_PROTOCOLS = """
    0 1 7 9 11 13 15 17 19 20 21 22 23 25 37 42 43 53 69 77 79 87 95 101 102 103 104 109 110 111 113
    115 117 119 123 135 137 139 143 161 179 389 427 465 512 513 514 515 526 530 531 532 540 548 554 556
    563 587 601 636 989 990 993 995 1719 1720 1723 2049 3659 4045 4190 5060 5061 6000 6566 6665 6666
    6667 6668 6669 6679 6697 10080
"""
_NO_ADDRESS = (httpx.InvalidURL, UnicodeError)  # the latter for half a character
_NAME = re.compile(r"[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*")
_NUMBER_AT_THE_END = re.compile(r"(.*\.)?(\d+|0x[0-9a-f]*)")


def checked(address: str) -> httpx.URL:
    """The address as it is asked, without what is only for browsers (`#top`); raises `AddressRefused`."""
    if len(address) > MOST_CHARACTERS:
        raise AddressRefused(f"{address[:80]}…: is longer than {MOST_CHARACTERS:,} characters")
    try:
        url = httpx.URL(address.strip())
    except _NO_ADDRESS as error:
        raise AddressRefused(f"{_shown(address)}: is not an address; look for a slip in it") from error
    return _checked(url, f"{_shown(address)}:")


def redirected(url: httpx.URL, location: str) -> httpx.URL:
    """Where a redirect from `url` leads; raises `AddressRefused`."""
    try:
        target = url.join(location.strip())
    except _NO_ADDRESS as error:
        raise AddressRefused(f"{url}: redirects to what is not an address ({_shown(location)})") from error
    if len(str(target)) > MOST_CHARACTERS:
        raise AddressRefused(f"{url}: redirects to an address longer than {MOST_CHARACTERS:,} characters")
    return _checked(target, f"{url}: redirects to {_shown(str(target))}, which")


def _checked(url: httpx.URL, subject: str) -> httpx.URL:
    if problem := _problem(url):
        raise AddressRefused(f"{subject} {problem}")
    host = url.raw_host.decode("ascii")
    return url.copy_with(host=host.removesuffix("."), fragment=None)


def _problem(url: httpx.URL) -> str:
    """What keeps this from being asked, as the end of a sentence; empty where nothing does."""
    if url.scheme not in {"http", "https"}:
        return "is no address of the web; only http:// and https:// are fetched"
    if url.userinfo:
        return "has a user name or password in it, which would be kept and shown; leave it out"
    if url.port is not None and not 0 < url.port < 1 << 16:
        return "names a port that does not exist"
    if str(url.port) in _OTHER_PROTOCOLS.split():
        return f"names port {url.port}, where no web server is"
    return _problem_of_host(url.raw_host.decode("ascii").removesuffix("."))


def _problem_of_host(host: str) -> str:
    try:
        if ":" in host:
            return "names one network card" if IPv6Address(host).scope_id else ""
        if _NUMBER_AT_THE_END.fullmatch(host):
            # `127.1`, `0x7f.0.0.1` and `2130706433` are all 127.0.0.1 to whoever resolves them.
            return "" if str(IPv4Address(host)) == host else "has an IP address in an odd spelling"
    except AddressValueError:
        return "has an IP address in an odd spelling; write it as four numbers, or the name of the site"
    if len(host) > 253 or not _NAME.fullmatch(host):
        return "names no host that could exist" if host else "names no host"
    return ""


def _shown(address: str) -> str:
    """The address for a message: one line that no terminal acts on, without the password it may have."""
    inert = "".join(character if character.isprintable() else "�" for character in address.strip())
    return re.sub(r"(?<=//)[^/@]*@", "…@", inert)[:200]
