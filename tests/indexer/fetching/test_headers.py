from __future__ import annotations

from datetime import UTC, datetime

import httpx
import pytest

from indexer.fetching.headers import MOST_PATIENCE, charset, content_type, links, pages, retry_after

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120),
        (" 0 ", 0),
        ("Sun, 22 Nov 2026 10:02:00 GMT", 120),
        ("Sunday, 22-Nov-26 10:02:00 GMT", 120),
        ("Sun Nov 22 10:02:00 2026", 120),
        ("Sun, 22 Nov 2026 11:02:00 +0100", 120),
        ("Sun, 22 Nov 2026 09:00:00 GMT", 0),
        ("Fri, 31 Dec 9999 23:59:59 GMT", MOST_PATIENCE),
        ("99999999", MOST_PATIENCE),
        ("9" * 50, None),
        ("-5", None),
        ("1.5", None),
        ("soon", None),
        ("", None),
        ("Sun, 22 Nov 2026 10:02:00 +999999999999", None),
        ("Sun, 99 Nov 2026 10:02:00 GMT", None),
        ("Sun, 22 Nov 99999 10:02:00 GMT", None),
        ("\u0661\u0662", None),
    ],
)
def test_the_wish_to_be_left_alone_is_read_as_seconds_or_as_a_date(value: str, seconds: float | None) -> None:
    assert retry_after(httpx.Headers([(b"Retry-After", value.encode())]), NOW) == seconds


def test_who_says_nothing_has_no_wish() -> None:
    assert retry_after(httpx.Headers()) is None


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("text/xml", ("text/xml", "")),
        ("Text/XML; Charset=UTF-8", ("text/xml", "utf-8")),
        ("text/xml;charset='windows-1252'", ("text/xml", "windows-1252")),
        ('text/xml; a=b; charset="utf-8"; c=d', ("text/xml", "utf-8")),
        ("text/xml; charset = utf-8", ("text/xml", "utf-8")),
        ("text/xml; charset=", ("text/xml", "")),
        ("; charset=utf-8", ("", "utf-8")),
        ("", ("", "")),
        ("text/xml; charset=" + "x" * 5000, ("text/xml", "x" * 40)),
    ],
)
def test_type_and_encoding_are_what_the_server_claims(value: str, expected: tuple[str, str]) -> None:
    headers = httpx.Headers({"Content-Type": value})
    assert (content_type(headers), charset(headers)) == expected


@pytest.mark.parametrize(
    ("value", "found"),
    [
        (
            '<https://a.example/api/>; rel="https://api.w.org/"',
            {"https://api.w.org/": "https://a.example/api/"},
        ),
        (
            '</x>; rel="shortlink", <?page=3>; title="a, b"; rel=next',
            {"next": "https://a.example/posts?page=3"},
        ),
        ('<a>; rel="prev next", <b>; rel="next"', {"next": "https://a.example/a"}),
        ("<a>; rel", {}),
        ("rel=next", {}),
        ("<" * 50_000, {}),
        ("<a>;" * 20_000, {}),
    ],
)
def test_where_older_posts_are_is_read_from_headers(value: str, found: dict[str, str]) -> None:
    assert links(httpx.Headers({"Link": value}), httpx.URL("https://a.example/posts")) == found


@pytest.mark.parametrize(("value", "number"), [("14", 14), ("", 0), ("many", 0), ("9" * 40, 0), ("-1", 0)])
def test_the_number_of_pages_is_read_from_headers(value: str, number: int) -> None:
    assert pages(httpx.Headers({"X-WP-TotalPages": value})) == number
