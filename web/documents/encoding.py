"""Documents as bytes, and as the schemas that describe those."""

from __future__ import annotations

import json
from typing import Any, Generic, TypeVar

from pydantic import TypeAdapter

JSON = "application/json"
JSON_LINES = "application/jsonl"
PROBLEM_JSON = "application/problem+json"

_Shape = TypeVar("_Shape")


class Encoder(Generic[_Shape]):
    """Writes documents of one shape, and describes it. What it writes is not checked against the shape."""

    def __init__(self, shape: type[_Shape]) -> None:
        self.shape = shape
        self.adapter = TypeAdapter(shape)

    def encode(self, document: _Shape) -> bytes:
        """The document as JSON in UTF-8, its keys in the order of the shape."""
        try:
            return self.adapter.dump_json(document)
        except ValueError:  # of the kind that pydantic raises where something cannot be written
            # Half a character: no store and no address holds one, but what a program gives us may.
            return _without_halves(document)


def _without_halves(document: Any) -> bytes:
    """The document with a question mark for each lone surrogate, which UTF-8 cannot hold."""
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
