from __future__ import annotations

import ipaddress

import pytest

from indexer.fetching.reach import why_refused

PRIVATE = (
    "10.0.0.1",
    "10.255.255.255",
    "172.16.0.1",
    "172.31.255.255",
    "192.168.1.1",
    "127.0.0.1",
    "127.255.255.254",
    "100.64.0.1",
    "100.127.255.255",
    "::1",
    "fc00::1",
    "fdff:ffff::1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "64:ff9b::127.0.0.1",
    "64:ff9b::c0a8:101",
)
NEVER = (
    "0.0.0.0",  # noqa: S104 - nothing listens here
    "0.1.2.3",
    "169.254.169.254",
    "169.254.0.1",
    "100.100.100.200",
    "168.63.129.16",
    "192.0.0.192",
    "192.0.2.1",
    "192.88.99.1",
    "198.18.0.1",
    "198.19.255.255",
    "198.51.100.1",
    "203.0.113.1",
    "224.0.0.1",
    "239.255.255.255",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::7f00:1",
    "::127.0.0.1",
    "fe80::1",
    "fe80::1%eth0",
    "2606:4700::1111%eth0",
    "fec0::1",
    "ff02::1",
    "fd00:ec2::254",
    "fd20:ce::254",
    "2001::1",
    "2001:0:4136:e378:8000:63bf:3fff:fdd2",
    "2001:2::1",
    "2001:db8::1",
    "2002:7f00:1::1",
    "2002:5db8:d70e::1",
    "3fff::1",
    "4000::1",
    "100::1",
    "64:ff9b:1::a00:1",
    "::ffff:169.254.169.254",
    "64:ff9b::a9fe:a9fe",
    "::ffff:0:127.0.0.1",
    "localhost",
    "0177.0.0.1",
    "",
)
PUBLIC = (
    "93.184.215.14",
    "1.1.1.1",
    "9.255.255.255",
    "11.0.0.0",
    "172.15.255.255",
    "172.32.0.0",
    "100.63.255.255",
    "100.128.0.0",
    "169.253.255.255",
    "198.17.255.255",
    "198.20.0.0",
    "223.255.255.255",
    "2606:4700::1111",
    "2a00:1450:4001:80e::2013",
    "::ffff:93.184.215.14",
    "64:ff9b::5db8:d70e",
)


@pytest.mark.parametrize("address", PRIVATE)
def test_private_networks_are_asked_only_where_that_is_allowed(address: str) -> None:
    assert "--private-addresses" in why_refused(address, private=False)
    assert why_refused(address, private=True) == ""


@pytest.mark.parametrize("address", NEVER)
@pytest.mark.parametrize("private", [False, True])
def test_what_no_blog_has_is_never_asked(address: str, private: bool) -> None:
    reason = why_refused(address, private=private)
    assert "never asked" in reason or "none" in reason


@pytest.mark.parametrize("address", PUBLIC)
@pytest.mark.parametrize("private", [False, True])
def test_public_addresses_are_asked(address: str, private: bool) -> None:
    assert why_refused(address, private=private) == ""


def test_whatever_the_standard_library_knows_to_be_special_is_refused() -> None:
    every_16 = (ipaddress.IPv4Address((high << 16) + low) for high in range(1 << 16) for low in (1, 0x0209))
    special = [address for address in every_16 if address.is_multicast or not address.is_global]
    assert [address for address in special if not why_refused(str(address), private=False)] == []
