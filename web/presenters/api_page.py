"""The OpenAPI document as a page to read."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from web.presenters import markup

Node = dict[str, Any]


@dataclass(frozen=True, slots=True)
class ParameterView:
    """A parameter: `values` says in words which it takes, and `default` is empty where there is none."""

    name: str
    values: str
    default: str
    description: Markup


@dataclass(frozen=True, slots=True)
class AnswerView:
    """A status that is answered, with its meaning; `media_type` is empty where nothing is sent."""

    status: str
    description: Markup
    media_type: str


@dataclass(frozen=True, slots=True)
class OperationView:
    """A path: what it is for, what it takes and answers, and one question with its answer."""

    name: str
    path: str
    title: str
    description: Markup
    parameters: tuple[ParameterView, ...]
    answers: tuple[AnswerView, ...]
    ask: str
    answer: str


@dataclass(frozen=True, slots=True)
class ApiView:
    """Everything that programs can ask for."""

    version: str
    description: Markup
    operations: tuple[OperationView, ...]


def api_view(document: Node) -> ApiView:
    """The page of the document."""
    return ApiView(
        version=document["info"]["version"],
        description=markup.code(document["info"]["description"]),
        operations=tuple(_operation(path, item["get"]) for path, item in document["paths"].items()),
    )


def _operation(path: str, operation: Node) -> OperationView:
    ask, answer = next(_examples(operation), ("", ""))
    return OperationView(
        name=operation["operationId"],
        path=path,
        title=operation["summary"],
        description=markup.code(operation["description"]),
        parameters=tuple(_parameter(each) for each in operation["parameters"]),
        answers=tuple(_answer(status, each) for status, each in operation["responses"].items()),
        ask=ask,
        answer=answer,
    )


def _examples(operation: Node) -> Iterator[tuple[str, str]]:
    """Each question, with its answer as it is laid out for reading."""
    for content in operation["responses"]["200"]["content"].values():
        for example in content.get("examples", {}).values():
            value = example["value"]
            shown = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, indent=2)
            yield example["summary"].removeprefix("GET "), shown


def _parameter(parameter: Node) -> ParameterView:
    schema = parameter["schema"]
    repeated = schema["type"] == "array"
    values = _values(schema["items"] if repeated else schema, parameter.get("example", ""))
    return ParameterView(
        name=parameter["name"],
        values=f"{values}; may be repeated" if repeated else values,
        default=str(schema.get("default", "")),
        description=markup.code(parameter["description"]),
    )


def _values(schema: Node, example: Any) -> str:
    """What a schema allows, in words."""
    match schema:
        case {"enum": values}:
            return ", ".join(values)
        case {"type": "integer", "minimum": least, "maximum": most}:
            return f"{least} to {most}"
        case {"pattern": _}:
            return f"such as {example[0] if isinstance(example, list) else example}"
        case {"maxLength": most}:
            return f"up to {most} characters"
        case _:
            return "text"


def _answer(status: str, response: Node) -> AnswerView:
    return AnswerView(
        status, markup.code(response["description"]), next(iter(response.get("content", {})), "")
    )
