"""The shapes of all documents as JSON Schemas."""

from __future__ import annotations

from functools import cache
from typing import Any

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema

from web.documents import encoders
from web.documents.encoding import Encoder
from web.params.kinds import Schema

PLACE = "#/components/schemas/{model}"


class _Untitled(GenerateJsonSchema):
    """Without a title for each key, which would only repeat it."""

    def field_title_should_be_set(self, schema: Any) -> bool:  # noqa: ARG002 - as in pydantic
        return False


@cache
def schemas() -> dict[str, Schema]:
    """Every shape by its name."""
    adapters = [each.adapter for each in vars(encoders).values() if isinstance(each, Encoder)]
    inputs: list[Any] = [(number, "serialization", adapter) for number, adapter in enumerate(adapters)]
    _, found = TypeAdapter.json_schemas(inputs, ref_template=PLACE, schema_generator=_Untitled)
    return {name: dict(schema) for name, schema in sorted(found["$defs"].items())}


def reference(encoder: Encoder[Any]) -> Schema:
    """What stands for the shape in the document."""
    return {"$ref": PLACE.format(model=encoder.shape.__name__)}
