"""The OpenAPI document: https://spec.openapis.org/oas/v3.1.0."""

from __future__ import annotations

from functools import lru_cache
from http import HTTPStatus
from importlib.metadata import version
from typing import Any

from pydantic import TypeAdapter

from web.documents import encoders
from web.documents.encoding import JSON_LINES, PROBLEM_JSON
from web.openapi.examples import Example, examples
from web.openapi.operations import HEADERS, OPERATIONS, Operation
from web.openapi.schemas import reference, schemas
from web.params.kinds import Schema
from web.params.table import Parameter
from web.problems import PASSING, Kind
from web.settings import Settings

OpenAPI = dict[str, Any]
DOCUMENT = TypeAdapter(OpenAPI)
"""What writes the document."""

DESCRIPTION = """\
Everything that the pages of this archive show, for programs. There is nothing to sign in to and nothing to
change: every path answers `GET`, and `HEAD` without a body. An empty value of a parameter counts as not
given; a parameter that is unknown is an error. What goes wrong is told by a problem document (RFC 9457).
"""


def document(settings: Settings) -> OpenAPI:
    """The document of this site."""
    return _document(settings.title, settings.absolute("/"))


@lru_cache(maxsize=4)
def _document(title: str, address: str) -> OpenAPI:
    return {
        "openapi": "3.1.0",
        "info": {
            "title": title,
            "summary": "A blog archive, searched.",
            "description": DESCRIPTION,
            "version": version("blogsearch"),
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        "servers": [{"url": address}],
        "externalDocs": {"description": "The same as readable pages.", "url": f"{address}api"},
        "paths": {operation.path: {"get": _operation(operation)} for operation in OPERATIONS},
        "components": {
            "schemas": schemas(),
            "headers": {name: _header(name) for name in HEADERS},
        },
    }


def _header(name: str) -> OpenAPI:
    description, schema, example = HEADERS[name]
    value = int(example) if schema["type"] == "integer" else example
    return {"description": description, "schema": schema, "example": value}


def _operation(operation: Operation) -> OpenAPI:
    within = [
        {
            "name": name,
            "in": "path",
            "required": True,
            "description": description,
            "schema": schema,
            "example": example,
        }
        for name, description, schema, example in operation.within
    ]
    return {
        "operationId": operation.name,
        "summary": operation.title,
        "description": operation.description,
        "parameters": [*within, *(_parameter(each) for each in operation.parameters.values())],
        "responses": _responses(operation),
    }


def _parameter(parameter: Parameter[object]) -> OpenAPI:
    schema = parameter.kind.schema()
    described: OpenAPI = {
        "name": parameter.name,
        "in": "query",
        "description": parameter.description,
        "schema": schema,
        "example": _sample(parameter.example, schema),
    }
    # Of an array of texts an empty one is a value like any other.
    return described if schema["type"] == "array" else {**described, "allowEmptyValue": True}


def _sample(example: str, schema: Schema) -> object:
    match schema["type"]:
        case "array":
            return [example]
        case "integer":
            return int(example)
        case _:
            return example


def _responses(operation: Operation) -> OpenAPI:
    found: OpenAPI = {"200": _good(operation)}
    if operation.moves:
        found["301"] = {"description": "The post has another id now.", "headers": _headers("Location")}
    if operation.conditional:
        found["304"] = {"description": "The client has the answer already.", "headers": _headers("ETag")}
    by_status: dict[HTTPStatus, list[Kind]] = {}
    for kind in operation.problems:
        by_status.setdefault(kind.status, []).append(kind)
    for status, kinds in sorted(by_status.items()):
        found[str(status.value)] = _bad(operation, *kinds)
    return {**found, "default": _bad(operation)}


def _good(operation: Operation) -> OpenAPI:
    content: OpenAPI = {"schema": {"type": "string"}}
    if operation.encoder:
        content = {"schema": reference(operation.encoder)}
    if operation.media_type == JSON_LINES:
        line = {**content["schema"], "description": "One line."}
        content = {
            "schema": {"type": "string", "contentMediaType": "application/json", "contentSchema": line}
        }
    if shown := _shown(operation, HTTPStatus.OK):
        content["examples"] = shown
    return {
        "description": operation.answer,
        "headers": _headers(*operation.headers),
        "content": {operation.media_type: content},
    }


def _bad(operation: Operation, *kinds: Kind) -> OpenAPI:
    words = " Or: ".join(f"{kind.title}. {kind.meaning}" for kind in kinds) or "Any other problem."
    content: OpenAPI = {"schema": reference(encoders.PROBLEM)}
    if kinds and (shown := _shown(operation, kinds[0].status)):
        content["examples"] = shown
    names = ("Retry-After",) if any(kind in PASSING for kind in kinds) else ()
    return {"description": words, "headers": _headers(*names), "content": {PROBLEM_JSON: content}}


def _headers(*names: str) -> OpenAPI:
    return {name: {"$ref": f"#/components/headers/{name}"} for name in names}


def _shown(operation: Operation, status: HTTPStatus) -> OpenAPI:
    return {
        f"{operation.name}-{status.value}": _example(example)
        for example in examples().get(operation.name, ())
        if example.status == status
    }


def _example(example: Example) -> OpenAPI:
    return {"summary": f"GET {example.ask}", "value": example.answer}
