from __future__ import annotations

import json
from typing import Any

import pytest

from indexer.formats import ghost
from indexer.formats.bodies.lexical import lexical_html
from indexer.formats.bodies.mobiledoc import mobiledoc_html
from indexer.formats.reading.json_list import NotJson
from indexer.normalise.bodies.html import LONGEST
from indexer.record import RawPost
from tests.indexer.formats.sources import source_of


def nothing_unknown(kind: str) -> None:
    pytest.fail(f"{kind!r} is not known")


def export(**post: Any) -> bytes:
    posts = [{"id": "p", "title": "T", "status": "published", "html": "<p>x</p>", **post}]
    return json.dumps(
        {"db": [{"meta": {"exported_on": 1, "version": "5"}, "data": {"posts": posts}}]}
    ).encode()


def read(**post: Any) -> RawPost:
    (found,) = ghost.read(source_of(export(**post), "ghost.json"))
    assert isinstance(found, RawPost)
    return found


@pytest.mark.parametrize(
    ("head", "recognised"),
    [
        (b'{"db":[{"meta":{"exported_on":1504269105806,"version":"1.20.0"},"data":{"actions":[', True),
        (b'\xef\xbb\xbf{\n  "db": [ {\n "data": {', True),
        (b'{"meta": {"version": "003", "exported_on": 1426263451924}, "data": {"x": []', True),
        (b'{"data": {"posts": [', True),
        (b'{"data": {"benefits": [], "custom_theme_settings": [', True),
        (b'{"version": "https://jsonfeed.org/version/1.1", "items": [', False),
        (b'{"kind": "blogger#postList", "items": [', False),
        (b'{"data": {"children": [', False),
        (b"[", False),
    ],
)
def test_an_export_is_recognised_by_its_tables(head: bytes, recognised: bool) -> None:
    assert ghost.sniff(source_of(head, "x.json")) is recognised


@pytest.mark.parametrize(
    ("status", "left_out"),
    [
        ("published", ""),
        ("sent", ""),
        ("draft", "draft"),
        ("scheduled", "scheduled"),
        ("archived", "archived"),
    ],
)
def test_what_reached_readers_is_published(status: str, left_out: str) -> None:
    assert read(status=status).left_out == left_out


@pytest.mark.parametrize("visibility", ["public", "members", "paid", "tiers"])
def test_a_post_for_paying_readers_is_a_post(visibility: str) -> None:
    assert read(visibility=visibility).left_out == ""


@pytest.mark.parametrize("fields", [{"page": 1}, {"page": True}, {"type": "page"}])
def test_a_page_is_one_by_either_mark(fields: dict[str, Any]) -> None:
    assert read(**fields).kind == "page"


def test_an_old_number_is_no_lasting_id() -> None:
    assert read(id=12, uuid="0a1b").own_id == "0a1b"
    assert read(id="64a000000000000000000001", uuid="0a1b").own_id == "64a000000000000000000001"


def test_the_picture_above_is_not_shown_twice() -> None:
    shown = '<img src="/a.jpg">'
    assert read(feature_image="/a.jpg", html=shown).body == shown


@pytest.mark.parametrize("document", ['{"root": ', "nothing", "[" * 100_000])
def test_a_document_that_is_no_json_is_told_of(document: str) -> None:
    for render in (lexical_html, mobiledoc_html):
        with pytest.raises(NotJson):
            render(document, nothing_unknown)


@pytest.mark.parametrize(
    "document", ["null", "[]", "{}", '{"root": [], "sections": {}}', '{"sections": [[1], 7, [10, 4]]}']
)
def test_a_document_of_another_shape_shows_nothing(document: str) -> None:
    assert lexical_html(document, nothing_unknown) == ""
    assert mobiledoc_html(document, nothing_unknown) == ""


def test_nodes_nested_beyond_reason_are_told_of() -> None:
    told: list[str] = []
    document = '{"type":"list","children":[' * 200 + "]}" * 200
    lexical_html(f'{{"root":{document}}}', told.append)
    assert told == ["list"]


def test_a_card_referred_to_again_and_again_ends_at_the_longest_text() -> None:
    document = {"cards": [["html", {"html": "x" * 100_000}]], "sections": [[10, 0]] * 100_000}
    assert len(mobiledoc_html(json.dumps(document), nothing_unknown)) <= LONGEST + 100_000


def test_a_link_referred_to_again_and_again_ends_at_the_longest_text() -> None:
    marker = [0, [0], 1, "x"]
    document = {"markups": [["a", ["href", "y" * 100_000]]], "sections": [[1, "p", [marker] * 100_000]]}
    assert len(mobiledoc_html(json.dumps(document), nothing_unknown)) <= LONGEST + 200_000


def test_a_markup_that_is_never_closed_ends_with_its_section() -> None:
    document = {"markups": [["em"]], "sections": [[1, "p", [[0, [0], 0, "a"]]], [1, "p", [[0, [], 7, "b"]]]]}
    assert mobiledoc_html(json.dumps(document), nothing_unknown) == "<p><em>a</em></p><p>b</p>"
