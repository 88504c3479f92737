"""The OpenAPI document is valid, complete, and shows what is really answered."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from openapi_spec_validator import OpenAPIV31SpecValidator

from search.archive import Archive
from tests.web import api_examples
from tests.web.conftest import Page
from web.app import create_app
from web.openapi.examples import examples
from web.openapi.operations import OPERATIONS, Operation
from web.problems import KINDS, Kind
from web.settings import Settings

FOR_PROGRAMS = (".json", ".jsonl", ".atom", "healthz", "readyz")
OF_NO_DATA = {"/openapi.json", "/suggest/opensearch.json"}
"""The document itself, and completions in the shape that browsers want."""


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    folder = tmp_path_factory.mktemp("sample")
    with api_examples.archive_of_sample(folder) as archive:
        yield create_app(Settings(folder), archive).test_client()


@pytest.fixture
def document(client: FlaskClient) -> Any:
    response = client.get("/openapi.json")
    assert (response.status_code, response.mimetype) == (200, "application/json")
    return response.get_json()


def test_the_document_is_valid(document: Any) -> None:
    OpenAPIV31SpecValidator(document).validate()
    assert document["info"]["license"]["identifier"] == "MIT"
    assert re.fullmatch(r"\d+\.\d+\.\d+.*", document["info"]["version"])


def test_every_path_for_programs_is_in_it(document: Any, client: FlaskClient) -> None:
    rules = {
        re.sub(r"<(?:[^>]*:)?(\w+)>", r"{\1}", str(rule)) for rule in client.application.url_map.iter_rules()
    }
    expected = {rule.replace("post_id", "id") for rule in rules if rule.endswith(FOR_PROGRAMS)}
    assert set(document["paths"]) == expected - OF_NO_DATA


def test_every_header_it_names_is_described(document: Any) -> None:
    named = {name for operation in OPERATIONS for name in operation.headers}
    assert named <= set(document["components"]["headers"])


def test_the_examples_are_real_answers(sample: FlaskClient) -> None:
    stored = {name: [asdict(each) for each in some] for name, some in examples().items()}
    assert stored == api_examples.answers(sample), "make them anew: python -m tests.web.api_examples"


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.name)
def test_every_path_shows_a_good_answer(operation: Operation, document: Any) -> None:
    content = document["paths"][operation.path]["get"]["responses"]["200"]["content"]
    assert content[operation.media_type]["examples"]


def test_the_links_of_a_site_with_an_address_are_whole(data: Path, archive: Archive) -> None:
    app = create_app(Settings(data, base_url="https://search.example"), archive)
    assert app.test_client().get("/openapi.json").get_json()["servers"] == [
        {"url": "https://search.example/"}
    ]


def test_a_page_shows_every_path_with_its_parameters_and_an_example(page: Page) -> None:
    html = page("/api")
    shown = {node.text() for node in html.css("h2 + p code")}
    assert shown == {f"GET {operation.path}" for operation in OPERATIONS}
    for operation in OPERATIONS:
        section = html.css_first(f'section[aria-labelledby="{operation.name}"]')
        assert section is not None
        names = [row.text() for row in section.css("tbody th code")]
        assert names == [name for name, *_ in operation.within] + list(operation.parameters)
        assert section.css_first("details pre") is not None


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_the_type_of_every_problem_leads_to_its_page(kind: Kind, page: Page) -> None:
    html = page(kind.path)
    assert [node.text() for node in html.css("main dd")] == [str(kind.status.value), kind.name]


def test_a_kind_of_problem_that_there_is_not_has_no_page(client: FlaskClient) -> None:
    assert client.get("/problems/bad-luck").status_code == 404


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/search.json?page=0", "invalid-parameter"),
        ("/search.jsonl?most=0", "invalid-parameter"),
        ("/search.json?generation=000000", "generation-gone"),
        ("/posts/zzzzzzzzzzzz.json", "post-not-found"),
        ("/nothing.json", "not-found"),
    ],
)
def test_a_problem_has_the_type_of_its_kind(path: str, kind: str, data: Path, archive: Archive) -> None:
    client = create_app(Settings(data, base_url="https://search.example"), archive).test_client()
    problem = client.get(path).get_json()
    assert problem["type"] == f"https://search.example/problems/{kind}"
    assert (problem["status"], problem["title"]) == (KINDS[kind].status, KINDS[kind].title)
