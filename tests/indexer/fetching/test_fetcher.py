from __future__ import annotations

import threading

import pytest

from indexer.fetching import Conditions, Fetched, Fetcher, FetchFailed, FetchPolicy
from tests.indexer.fetching.faulty_server import (
    FaultyServer,
    Reply,
    chunked,
    conditional,
    document,
    gzipped,
    raw,
    redirect,
    refusal,
    reply,
)

FEED = b"<rss><channel><title>A blog</title></channel></rss>"


def content(fetched: Fetched) -> bytes:
    with fetched, fetched.open() as stream:
        return stream.read()


def test_a_document_comes_with_what_the_server_says_of_it(server: FaultyServer, fetcher: Fetcher) -> None:
    headers = {
        "Content_Type": "Application/RSS+xml; charset=ISO-8859-1",
        "ETag": '"1"',
        "Last_Modified": "Sun, 22 Nov 2026 10:00:00 GMT",
    }
    server.answer("/feed", document(FEED, **headers))
    with fetcher.fetch(server.address("/feed")) as fetched:
        assert (fetched.status, fetched.address, fetched.moved_to) == ("fresh", server.address("/feed"), "")
        assert (fetched.content_type, fetched.charset) == ("application/rss+xml", "iso-8859-1")
        assert fetched.conditions == Conditions('"1"', "Sun, 22 Nov 2026 10:00:00 GMT")
        assert fetched.size == len(FEED)
        assert fetched.warnings == ()
        assert content(fetched) == FEED


def test_a_document_can_be_opened_again(server: FaultyServer, fetcher: Fetcher) -> None:
    server.answer("/feed", document(FEED))
    with fetcher.fetch(server.address("/feed")) as fetched:
        assert [fetched.open().read(5), fetched.open().read(5)] == [b"<rss>", b"<rss>"]


def test_a_large_document_is_not_kept_in_memory(server: FaultyServer, fetcher: Fetcher) -> None:
    server.answer("/feed", document(bytes(range(256)) * 50_000))
    with fetcher.fetch(server.address("/feed")) as fetched, fetched.open() as stream:
        stream.seek(12_799_999)
        assert stream.read() == b"\xff"
        assert fetched.size == 12_800_000


@pytest.mark.parametrize("kind", ["text/html", "image/png", "", "no type at all", "text/xml; charset="])
def test_wrong_types_are_passed_on_for_formats_to_look(
    server: FaultyServer, fetcher: Fetcher, kind: str
) -> None:
    server.answer("/feed", document(FEED, Content_Type=kind))
    fetched = fetcher.fetch(server.address("/feed"))
    assert (fetched.content_type, fetched.charset) == (kind.partition(";")[0], "")
    assert content(fetched) == FEED


