"""A whole result as a file of JSON Lines."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from search.archive import Archive
from web.app import create_app
from web.conduct.turns import AT_ONCE
from web.settings import Settings


def lines(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def test_every_result_is_a_line_with_the_whole_text(client: FlaskClient) -> None:
    response = client.get("/search.jsonl?q=roses&sort=oldest")
    assert (response.status_code, response.mimetype) == (200, "application/jsonl")
    found = lines(response.text)
    assert [each["title"] for each in found] == [f"Roses, part {number}" for number in range(25)]
    assert {each["text"] for each in found} == {"On pruning roses in the garden."}


def test_a_line_is_a_result_of_the_search_with_its_text_for_passages(client: FlaskClient) -> None:
    (line,) = lines(client.get("/search.jsonl?q=drones").text)
    (result,) = client.get("/search.json?q=drones").get_json()["results"]
    del result["snippets"], result["reasons"], result["comments"]["results"]
    assert {key: line[key] for key in result} == result
    assert list(line)[: len(result)] == list(result)
    assert set(line) - set(result) == {"updated", "kind", "summary", "text"}


@pytest.mark.parametrize(
    ("most", "sent", "capped"), [(10, 10, "true"), (25, 25, "false"), (10_000, 25, "false")]
)
def test_it_says_how_many_there_are_and_whether_it_was_cut_off(
    most: int, sent: int, capped: str, client: FlaskClient
) -> None:
    response = client.get(f"/search.jsonl?q=roses&most={most}")
    assert len(lines(response.text)) == sent
    assert (response.headers["Results-Total"], response.headers["Results-Capped"]) == ("25", capped)


def test_it_says_whether_the_search_was_cut_short(data: Path, client: FlaskClient) -> None:
    whole = client.get("/search.jsonl?q=roses")
    assert (whole.headers["Results-Partial"], "ETag" in whole.headers) == ("false", True)
    with Archive.open(data, seconds=1e-9) as hurried:
        partial = create_app(Settings(data), hurried).test_client().get("/search.jsonl?q=roses")
    assert (partial.headers["Results-Partial"], partial.headers["Cache-Control"]) == ("true", "no-store")
    assert "ETag" not in partial.headers


def begun(client: FlaskClient, **headers: str) -> TestResponse:
    return client.get("/search.jsonl", buffered=False, headers=headers)


@pytest.mark.parametrize("coding", ["identity", "gzip"])
def test_only_so_many_are_sent_at_once(coding: str, client: FlaskClient) -> None:
    sending = [begun(client, **{"Accept-Encoding": coding}) for _ in range(AT_ONCE)]
    busy = client.get("/search.jsonl")
    assert (busy.status_code, busy.get_json()["type"]) == (503, "/problems/busy")
    assert int(busy.headers["Retry-After"]) > 0
    assert client.get("/search.json").status_code == 200, "nobody else waits for them"
    sending.pop().close()
    assert client.get("/search.jsonl").status_code == 200
    for response in sending:
        response.close()


def test_those_that_send_nothing_leave_their_turn(client: FlaskClient) -> None:
    tag = client.get("/search.jsonl").headers["ETag"]
    for _ in range(AT_ONCE + 1):
        assert client.head("/search.jsonl").status_code == 200
        assert client.get("/search.jsonl", headers={"If-None-Match": tag}).status_code == 304
        assert client.get("/search.jsonl", headers={"If-None-Match": "*"}).status_code == 304


def test_it_is_saved_as_a_file(client: FlaskClient) -> None:
    assert client.get("/search.jsonl").headers["Content-Disposition"] == 'attachment; filename="search.jsonl"'


def test_it_is_sent_while_it_is_made(client: FlaskClient) -> None:
    response = client.get("/search.jsonl", buffered=False)
    assert response.is_streamed
    assert "Content-Length" not in response.headers
    response.close()


def test_nothing_found_is_a_file_without_lines(client: FlaskClient) -> None:
    response = client.get("/search.jsonl?q=xylophone")
    assert (response.status_code, response.text, response.headers["Results-Total"]) == (200, "", "0")


@pytest.mark.parametrize("wrong", ["most=0", "most=10001", "page=2", "size=3", "facets=tag", "colour=red"])
def test_what_it_cannot_be_asked_is_told(wrong: str, client: FlaskClient) -> None:
    response = client.get(f"/search.jsonl?{wrong}")
    assert (response.status_code, response.mimetype) == (400, "application/problem+json")
    assert response.get_json()["parameter"] == wrong.partition("=")[0]


def test_a_page_of_results_links_to_it(client: FlaskClient) -> None:
    assert '/search.jsonl?q=roses&amp;tag=garden"' in client.get("/search?q=roses&tag=garden").text
