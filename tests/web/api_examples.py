"""Makes the examples of the OpenAPI document: `python -m tests.web.api_examples`."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

from flask.testing import FlaskClient

from indexer.cli import blogsearch
from search.archive import Archive
from web.app import create_app
from web.openapi.examples import FILE
from web.settings import Settings

SAMPLE = Path(__file__).parents[2] / "indexer" / "sample"

QUESTIONS = {
    "search": (
        "/search.json?q=ferry+engine&facets=tag&size=1",
        "/search.json?size=1e3",
        "/search.json?q=ferry&page=2&generation=000000",
    ),
    "export": ("/search.jsonl?q=%22the+clock+goes%22&most=1", "/search.jsonl?most=20000"),
    "feed": ("/search.atom?q=otters&size=1", "/search.atom?sort=best"),
    "post": ("/posts/{id}.json", "/posts/zzzzzzzzzzzz.json"),
    "facet": ("/facets/tag.json?q=ferry&size=3", "/facets/tag.json?size=0"),
    "suggest": ("/suggest.json?q=oys", "/suggest.json?query=oys"),
    "healthz": ("/healthz",),
    "readyz": ("/readyz",),
}
"""What is asked of each operation, a good question first; `{id}` is a short post's."""

CHANGING = {"took_ms": 1.9, "request_id": "9f86d081884c7d65"}
"""What is another each time, and what is said instead of it."""


def archive_of_sample(folder: Path) -> Archive:
    """The sample's archive, made in this folder."""
    arguments = ["reindex", str(SAMPLE), "--data", str(folder), "--quiet", "--jobs", "1"]
    blogsearch.main(arguments, standalone_mode=False)
    return Archive.open(folder)


def answers(client: FlaskClient) -> dict[str, list[dict[str, Any]]]:
    """The questions with their answers."""
    found = client.get("/search.json?q=otters&size=1").get_json()["results"][0]["id"]
    return {
        name: [_asked(client, question.replace("{id}", found)) for question in questions]
        for name, questions in QUESTIONS.items()
    }


def _asked(client: FlaskClient, question: str) -> dict[str, Any]:
    response = client.get(question)
    answer: Any = response.get_json() if response.is_json else response.text
    if response.is_json:
        answer |= {key: value for key, value in CHANGING.items() if key in answer}
    return {"ask": question, "status": response.status_code, "answer": answer}


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder, archive_of_sample(Path(folder)) as archive:
        made = answers(create_app(Settings(Path(folder)), archive).test_client())
    FILE.write_text(json.dumps(made, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
