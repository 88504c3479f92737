"""Who may read the numbers: programs of this machine, or who knows the secret."""

from __future__ import annotations

import pytest

from web.watching.access import may_read
from web.watching.peer import Peer, peer_of

SECRET = b"correct horse battery staple"


@pytest.mark.parametrize("address", ["127.0.0.1", "127.8.9.1", "::1", "::ffff:127.0.0.1"])
def test_a_program_of_this_machine_may(address: str) -> None:
    assert may_read(peer_of({"REMOTE_ADDR": address}), "", b"")


@pytest.mark.parametrize(
    "address", ["192.168.1.2", "203.0.113.9", "2001:db8::1", "::ffff:10.0.0.1", "", "unix"]
)
def test_nobody_else_may(address: str) -> None:
    assert not may_read(peer_of({"REMOTE_ADDR": address}), f"Bearer {SECRET.decode()}", b"")


@pytest.mark.parametrize("header", ["X_FORWARDED_FOR", "FORWARDED", "VIA", "X_REAL_IP"])
@pytest.mark.parametrize("value", ["127.0.0.1", "", "203.0.113.9"])
def test_who_asks_for_somebody_else_may_not(header: str, value: str) -> None:
    assert not may_read(peer_of({"REMOTE_ADDR": "127.0.0.1", f"HTTP_{header}": value}), "", b"")


def test_the_trusted_proxy_may_not_whatever_it_sends() -> None:
    assert not may_read(peer_of({"REMOTE_ADDR": "127.0.0.1"}, "127.0.0.1"), "", b"")
    assert not may_read(peer_of({"REMOTE_ADDR": "127.0.0.1"}, "*"), "", b"")
    assert may_read(peer_of({"REMOTE_ADDR": "127.0.0.1"}, "10.0.0.1"), "", b"")


@pytest.mark.parametrize(
    "authorization",
    [
        "",
        "Bearer",
        "Bearer ",
        "Basic Y29ycmVjdA==",
        SECRET.decode(),
        f"Bearer {SECRET.decode()}x",
        "Bearer \xff",
    ],
)
def test_where_there_is_a_secret_only_who_knows_it_may(authorization: str) -> None:
    local = Peer("127.0.0.1")
    assert not may_read(local, authorization, SECRET)


@pytest.mark.parametrize("scheme", ["Bearer", "bearer", "BEARER"])
def test_who_knows_the_secret_may_from_wherever(scheme: str) -> None:
    proxied = peer_of({"REMOTE_ADDR": "203.0.113.9", "HTTP_VIA": "1.1 proxy"})
    assert may_read(proxied, f"{scheme} {SECRET.decode()}", SECRET)
