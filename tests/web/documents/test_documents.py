"""Documents are valid JSON whatever stands in them."""

from __future__ import annotations

import json

import pytest

from web.documents import encoders
from web.documents.facets import CompletionsDocument
from web.openapi.schemas import schemas

HOSTILE = {
    "NUL": "a\x00b",
    "half a character": "a\ud800b",
    "marks of direction": "\u202eabc\u200f",
    "the ends of lines in scripts": "\u2028\u2029",
    "what ends a script": "</script>",
    "beyond the first plane": "𝄞",
}


def completions(text: str) -> CompletionsDocument:
    return {"query": text, "suggestions": [{"text": text, "kind": "tag", "count": 1, "url": "/search?tag=a"}]}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_is_valid_json(text: str) -> None:
    written = encoders.COMPLETIONS.encode(completions(text)).decode("utf-8")
    assert json.loads(written) == completions(text.replace("\ud800", "?"))


def test_keys_are_in_the_order_they_are_documented_in() -> None:
    written = encoders.COMPLETIONS.encode(completions("a")).decode()
    assert written.startswith('{"query":"a","suggestions":[{"text":"a","kind":"tag","count":1,"url":')


@pytest.mark.parametrize("name", schemas())
def test_every_shape_says_what_it_is(name: str) -> None:
    assert schemas()[name]["description"]