@pytest.mark.parametrize(
    "answer",
    [
        document(FEED),
        gzipped(FEED),
        chunked(FEED[:7], FEED[7:]),
        raw(b"HTTP/1.0 200 OK\r\n\r\n", FEED),
        raw(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n", FEED),
        raw(
            b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early\r\nLink: x\r\n\r\n",
            b"HTTP/1.0 200\r\n\r\n",
            FEED,
        ),
        reply(203, FEED),
        document(FEED + b"more than announced", Content_Length=str(len(FEED))),
    ],
    ids=["plain", "gzip", "chunks", "http 1.0", "to the end", "after other answers", "203", "too long"],
)
def test_a_body_is_read_however_it_is_sent(server: FaultyServer, fetcher: Fetcher, answer: Reply) -> None:
    server.answer("/feed", answer)
    assert content(fetcher.fetch(server.address("/feed"))) == FEED


def test_servers_are_told_who_asks_for_what(server: FaultyServer, fetcher: Fetcher) -> None:
    server.answer("/feed?a=b%20c", document(FEED))
    fetcher.fetch(server.address("/feed?a=b c#top")).close()
    (asked,) = server.asked
    assert (asked.method, asked.path) == ("GET", "/feed?a=b%20c")
    assert asked.headers["User-Agent"].startswith("blogsearch/0.")
    assert "archive of blogs" in asked.headers["User-Agent"]
    assert "application/rss+xml" in asked.headers["Accept"]
    assert asked.headers["Accept-Encoding"] == "gzip, deflate, br"
    assert asked.headers["Host"] == f"127.0.0.1:{server.port}"


def test_what_did_not_change_is_not_sent_again(server: FaultyServer, fetcher: Fetcher) -> None:
    server.answer("/feed", conditional(document(FEED, ETag='W/"2"', Last_Modified="Sun, x"), 'W/"2"'))
    with fetcher.fetch(server.address("/feed")) as first:
        again = fetcher.fetch(server.address("/feed"), first.conditions)
    with again:
        assert (again.status, again.size) == ("unchanged", 0)
        assert again.conditions == first.conditions
    assert server.asked[1].headers["If-Modified-Since"] == "Sun, x"


def test_without_conditions_none_are_sent(server: FaultyServer, fetcher: Fetcher) -> None:
    server.answer("/feed", document(FEED))
    fetcher.fetch(server.address("/feed"), Conditions()).close()
    assert not {"If-None-Match", "If-Modified-Since"} & set(server.asked[0].headers)


def test_what_is_unchanged_though_nothing_was_known_of_it_fails(
    server: FaultyServer, fetcher: Fetcher
) -> None:
    server.answer("/feed", refusal(304))
    with pytest.raises(FetchFailed, match="nothing was known of it"):
        fetcher.fetch(server.address("/feed"))


@pytest.mark.parametrize("etag", ["a" * 1001, "\u00fc", "a\tb"])
def test_what_could_not_be_sent_back_is_not_remembered(
    server: FaultyServer, fetcher: Fetcher, etag: str
) -> None:
    server.answer("/feed", document(FEED, ETag=etag))
    with fetcher.fetch(server.address("/feed")) as fetched:
        assert fetched.conditions == Conditions()


@pytest.mark.parametrize(
    ("status", "meaning"),
    [
        (400, "the server refuses; if your browser shows it"),
        (401, "only for those who sign in"),
        (402, "only for those who pay"),
        (403, "does not give it to programs like this one"),
        (404, "there is nothing at this address; look on the blog"),
        (410, "it is gone"),
        (418, "the server refuses"),
        (429, "asked too often"),
        (500, "is in trouble; try again later"),
        (503, "is in trouble"),
        (599, "is in trouble"),
        (204, "no document"),
        (206, "no document"),
        (300, "redirects to nowhere"),
        (301, "redirects to nowhere"),
        (999, "is in trouble"),
    ],
)
def test_other_answers_say_what_where_and_what_to_do(
    server: FaultyServer, fetcher: Fetcher, status: int, meaning: str
) -> None:
    server.answer("/feed", refusal(status))
    with pytest.raises(FetchFailed, match=meaning) as failed:
        fetcher.fetch(server.address("/feed"))
    assert str(failed.value).startswith(server.address("/feed") + ": ")
    assert str(failed.value).endswith(f"(status {status})")
    assert (failed.value.status, failed.value.gone) == (status, status == 410)
    assert failed.value.retry_after is None


def test_no_cookie_is_sent_back(server: FaultyServer, fetcher: Fetcher) -> None:
    server.answer("/", reply(302, headers={"Location": "/feed", "Set-Cookie": "a=b; Path=/"}))
    server.answer("/feed", document(FEED, Set_Cookie="c=d"))
    fetcher.fetch(server.address("/")).close()
    fetcher.fetch(server.address("/feed")).close()
    assert [asked.headers["Cookie"] for asked in server.asked] == [None, None, None]


def test_proxies_of_the_environment_are_not_used(
    server: FaultyServer, fetcher: Fetcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.answer("/feed", document(FEED))
    for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert content(fetcher.fetch(server.address("/feed"))) == FEED


def test_an_error_is_of_one_feed_alone(server: FaultyServer, fetcher: Fetcher) -> None:
    server.answer("/broken", raw(b"not http"))
    server.answer("/good", document(FEED))
    with pytest.raises(FetchFailed):
        fetcher.fetch(server.address("/broken"))
    assert content(fetcher.fetch(server.address("/good"))) == FEED


def test_many_threads_may_fetch_at_once(server: FaultyServer) -> None:
    fetcher = Fetcher(FetchPolicy(private=True, delay=0))
    server.answer("/feed", document(FEED))
    found: list[bytes] = []
    threads = [
        threading.Thread(target=lambda: found.append(content(fetcher.fetch(server.address("/feed")))))
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [FEED] * 8


def test_a_host_that_asks_to_be_left_alone_is(server: FaultyServer, fetcher: Fetcher) -> None:
    server.answer("/feed", refusal(429, Retry_After="120"))
    server.answer("/other", document(FEED))
    with pytest.raises(FetchFailed, match="left alone for 120 seconds") as failed:
        fetcher.fetch(server.address("/feed"))
    assert failed.value.retry_after == 120
    with pytest.raises(FetchFailed, match="not asked") as failed:
        fetcher.fetch(server.address("/other"))
    assert failed.value.retry_after is not None
    assert 0 < failed.value.retry_after <= 120
    assert [asked.path for asked in server.asked] == ["/feed"]


def test_a_host_that_asked_for_no_time_is_asked_again(server: FaultyServer, fetcher: Fetcher) -> None:
    server.answer("/feed", refusal(503, Retry_After="0"), redirect("/there"))
    server.answer("/there", document(FEED))
    with pytest.raises(FetchFailed):
        fetcher.fetch(server.address("/feed"))
    assert content(fetcher.fetch(server.address("/feed"))) == FEED
