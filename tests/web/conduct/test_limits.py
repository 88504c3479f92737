"""How often one client may ask, and how many clients there may be."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.test import TestResponse

from search.archive import Archive
from web.app import create_app
from web.conduct.limits import WINDOW, Limiter, client
from web.settings import Settings


class Clock:
    def __init__(self) -> None:
        self.time = 1000.0

    def __call__(self) -> float:
        return self.time


@pytest.fixture
def clock() -> Clock:
    return Clock()


def test_a_client_may_ask_for_all_at_once_and_then_evenly(clock: Clock) -> None:
    limiter = Limiter(30, now=clock)
    remaining = [limiter.ask("192.0.2.1").remaining for _ in range(30)]
    assert remaining == list(range(29, -1, -1))
    refused = limiter.ask("192.0.2.1")
    assert (refused.refused, refused.remaining, refused.retry, refused.reset) == (True, 0, 2, 60)
    clock.time += 1.9
    assert limiter.ask("192.0.2.1").refused
    clock.time += 0.1
    assert not limiter.ask("192.0.2.1").refused
    assert limiter.ask("192.0.2.1").refused


def test_after_a_minute_all_is_forgotten(clock: Clock) -> None:
    limiter = Limiter(5, now=clock)
    first = [limiter.ask("192.0.2.1") for _ in range(6)]
    clock.time += WINDOW
    assert [limiter.ask("192.0.2.1") for _ in range(6)] == first


@given(st.integers(1, 10_000), st.lists(st.floats(0, 200), max_size=60))
def test_no_client_gets_more_than_its_share(requests: int, waits: list[float]) -> None:
    clock = Clock()
    limiter = Limiter(requests, now=clock)
    granted = 0
    for wait in waits:
        clock.time += wait
        allowance = limiter.ask("192.0.2.1")
        granted += not allowance.refused
        assert 0 <= allowance.remaining < requests
        assert 0 <= allowance.reset <= WINDOW
        if allowance.refused:
            clock.time += allowance.retry
            assert not limiter.ask("192.0.2.1").refused
            granted += 1
    assert granted <= requests + requests * (clock.time - 1000) / WINDOW + 1


def test_clients_do_not_count_for_each_other(clock: Clock) -> None:
    limiter = Limiter(1, now=clock)
    assert not any(limiter.ask(f"192.0.2.{number}").refused for number in range(100))
    assert all(limiter.ask(f"192.0.2.{number}").refused for number in range(100))


def test_a_flood_of_clients_hits_few_others_and_takes_no_memory(clock: Clock) -> None:
    limiter = Limiter(1, slots=4096, now=clock)
    for number in range(1024):  # a quarter of each half
        limiter.ask(f"198.51.{number // 256}.{number % 256}")
    hit = sum(limiter.ask(f"203.0.113.{number}").refused for number in range(200))
    assert hit < 40  # about a sixteenth of them, and a little more as they fill slots themselves


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2001:db8::1", "2001:db8::ffff:1", True),
        ("2001:db8:0:1::1", "2001:db8:0:2::1", False),
        ("192.0.2.1", "::ffff:192.0.2.1", True),
        ("192.0.2.1", "192.0.2.2", False),
        ("fe80::1%eth0", "fe80::2%eth0", True),
        ("unknown", "", False),
    ],
)
def test_a_client_is_an_address_or_a_network_of_64_bits(one: str, other: str, same: bool) -> None:
    assert (client(one) == client(other)) is same


def test_forked_processes_count_together() -> None:
    limiter = Limiter(10)
    for _ in range(2):
        if not (process := os.fork()):
            for _ in range(4):
                limiter.ask("192.0.2.1")
            os._exit(0)
        os.waitpid(process, 0)
    assert limiter.ask("192.0.2.1").remaining == 1


@pytest.fixture
def limited(data: Path, archive: Archive) -> FlaskClient:
    """A site that lets a client make three requests a minute."""
    return create_app(Settings(data, rate=3), archive).test_client()


def ask(site: FlaskClient, path: str, address: str = "192.0.2.1", **headers: str) -> TestResponse:
    return site.get(path, environ_base={"REMOTE_ADDR": address}, headers=headers)


def test_a_limit_is_told_and_kept(limited: FlaskClient) -> None:
    for remaining in (2, 1, 0):
        response = ask(limited, "/search.json?q=roses")
        assert response.status_code == 200
        assert response.headers["RateLimit-Policy"] == '"requests";q=3;w=60'
        assert re.fullmatch(rf'"requests";r={remaining};t=\d+', response.headers["RateLimit"])
    refused = ask(limited, "/search.json?q=roses")
    problem = refused.get_json()
    assert (refused.status_code, refused.mimetype) == (429, "application/problem+json")
    assert problem["type"].endswith("/problems/rate-limited")
    assert 1 <= int(refused.headers["Retry-After"]) <= 20
    assert refused.headers["RateLimit"].startswith('"requests";r=0;t=')
    assert refused.headers["Cache-Control"] == "no-store"
    assert ask(limited, "/search.json?q=roses", "192.0.2.2").status_code == 200


def test_a_person_is_told_with_a_page(limited: FlaskClient) -> None:
    pages = [ask(limited, "/search") for _ in range(4)]
    assert (pages[3].status_code, pages[3].mimetype) == (429, "text/html")


def test_answers_that_are_known_count_as_well_but_files_and_probes_do_not(limited: FlaskClient) -> None:
    tag = ask(limited, "/search.json").headers["ETag"]
    assert (
        ask(limited, "/search.json", **{"If-None-Match": tag})
        .headers["RateLimit"]
        .startswith('"requests";r=1;')
    )
    assert ask(limited, "/nothing").headers["RateLimit"].startswith('"requests";r=0;')
    for path in ("/static/page.js", "/static/style.css", "/healthz", "/readyz", "/logo"):
        response = ask(limited, path)
        assert response.status_code == 200
        assert "RateLimit" not in response.headers
    assert ask(limited, "/search.json").status_code == 429


def test_what_a_client_says_of_itself_does_not_count(limited: FlaskClient) -> None:
    for number in range(3):
        ask(limited, "/search.json", **{"X-Forwarded-For": f"203.0.113.{number}", "Forwarded": "for=_x"})
    assert ask(limited, "/search.json", **{"X-Forwarded-For": "203.0.113.9"}).status_code == 429


def test_no_limit_is_told_where_there_is_none(client: FlaskClient) -> None:
    assert "RateLimit-Policy" not in client.get("/search.json").headers
