"""Feeds that lead where nobody may be led: to this machine, its network, or a cloud's metadata."""

from __future__ import annotations

import socket

import pytest

from indexer.fetching import AddressRefused, Fetcher, FetchFailed, FetchPolicy
from tests.indexer.fetching.faulty_server import FaultyServer, document, redirect
from tests.indexer.fetching.internet import PUBLIC, QUICK, Internet

FEED = b"<rss/>"
FORBIDDEN = (
    "127.0.0.1",
    "10.0.0.1",
    "172.20.0.1",
    "192.168.0.1",
    "169.254.169.254",
    "100.64.0.1",
    "224.0.0.1",
    "::1",
    "fe80::1%2",
    "fd00::1",
    "::ffff:127.0.0.1",
    "64:ff9b::7f00:1",
)


def literal(address: str) -> str:
    """An IP address as the host of a web address."""
    return f"[{address.partition('%')[0]}]" if ":" in address else address


def test_a_public_address_is_fetched(server: FaultyServer, internet: Internet) -> None:
    server.answer("/feed", document(FEED))
    with internet.fetcher().fetch(server.address("/feed", "blog.example")) as fetched:
        assert fetched.open().read() == FEED
    assert internet.connected == [PUBLIC]
    assert server.asked[0].headers["Host"] == f"blog.example:{server.port}"


def test_this_machine_is_not_asked_unless_it_is_allowed(server: FaultyServer) -> None:
    server.answer("/feed", document(FEED))
    with pytest.raises(AddressRefused, match=r"is this machine \(127.0.0.1\), which is asked only with"):
        Fetcher().fetch(server.address("/feed"))
    assert server.asked == []


@pytest.mark.parametrize("address", FORBIDDEN)
def test_a_name_that_resolves_to_a_forbidden_address_is_refused(
    server: FaultyServer, internet: Internet, address: str
) -> None:
    internet.name("blog.example", [address])
    with pytest.raises(AddressRefused, match=r"^http://blog.example.*, which is (never asked|asked only)"):
        internet.fetcher().fetch(server.address("/feed", "blog.example"))
    assert internet.connected == []


@pytest.mark.parametrize("address", FORBIDDEN)
def test_one_forbidden_address_among_others_is_enough(
    server: FaultyServer, internet: Internet, address: str
) -> None:
    internet.name("blog.example", [PUBLIC, "2606:4700::1111", address])
    with pytest.raises(AddressRefused):
        internet.fetcher().fetch(server.address("/feed", "blog.example"))
    assert internet.connected == []


@pytest.mark.parametrize("address", FORBIDDEN)
def test_a_redirect_to_a_forbidden_address_is_refused(
    server: FaultyServer, internet: Internet, address: str
) -> None:
    target = f"http://{literal(address)}/latest/meta-data"
    server.answer("/feed", redirect("/moved", 301))
    server.answer("/moved", redirect(target, 301))
    with pytest.raises(AddressRefused, match=r"^http://blog.example.* \(redirected to http://"):
        internet.fetcher().fetch(server.address("/feed", "blog.example"))
    assert set(internet.connected) == {PUBLIC}
    assert [asked.path for asked in server.asked] == ["/feed", "/moved"]


@pytest.mark.parametrize("address", FORBIDDEN)
def test_a_redirect_to_a_name_with_a_forbidden_address_is_refused(
    server: FaultyServer, internet: Internet, address: str
) -> None:
    internet.name("inside.example", [address])
    server.answer("/feed", redirect("http://inside.example/"))
    with pytest.raises(AddressRefused, match=r"redirected to http://inside\.example/"):
        internet.fetcher().fetch(server.address("/feed", "blog.example"))
    assert internet.connected == [PUBLIC]


@pytest.mark.parametrize(
    "target",
    ["file:///etc/passwd", "ftp://blog.example/", "gopher://blog.example/", "http://0x7f.1/", "data:,x"],
)
def test_a_redirect_away_from_the_web_is_refused(
    server: FaultyServer, internet: Internet, target: str
) -> None:
    server.answer("/feed", redirect(target))
    with pytest.raises(AddressRefused, match="redirects to"):
        internet.fetcher().fetch(server.address("/feed", "blog.example"))


