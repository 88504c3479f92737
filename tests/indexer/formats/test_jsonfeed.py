from __future__ import annotations

import json
from io import BytesIO

import pytest

from indexer.formats import jsonfeed
from indexer.record import RawPost, Skipped
from indexer.source import Source
from search.errors import SourceRefused

START = b'{"version": "https://jsonfeed.org/version/1.1", "title": "Bombs", "items": ['
BEFORE = b'{"id": "before", "content_text": "read"}, '
AFTER = b', {"id": "after", "content_text": "read too"}]}'


def feed(data: bytes, name: str = "feed.json") -> Source:
    return Source(name, lambda: BytesIO(data), len(data))


@pytest.mark.parametrize(
    ("bomb", "why"),
    [
        (b'{"id": "deep", "x": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", "nested too deeply"),
        (b'{"id": ' + b"9" * 1_000_000 + b"}", "1,000,000 digits"),
        (b'{"id": "broken" "title": "no comma"}', "not valid JSON"),
        (b'{"id": "' + b"i" * 5_000 + b'", "title": "long id"}', "an id of 5,000 characters"),
    ],
    ids=["deep", "number", "broken", "long id"],
)
def test_a_bad_item_is_skipped_and_those_around_it_are_read(bomb: bytes, why: str) -> None:
    before, skipped, after = jsonfeed.read(feed(START + BEFORE + bomb + AFTER))
    assert isinstance(before, RawPost)
    assert isinstance(after, RawPost)
    assert (before.own_id, after.own_id) == ("before", "after")
    assert before.blog.name == "Bombs"
    assert isinstance(skipped, Skipped)
    assert skipped.where == "item 2"
    assert why in skipped.why


@pytest.mark.parametrize(
    "data", [b"[" * 100_000, b"{" * 100_000, b"{}", b"[]", b'{"items": 3}', b"", b"\xff\xfe"]
)
def test_what_holds_no_items_is_refused(data: bytes) -> None:
    with pytest.raises(SourceRefused, match=r"feed\.json: "):
        list(jsonfeed.read(feed(data)))


def test_a_feed_too_large_to_hold_is_refused() -> None:
    with pytest.raises(SourceRefused, match="larger than 50 MB"):
        list(jsonfeed.read(feed(START + b" " * 50_000_001)))


def test_many_escaped_quotes_without_an_end_are_read_once() -> None:
    (skipped,) = jsonfeed.read(feed(START + b'"' + b'\\"' * 1_000_000))
    assert skipped == Skipped("item 1", "the file ends inside it")


@pytest.mark.parametrize(
    "value",
    [
        {"posts": [{"content_html": "a WordPress or Ghost export"}]},
        {"items": [{"name": "some other list"}]},
        [{"version": "https://jsonfeed.org/version/1.1"}],
    ],
)
def test_other_json_is_not_taken_for_a_feed(value: object) -> None:
    assert not jsonfeed.sniff(feed(json.dumps(value).encode()))


def test_a_feed_with_a_byte_order_mark_is_recognised_and_read() -> None:
    source = feed("\ufeff".encode() + START + BEFORE[:-2] + b"]}")
    assert jsonfeed.sniff(source)
    assert [record.own_id for record in jsonfeed.read(source) if isinstance(record, RawPost)] == ["before"]
