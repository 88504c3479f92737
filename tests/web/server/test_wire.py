"""What goes over a real socket: headers, bodies and what strangers send there."""

from __future__ import annotations

import gzip
import http.client
import json
import socket
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.web.serving import serving
from web.server.server import Server
from web.server.wire import hesitation

BLOG = "https://blog.example"
RATE = 5


@pytest.fixture(scope="module")
def site(data: Path) -> Iterator[str]:
    with serving(data, "--cors", BLOG) as address:
        yield address


@pytest.fixture(scope="module")
def limited(data: Path) -> Iterator[str]:
    """Two processes, which count requests together."""
    with serving(data, "--rate", str(RATE), "--workers", "2") as address:
        yield address


@pytest.fixture(scope="module")
def behind_a_proxy(data: Path) -> Iterator[str]:
    with serving(data, "--rate", str(RATE), "--trusted-proxy", "127.0.0.1") as address:
        yield address


def send(site: str, request: bytes) -> tuple[int, dict[str, str], bytes]:
    """All that comes back for these bytes: the status, the headers by their lower-case names, the body."""
    place = urlsplit(site)
    with socket.create_connection((place.hostname, place.port), timeout=20) as connection:
        connection.sendall(request)
        received = b""
        with suppress(ConnectionResetError):  # after an answer to what was not read to its end
            while more := connection.recv(65536):
                received += more
    head, _, body = received.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    pairs = [line.split(": ", 1) for line in lines]
    headers = {name.lower(): value for name, value in pairs}
    assert len(headers) == len(pairs), lines
    return int(first.split()[1]), headers, body


def ask(
    site: str, target: str | bytes, *headers: str, method: str = "GET", body: bytes = b"", host: str = ""
) -> tuple[int, dict[str, str], bytes]:
    host = host or urlsplit(site).netloc
    lines = "".join(f"{line}\r\n" for line in (f"Host: {host}", "Connection: close", *headers))
    target = target if isinstance(target, bytes) else target.encode()
    return send(
        site, method.encode() + b" " + target + b" HTTP/1.1\r\n" + lines.encode("latin-1") + b"\r\n" + body
    )


def test_an_answer_says_its_length_and_is_compressed(site: str) -> None:
    status, headers, body = ask(site, "/search.json?q=roses", "Accept-Encoding: gzip")
    assert (status, headers["content-encoding"], int(headers["content-length"])) == (200, "gzip", len(body))
    assert json.loads(gzip.decompress(body))["total"] == 25
    assert not {"server", "set-cookie", "x-powered-by", "via"} & set(headers)


@pytest.mark.parametrize("path", ["/search.atom", "/", "/static/page.js", "/sitemap-1.xml", "/x"])
def test_head_has_the_headers_of_get_and_no_body(site: str, path: str) -> None:
    status, headers, body = ask(site, path, "Accept-Encoding: gzip")
    same, without, nothing = ask(site, path, "Accept-Encoding: gzip", method="HEAD")
    assert (same, nothing) == (status, b"")
    assert body
    for each in (headers, without):
        each.pop("date")
        each.pop("x-request-id")  # of this request only
        if path == "/":
            each.pop("content-length")  # the time the search took is of more or fewer digits
    assert without == headers


def test_what_is_known_has_no_body(site: str) -> None:
    _, headers, _ = ask(site, "/search.json?q=roses", "Accept-Encoding: gzip")
    status, known, body = ask(
        site, "/search.json?q=roses", "Accept-Encoding: gzip", f"If-None-Match: {headers['etag']}"
    )
    assert (status, body, known["etag"]) == (304, b"", headers["etag"])
    assert "content-length" not in known
    assert "content-type" not in known


def test_a_stream_ends_as_it_should(site: str) -> None:
    status, headers, body = ask(site, "/sitemap-1.xml", "Accept-Encoding: identity")
    assert (status, headers["transfer-encoding"]) == (200, "chunked")
    assert body.endswith(b"\r\n0\r\n\r\n")
    _, _, packed = ask(site, "/sitemap-1.xml", "Accept-Encoding: gzip")
    assert len(packed) < len(body) / 2
    assert packed.endswith(b"\r\n0\r\n\r\n")


