from __future__ import annotations

import pytest

from indexer.fetching import Conditions, Fetcher, FetchFailed, FetchPolicy
from tests.indexer.fetching.faulty_server import (
    FaultyServer,
    conditional,
    document,
    raw,
    redirect,
    refusal,
    silent,
)

FEED = b"<rss/>"


def chain(server: FaultyServer, *statuses: int) -> str:
    """Redirects from `/0` to `/1` to `/2`…, the last of which is a feed; the address of the first."""
    for number, status in enumerate(statuses):
        server.answer(f"/{number}", redirect(f"/{number + 1}", status))
    server.answer(f"/{len(statuses)}", document(FEED, ETag='"1"'))
    return server.address("/0")


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_are_followed(server: FaultyServer, fetcher: Fetcher, status: int) -> None:
    with fetcher.fetch(chain(server, status)) as fetched:
        assert fetched.address == server.address("/1")
        assert fetched.open().read() == FEED


@pytest.mark.parametrize(
    ("statuses", "moved_to"),
    [
        ((301,), "/1"),
        ((308,), "/1"),
        ((301, 308, 301), "/3"),
        ((301, 302), "/1"),
        ((301, 307, 301), "/1"),
        ((302,), ""),
        ((302, 301), ""),
        ((303, 308), ""),
        ((), ""),
    ],
)
def test_an_address_has_moved_as_far_as_all_redirects_were_permanent(
    server: FaultyServer, fetcher: Fetcher, statuses: tuple[int, ...], moved_to: str
) -> None:
    with fetcher.fetch(chain(server, *statuses)) as fetched:
        assert fetched.moved_to == (server.address(moved_to) if moved_to else "")


def test_what_has_moved_can_be_unchanged(server: FaultyServer, fetcher: Fetcher) -> None:
    address = chain(server, 301)
    server.answer("/1", conditional(document(FEED), '"1"'))
    with fetcher.fetch(address, Conditions('"1"')) as fetched:
        assert (fetched.status, fetched.moved_to) == ("unchanged", server.address("/1"))


def test_ten_redirects_are_followed_and_no_more(server: FaultyServer, fetcher: Fetcher) -> None:
    with fetcher.fetch(chain(server, *[302] * 10)) as fetched:
        assert fetched.address == server.address("/10")
    with pytest.raises(FetchFailed, match="redirects more than 10 times"):
        fetcher.fetch(chain(server, *[302] * 11))
    assert server.asked[-1].path == "/10"


def test_how_many_are_followed_is_a_setting(server: FaultyServer) -> None:
    with pytest.raises(FetchFailed, match="redirects more than 0 times"):
        Fetcher(FetchPolicy(private=True, hops=0)).fetch(chain(server, 301))


@pytest.mark.parametrize("back_to", ["/0", "/1", "/1#again"])
def test_circles_are_told(server: FaultyServer, fetcher: Fetcher, back_to: str) -> None:
    address = chain(server, 302, 302)
    server.answer("/1", redirect(back_to))
    with pytest.raises(FetchFailed, match="redirects in a circle"):
        fetcher.fetch(address)
    assert len(server.asked) == 2


def test_errors_name_both_ends_of_a_redirect(server: FaultyServer, fetcher: Fetcher) -> None:
    address = chain(server, 302)
    server.answer("/1", refusal(404))
    expected = rf"^{address} \(redirected to {server.address('/1')}\): there is nothing"
    with pytest.raises(FetchFailed, match=expected):
        fetcher.fetch(address)


def test_what_a_redirect_says_beside_where_it_leads_is_not_read(
    server: FaultyServer, fetcher: Fetcher
) -> None:
    endless_redirect = b"HTTP/1.1 302 Found\r\nLocation: /1\r\nContent-Length: 99999999999\r\n\r\n"
    chain(server, 302)
    server.answer("/0", silent(endless_redirect))
    with fetcher.fetch(server.address("/0")) as fetched:
        assert fetched.open().read() == FEED


@pytest.mark.parametrize(
    "location", ["/größe".encode(), "/größe".encode("latin-1"), b"/gr%C3%B6%C3%9Fe", b" /gr%C3%B6%C3%9Fe\t"]
)
def test_letters_in_a_redirect_are_those_that_were_meant(
    server: FaultyServer, fetcher: Fetcher, location: bytes
) -> None:
    server.answer("/", raw(b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: " + location + b"\r\n\r\n"))
    server.answer("/gr%C3%B6%C3%9Fe", document(FEED))
    fetcher.fetch(server.address("/")).close()
