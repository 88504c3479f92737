"""Every answer has the id by which the log knows its request, and every request is counted."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from selectolax.lexbor import LexborHTMLParser
from werkzeug.test import TestResponse

from search.archive import Archive
from tests.web.watching.asking import number, numbers
from web.app import create_app
from web.settings import Settings
from web.watching.log import FIELDS, JsonLines
from web.watching.peer import KEY as PEER
from web.watching.peer import Peer

HEADER = "X-Request-Id"
OWN = re.compile("[0-9a-f]{16}")
SLOW = "web.watching.searches"
REQUESTS = "web.watching.watch"


@pytest.fixture
def own(data: Path, archive: Archive) -> FlaskClient:
    """A site of which nothing was asked yet, and to which every search is slow."""
    return create_app(Settings(data, slow=1e-9), archive).test_client()


def ask(client: FlaskClient, path: str, method: str = "GET", **headers: str) -> TestResponse:
    """Ask, and read the answer to its end."""
    return client.open(path, method=method, headers=headers, buffered=True)


def fields(caplog: pytest.LogCaptureFixture, logger: str) -> list[dict[str, object]]:
    return [getattr(record, FIELDS) for record in caplog.records if record.name == logger]


@pytest.mark.parametrize(
    "path",
    ["/", "/search.json", "/search.jsonl", "/nothing", "/static/page.js", "/healthz", "/search?page=0"],
)
def test_every_answer_has_an_id_of_its_own(client: FlaskClient, path: str) -> None:
    one, other = (client.get(path).headers[HEADER] for _ in range(2))
    assert OWN.fullmatch(one)
    assert OWN.fullmatch(other)
    assert one != other


def test_what_is_known_already_is_a_request_like_any_other(client: FlaskClient) -> None:
    tag = client.get("/search").headers["ETag"]
    response = client.get("/search", headers={"If-None-Match": tag})
    assert (response.status_code, bool(OWN.fullmatch(response.headers[HEADER]))) == (304, True)


@pytest.mark.parametrize("given", ["abcdefgh", "0af76519-16cd-43dd-8448-eb211c80319c", "A" * 64])
def test_the_id_that_a_trusted_proxy_gives_is_kept(client: FlaskClient, given: str) -> None:
    trusted = {PEER: Peer("10.0.0.1", is_proxy=True)}
    response = client.get("/nothing.json", headers={HEADER: given}, environ_overrides=trusted)
    assert response.headers[HEADER] == given
    assert response.json is not None
    assert response.json["request_id"] == given


@pytest.mark.parametrize(
    "given", ["", "short", "a" * 65, "abcd efgh", "<script>alert(1)</script>", "idéidéidé"]
)
def test_an_id_that_looks_like_none_is_not(client: FlaskClient, given: str) -> None:
    trusted = {PEER: Peer("10.0.0.1", is_proxy=True)}
    response = client.get("/healthz", environ_overrides={**trusted, "HTTP_X_REQUEST_ID": given})
    assert OWN.fullmatch(response.headers[HEADER])


def test_nobody_else_names_a_request(client: FlaskClient) -> None:
    assert OWN.fullmatch(client.get("/healthz", headers={HEADER: "abcdefgh"}).headers[HEADER])


def test_a_fault_of_the_site_shows_readers_its_id_and_a_slip_of_their_own_does_not(
    sites: Mapping[str, Flask],
) -> None:
    fault = sites["faulty"].test_client().get("/fault")
    shown = LexborHTMLParser(fault.text).css_first(".error .note code")
    assert shown is not None
    assert shown.text() == fault.headers[HEADER]
    slip = sites["blog"].test_client().get("/nothing")
    assert slip.headers[HEADER] not in slip.text


def test_a_fault_is_logged_with_its_trace_and_the_id_that_the_client_was_told(
    data: Path, archive: Archive, caplog: pytest.LogCaptureFixture
) -> None:
    def fault() -> str:
        raise RuntimeError("a secret of the program")

    app = create_app(Settings(data), archive)
    app.add_url_rule("/fault.json", view_func=fault)
    answer = ask(app.test_client(), "/fault.json")
    told = [json.loads(JsonLines().format(record)) for record in caplog.records]
    (fault_told,) = [line for line in told if "trace" in line]
    assert "RuntimeError: a secret of the program" in fault_told["trace"]
    assert answer.status_code == 500
    assert answer.json is not None
    assert answer.json["request_id"] == answer.headers[HEADER] == fault_told["request_id"]
    assert "secret" not in answer.text


def test_a_request_is_logged_with_its_route_and_size_and_without_what_was_asked(
    own: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, REQUESTS):
        response = ask(own, "/search.json?q=roses&size=1")
    (told,) = fields(caplog, REQUESTS)
    assert isinstance(told.pop("ms"), float)
    assert told == {
        "event": "request",
        "method": "GET",
        "path": "/search.json",
        "route": "/search.json",
        "status": 200,
        "bytes": len(response.data),
        "generation": "000001",
    }
    assert "roses" not in str(told)


def test_a_slow_search_is_told_with_what_was_asked(
    own: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    ask(own, "/search?q=roses&tag=garden&-author=Ann+Ames&after=2011&sort=oldest")
    (told,) = fields(caplog, SLOW)
    assert isinstance(told.pop("ms"), float)
    assert told == {
        "event": "slow_search",
        "query": "roses",
        "filters": [["-author", "Ann Ames"], ["tag", "garden"], ["after", "2011"], ["sort", "oldest"]],
        "total": 6,
        "partial": False,
        "generation": "000001",
    }
    assert "'roses' with -author=Ann Ames tag=garden after=2011 sort=oldest, 6 found" in caplog.text


def test_of_a_long_search_the_log_has_the_beginning(
    own: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    tags = "&".join(f"tag={number}{'b' * 500}" for number in range(90))
    assert ask(own, f"/search?q={'a' * 999}&{tags}").status_code == 200
    assert len(json.dumps(fields(caplog, SLOW)[0])) < 3_000


@pytest.mark.parametrize("slow", [0, 60])
def test_where_that_is_not_wanted_or_no_search_is_slow_none_is_told(
    data: Path, archive: Archive, caplog: pytest.LogCaptureFixture, slow: float
) -> None:
    create_app(Settings(data, slow=slow), archive).test_client().get("/search?q=roses")
    assert fields(caplog, SLOW) == []


def test_requests_are_counted_by_route_and_never_by_what_was_asked(own: FlaskClient) -> None:
    for path in ("/posts/aaaaaaaaaaa2.json", "/posts/rosea.json", "/wp-login.php", "/a/b/c", "/search?q=zzz"):
        ask(own, path)
    ask(own, "/search", "POST")
    text = ask(own, "/metrics").text
    counted = {key: value for key, value in numbers(text, "blogsearch_http_requests_total").items() if value}
    assert counted == {
        ("/posts/<post_id>.json", "2xx"): 1,
        ("/posts/<post_id>.json", "4xx"): 1,
        ("none", "4xx"): 3,
        ("/search", "2xx"): 1,
    }
    assert number(text, "blogsearch_http_request_seconds_count", "none") == 3
    assert "wp-login" not in text
    problems = numbers(text, "blogsearch_problems_total")
    assert {kind: count for (kind,), count in problems.items() if count} == {
        "post-not-found": 1,
        "not-found": 2,
        "method-not-allowed": 1,
    }


def test_searches_and_what_caches_had_are_counted(own: FlaskClient) -> None:
    for path in ("/search.json?q=roses", "/search?q=roses", "/search.jsonl?q=drones", "/static/page.js"):
        ask(own, path, **{"Accept-Encoding": "gzip"})
    text = ask(own, "/metrics").text
    assert number(text, "blogsearch_search_seconds_count") == 3
    assert number(text, "blogsearch_searches_slow_total") == 3
    assert number(text, "blogsearch_searches_partial_total") == 0
    uses = numbers(text, "blogsearch_cache_uses_total")
    assert uses["index", "hit"] > 0
    assert uses["files", "hit"] + uses["files", "miss"] >= 1


def test_a_search_that_is_cut_short_counts_as_such(sites: Mapping[str, Flask]) -> None:
    hasty = sites["hasty"].test_client()
    before = number(ask(hasty, "/metrics").text, "blogsearch_searches_partial_total")
    ask(hasty, "/search?q=roses")
    assert number(ask(hasty, "/metrics").text, "blogsearch_searches_partial_total") == before + 1


def test_a_request_is_in_progress_until_its_answer_was_sent(own: FlaskClient) -> None:
    def in_progress() -> float:
        return number(ask(own, "/metrics").text, "blogsearch_http_requests_in_progress")

    with own.get("/search.jsonl") as sending:
        assert sending.status_code == 200
        assert in_progress() == 2
    assert in_progress() == 1


def test_a_fault_is_counted_and_ends_like_any_request(sites: Mapping[str, Flask]) -> None:
    faulty = sites["faulty"].test_client()
    before = number(ask(faulty, "/metrics").text, "blogsearch_http_requests_in_progress")
    ask(faulty, "/fault")
    text = ask(faulty, "/metrics").text
    assert number(text, "blogsearch_problems_total", "internal-error") >= 1
    assert number(text, "blogsearch_http_requests_total", "none", "5xx") >= 1
    assert number(text, "blogsearch_http_requests_in_progress") == before