def test_a_name_is_resolved_once_and_what_was_checked_is_connected_to(
    server: FaultyServer, internet: Internet
) -> None:
    internet.name("rebinding.example", [PUBLIC], ["127.0.0.1"])
    server.answer("/feed", document(FEED))
    internet.fetcher().fetch(server.address("/feed", "rebinding.example")).close()
    assert internet.resolved == ["rebinding.example"]
    assert internet.connected == [PUBLIC]


def test_a_rebinding_name_is_refused_at_the_next_connection(server: FaultyServer, internet: Internet) -> None:
    internet.name("rebinding.example", [PUBLIC], ["127.0.0.1"])
    server.answer("/feed", redirect("/again"))
    with pytest.raises(AddressRefused, match="this machine"):
        internet.fetcher().fetch(server.address("/feed", "rebinding.example"))
    assert internet.connected == [PUBLIC]


def test_where_private_networks_are_allowed_metadata_is_still_refused(
    server: FaultyServer, fetcher: Fetcher
) -> None:
    server.answer("/feed", redirect("http://169.254.169.254/latest/meta-data"))
    with pytest.raises(AddressRefused, match="never asked"):
        fetcher.fetch(server.address("/feed"))


def test_the_next_address_of_a_name_is_tried_when_one_cannot_be_reached(
    server: FaultyServer, internet: Internet
) -> None:
    internet.name("blog.example", ["2606:4700::1111", PUBLIC])
    internet.silent.add("2606:4700::1111")
    server.answer("/feed", document(FEED))
    internet.fetcher().fetch(server.address("/feed", "blog.example")).close()
    assert internet.connected == ["2606:4700::1111", PUBLIC]


def test_a_name_with_many_addresses_does_not_make_us_try_them_all(
    server: FaultyServer, internet: Internet
) -> None:
    many = [f"93.184.215.{number}" for number in range(1, 100)]
    internet.name("blog.example", many)
    internet.silent.update(many)
    with pytest.raises(FetchFailed, match="cannot be connected to"):
        internet.fetcher().fetch(server.address("/feed", "blog.example"))
    assert internet.connected == many[:6]


def test_names_that_do_not_exist_are_told(internet: Internet) -> None:
    with pytest.raises(FetchFailed, match="there is no such host; look for a slip") as failed:
        internet.fetcher().fetch("http://nowhere.example/")
    assert not isinstance(failed.value, AddressRefused)


def test_names_without_addresses_are_told(internet: Internet) -> None:
    internet.name("nowhere.example", [])
    with pytest.raises(FetchFailed, match="its name has no address"):
        internet.fetcher().fetch("http://nowhere.example/")


def test_a_resolver_that_is_in_trouble_is_told(internet: Internet) -> None:
    def offline(host: str, port: int) -> list[str]:
        raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")

    with pytest.raises(FetchFailed, match=r"cannot be looked up now \(Temporary failure"):
        Fetcher(QUICK, resolver=offline).fetch("http://blog.example/")


def test_a_resolver_that_never_answers_does_not_keep_us(server: FaultyServer, internet: Internet) -> None:
    def never(host: str, port: int) -> list[str]:
        server.ended.wait()
        return []

    policy = FetchPolicy(seconds=0.2, delay=0)
    with pytest.raises(FetchFailed, match=r"took longer than 0\.2 seconds"):
        Fetcher(policy, resolver=never).fetch("http://blog.example/")


def test_names_that_no_resolver_could_be_asked_for_do_not_exist(fetcher: Fetcher) -> None:
    with pytest.raises(FetchFailed, match="there is no such host"):
        fetcher.fetch(f"http://{'a' * 64}.example/")


def test_an_address_of_ipv6_is_asked_as_itself(server: FaultyServer, internet: Internet) -> None:
    server.answer("/feed", document(FEED))
    internet.fetcher().fetch(server.address("/feed", "[2606:4700:0::1111]")).close()
    assert internet.connected == ["2606:4700:0::1111"]
    assert server.asked[0].headers["Host"].startswith("[2606:4700:")


def test_nobody_listening_is_told(fetcher: Fetcher) -> None:
    with FaultyServer() as server:
        address = server.address("/feed")
    with pytest.raises(FetchFailed, match="cannot be connected to; try again later"):
        fetcher.fetch(address)


def test_the_real_resolver_knows_this_machine(server: FaultyServer) -> None:
    with pytest.raises(AddressRefused, match="this machine"):
        Fetcher(QUICK).fetch(server.address("/feed", "localhost"))
