"""A whole result as a file of JSON Lines."""

from __future__ import annotations

import json
from typing import Any

import pytest
from flask.testing import FlaskClient


def lines(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def test_every_result_is_a_line_with_the_whole_text(client: FlaskClient) -> None:
    response = client.get("/search.jsonl?q=roses&sort=oldest")
    assert (response.status_code, response.mimetype) == (200, "application/jsonl")
    found = lines(response.text)
    assert [each["title"] for each in found] == [f"Roses, part {number}" for number in range(25)]
    assert {each["text"] for each in found} == {"On pruning roses in the garden."}


def test_a_line_is_a_result_of_the_search_and_more(client: FlaskClient) -> None:
    (line,) = lines(client.get("/search.jsonl?q=drones").text)
    (result,) = client.get("/search.json?q=drones").get_json()["results"]
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