@pytest.mark.parametrize(
    "target",
    [
        b"/search?q=a%00b",
        b"/search.json?q=%ed%a0%80",
        b"/search.atom?q=%ff%fe%fd",
        b"/search.json?q=\xff\xfe",
        b"/search.json?" + b"&" * 9_000,
        b"/search.json?" + b"q=a&" * 4_000,
        b"/%00",
        b"/posts/%00.json",
        b"/\xff\xfe",
        b"/%ff%fe.json",
        b"/static/..%2fapp.py",
        b"/static/%2e%2e%2fapp.py",
        b"/sitemap-%31.xml",
        b"*",
        b"//evil.example//",
        b"/search?q=" + b"%25" * 9_000,
    ],
)
def test_any_target_gets_a_proper_answer(site: str, target: bytes) -> None:
    for coding in ("gzip", "identity"):
        status, headers, body = ask(site, target, f"Accept-Encoding: {coding}")
        assert status in (200, 301, 400, 404), (status, body)
        assert "//" not in headers.get("location", "")
        assert b"Traceback" not in body


@pytest.mark.parametrize("target", ["/search?q=" + "a" * 40_000, "/" + "a/" * 20_000])
def test_an_address_without_end_is_refused(site: str, target: str) -> None:
    status, headers, body = ask(site, target)
    assert status == 431
    assert "server" not in headers
    assert headers["content-type"] == "application/problem+json"
    assert json.loads(body)["status"] == 431


@pytest.mark.parametrize(
    "header",
    [
        "Accept-Encoding: " + "gzip," * 4_000,
        "Accept-Encoding: gzip;q=" + "9" * 5_000,
        "Accept-Encoding: \xff;q=\xfe, gzip;q==",
        "Accept-Language: " + "de-" * 5_000,
        "Accept-Language: ../../etc/passwd, \xff, *;q=x",
        'If-None-Match: "' + "a" * 9_000,
        "If-None-Match: " + '"a",' * 4_000,
        "If-None-Match: W/W/*",
        "If-Modified-Since: yesterday",
        "Range: bytes=0-10, 5-99999999999999999999",
        "If-Range: x",
        "Origin: \xff",
        "Cookie: " + "a=b;" * 2_000,
        "Content-Length: 0",
        "Expect: 200-maybe",
        "X-Forwarded-For: \xff, for=_",
        "Forwarded: host=evil.example;proto=x",
    ],
)
def test_any_header_is_read_or_passed_over(site: str, header: str) -> None:
    for path in ("/search.json?q=roses", "/search?q=roses", "/static/page.js"):
        status, headers, body = ask(site, path, header)
        assert status == 200
        assert "evil.example" not in body.decode(errors="replace") + str(headers)


LINKING = ("/", "/search.atom", "/opensearch.xml", "/sitemap.xml", "/sitemap-1.xml", "/robots.txt")
FORGED = (
    "X-Forwarded-Host: evil.example",
    "X-Forwarded-Proto: https",
    "X-Forwarded-Port: 4443",
    "X-Forwarded-Prefix: /evil.example",
    "X-Forwarded-By: evil.example",
    "X-Original-URL: //evil.example/",
    "X-Rewrite-URL: /nothing",
    "Forwarded: for=192.0.2.9;host=evil.example;proto=https",
)


@pytest.mark.parametrize("number", range(len(FORGED)))
def test_what_is_said_of_a_proxy_changes_nothing(site: str, behind_a_proxy: str, number: int) -> None:
    client = f"X-Forwarded-For: 2001:db8:1:{number}::"  # of which only the trusted proxy is believed
    for asked in (site, behind_a_proxy):
        for path in ("/opensearch.xml", "/sitemap.xml"):
            forged, plain = ask(asked, path, client, FORGED[number]), ask(asked, path, client)
            assert (forged[0], forged[2]) == (plain[0], plain[2])
            assert plain[0] == 200
    for path in LINKING:
        status, headers, body = ask(site, path, FORGED[number])
        assert status == 200
        assert "evil.example" not in body.decode() + str(headers)


@pytest.mark.parametrize("target", ["{}", "http://evil.example{}"])
def test_by_the_name_of_a_stranger_nothing_is_answered(site: str, target: str) -> None:
    host = "evil.example" if target == "{}" else ""
    for path in (*LINKING, "/nothing", "/search.json?q=roses"):
        status, headers, body = ask(site, target.format(path), host=host)
        assert status == 421
        assert b"evil.example" not in body
        assert "evil.example" not in str(headers)
    assert ask(site, target.format("/healthz"), host=host)[0] == 200
    for path in ("/sitemap.xml", "/opensearch.xml"):
        assert site.encode() in ask(site, path)[2]


