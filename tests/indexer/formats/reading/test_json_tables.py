from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import BinaryIO, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.formats.reading.json_tables import Row, rows
from indexer.formats.reading.scanner import RECORD_LIMIT
from indexer.record import Skipped
from indexer.source import Source
from tests.indexer.formats.sources import Pieces, source_of

WITHIN = (("db", "", "data"), ("data",))


def cut(text: str, *tables: str) -> list[Row]:
    return list(rows(source_of(text.encode(), "export.json"), tables or ("posts",), WITHIN))


def in_pieces(pieces: Callable[[], Iterator[bytes]]) -> Source:
    return Source("export.json", lambda: cast(BinaryIO, Pieces(pieces())))


def test_rows_come_in_the_order_of_the_source_from_the_tables_asked_for() -> None:
    text = '{"data": {"tags": [{"id": "t"}], "x": [[{"posts": [1]}]], "posts": [{"id": "a"}, [1, "b"], "c"]}}'
    assert cut(text, "posts", "tags") == [
        Row("tags", 1, {"id": "t"}),
        Row("posts", 1, {"id": "a"}),
        Row("posts", 2, ["1", "b"]),
        Row("posts", 3, "c"),
    ]


def test_a_table_of_the_same_name_elsewhere_is_not_read() -> None:
    assert (
        cut('{"posts": [1], "meta": {"posts": [2]}, "data": {"x": {"posts": [3]}, "posts": {"posts": [4]}}}')
        == []
    )


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"data": {"posts": []}}', '{"data": []}', "not JSON", "]}]}"]
)
def test_what_has_no_rows_gives_none(text: str) -> None:
    assert cut(text) == []


def test_a_bad_row_is_skipped_and_the_next_one_read() -> None:
    found = cut('{"data": {"posts": [{"a": oops, "b": "]}"}, {"id": "b"}]}}')
    assert isinstance(found[0].value, Skipped)
    assert found[1:] == [Row("posts", 2, {"id": "b"})]


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ('{"data": {"posts": [{"id": "a', "posts, row 1"),
        ('{"data": {"posts": [{"id": "a"}, {"', "posts, row 2"),
        ('{"data": {"posts": [{"id": "a"}], "tags"', "the end"),
    ],
)
def test_where_the_file_breaks_off_is_told(text: str, where: str) -> None:
    assert cut(text)[-1].value == Skipped(where, "the file breaks off here")


@given(st.lists(st.text(alphabet='ab"\\[]{},:\n é'), max_size=5), st.integers(1, 30))
def test_it_does_not_matter_where_the_pieces_of_a_stream_end(texts: list[str], size: int) -> None:
    posts = [{"id": text, "inner": [text, {text: text}]} for text in texts]
    data = json.dumps({"db": [{"meta": {"x,": "]"}, "data": {"posts": posts}}]}).encode()
    source = in_pieces(lambda: (data[start : start + size] for start in range(0, len(data), size)))
    assert [row.value for row in rows(source, ["posts"], WITHIN)] == posts


@pytest.mark.parametrize("large", ['"%s"', '["%s", 1]', '{"a": [%s]}'])
def test_a_row_too_large_to_hold_is_skipped_and_the_next_one_read(large: str) -> None:
    before, after = large.split("%s")

    def pieces() -> Iterator[bytes]:
        yield b'{"data": {"posts": [' + before.encode()
        for _ in range(RECORD_LIMIT // 1_000_000 + 3):
            yield b'1,\\"' * 250_000 if before.endswith('"') else b"1,11" * 250_000
        yield b"1" + after.encode() + b', {"id": "next"}]}}'

    skipped, following = rows(in_pieces(pieces), ["posts"], WITHIN)
    assert skipped.value == Skipped("posts, row 1", "larger than 16 MB")
    assert following == Row("posts", 2, {"id": "next"})