@pytest.mark.parametrize(
    "lines",
    [
        b"",
        b"Host:\r\n",
        b"Host: a b\r\n",
        b"Host: " + b"x" * 5_000 + b"\r\n",
        b"Host: [::1\r\n",
        b"Host: localhost:99999999\r\n",
        b"Host: \xff\r\n",
        b"Host: localhost\r\nHost: localhost\r\n",
        b"Host: localhost\r\nHost: evil.example\r\n",
        b"Host: localhost, evil.example\r\n",
        b"Host : localhost\r\n",
        b" Host: localhost\r\n",
    ],
)
def test_a_request_that_does_not_say_for_whom_it_is_is_a_bad_one(site: str, lines: bytes) -> None:
    for version in (b"1.0", b"1.1"):
        request = b"GET /search.json?q=roses HTTP/" + version + b"\r\n" + lines + b"Connection: close\r\n\r\n"
        status, headers, body = send(site, request)
        assert status == 400
        assert headers["x-content-type-options"] == "nosniff"
        assert b"Traceback" not in body
    assert send(site, b"GET /healthz HTTP/1.0\r\n\r\n")[0] == 200


def test_a_body_is_neither_needed_nor_read(site: str) -> None:
    assert ask(site, "/search.json", "Content-Length: 5", body=b"q=abc")[0] == 200
    status, headers, refused = ask(site, "/search.json", "Content-Length: 99999999", body=b"x")
    assert (status, headers["connection"], json.loads(refused)["status"]) == (413, "close", 413)
    assert ask(site, "/search.json", "Content-Length: -1")[0] == 400
    chunked = ask(site, "/search.json", "Transfer-Encoding: chunked", body=b"5\r\nq=abc\r\n0\r\n\r\n")
    assert chunked[0] == 200


@pytest.mark.parametrize(
    "method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND", "QUERY", "FOO"]
)
def test_only_reading_is_allowed(site: str, method: str) -> None:
    status, headers, body = ask(site, "/search.json", method=method)
    assert status == 405
    assert set(headers["allow"].split(", ")) == {"GET", "HEAD"}
    assert json.loads(body)["status"] == 405


def test_a_preflight_has_no_body(site: str) -> None:
    status, headers, body = ask(
        site, "/search.json", f"Origin: {BLOG}", "Access-Control-Request-Method: GET", method="OPTIONS"
    )
    assert (status, body, headers["access-control-allow-origin"]) == (204, b"", BLOG)


def test_processes_count_together_and_forged_addresses_for_nothing(limited: str) -> None:
    statuses = [
        ask(limited, "/search.json", f"X-Forwarded-For: 203.0.113.{number}")[0] for number in range(RATE + 3)
    ]
    assert statuses == [200] * RATE + [429] * 3
    assert ask(limited, "/healthz")[0] == 200


def test_of_a_trusted_proxy_the_client_is_whom_it_names_last(behind_a_proxy: str) -> None:
    def status(*named: str) -> int:
        return ask(behind_a_proxy, "/search.json", f"X-Forwarded-For: {', '.join(named)}")[0]

    # What stands before the last name is what the client says of itself.
    forging = [status(f"198.51.100.{number}", "203.0.113.1") for number in range(RATE + 1)]
    assert forging == [200] * RATE + [429]
    assert status("203.0.113.2") == 200
    networks = [status(f"2001:db8::{number}") for number in range(RATE + 1)]
    assert networks == [200] * RATE + [429]
    assert status("2001:db8:0:1::") == 200


def test_a_connection_is_kept_after_an_answer_without_a_body(site: str) -> None:
    place = urlsplit(site)
    connection = http.client.HTTPConnection(place.netloc, timeout=20)
    connection.connect()
    kept = connection.sock
    connection.request("GET", "/search.json?q=roses")
    known = connection.getresponse()
    known.read()
    for method, path, status in (
        ("GET", "/search.json?q=roses", 304),
        ("HEAD", "/search.json?q=roses", 304),
        ("HEAD", "/search", 200),
        ("GET", "/search", 200),
    ):
        connection.request(method, path, headers={"If-None-Match": known.headers["ETag"]})
        response = connection.getresponse()
        assert (response.status, bool(response.read())) == (status, (method, status) == ("GET", 200))
        assert connection.sock is kept
    connection.close()


def test_a_client_that_reads_no_further_is_left_and_its_thread_freed() -> None:
    closed = threading.Event()

    def endless(_: Any, start_response: Any) -> Iterator[bytes]:
        start_response("200 OK", [("Content-Type", "text/plain")])
        try:
            while True:
                yield bytes(1_000_000)
        finally:
            closed.set()

    with socket.create_server(("127.0.0.1", 0)) as listener:
        place = listener.getsockname()
        server = Server(endless, listener, threads=1)
        server.adj.channel_timeout = 1
        loop = threading.Thread(target=server.run)
        loop.start()
        with socket.create_connection(place) as connection:
            connection.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            assert closed.wait(30)
        server.end()
        loop.join(30)
    assert not loop.is_alive()


def test_a_process_with_more_connections_leaves_the_next_to_others_but_not_for_long() -> None:
    assert hesitation(1) < hesitation(2) < hesitation(7)
    assert hesitation(1_000) < 0.001
