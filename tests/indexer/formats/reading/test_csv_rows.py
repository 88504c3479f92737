from __future__ import annotations

from itertools import repeat

import pytest

from indexer.formats.reading.csv_rows import CsvRow, columns, csv_rows
from indexer.formats.reading.encoding import CHUNK_SIZE
from indexer.formats.reading.parser import TEXT_LIMIT
from indexer.formats.reading.scanner import RECORD_LIMIT
from indexer.record import Skipped
from search.errors import SourceRefused
from tests.indexer.formats.sources import source_of, source_of_pieces


def read(text: bytes) -> list[CsvRow | Skipped]:
    return list(csv_rows(source_of(text, "posts.csv")))


def values(text: bytes) -> list[dict[str, str]]:
    return [row.values for row in read(text) if isinstance(row, CsvRow)]


@pytest.mark.parametrize(
    "text",
    [
        b"a,b\n1,2\n",
        b"\xef\xbb\xbfA, b\r\n1,2\r\n",
        b"a;b\n1;2",
        b"a\tb\n\n1\t2\n\n",
        b'"a","b"\n"1","2"\n',
        b"a,b\r1,2\r",
        "a,b\n1,2\n".encode("utf-16"),
    ],
)
def test_a_table_is_read_however_it_was_written(text: bytes) -> None:
    assert values(text) == [{"a": "1", "b": "2"}]


def test_a_quoted_value_has_commas_quotes_and_lines() -> None:
    assert values(b'a,b\n"x, ""y""\nz",2\n3,4\n') == [{"a": 'x, "y"\nz', "b": "2"}, {"a": "3", "b": "4"}]


def test_a_row_says_in_which_line_it_ends() -> None:
    assert [row.line for row in read(b'a\n"x\ny"\nz\n') if isinstance(row, CsvRow)] == [3, 4]


def test_what_is_missing_is_empty() -> None:
    (row,) = read(b"a,b,c\n 1 ,2\n")
    assert isinstance(row, CsvRow)
    assert (row["a"], row["c"], row["d"]) == ("1", "", "")


def test_a_row_with_too_many_values_is_skipped_and_the_next_one_read() -> None:
    skipped, row = read(b"a,b\n1,2,3\n4,5\n")
    assert isinstance(skipped, Skipped)
    assert skipped.where == "line 2"
    assert isinstance(row, CsvRow)


def test_a_text_of_some_megabytes_is_a_value() -> None:
    assert values(b"a\n" + b"x" * 1_000_000 + b"\n") == [{"a": "x" * 1_000_000}]


def test_a_quote_that_never_ends_costs_rows_but_no_memory() -> None:
    lines = (b'a\n"', *repeat(b"line after line\n", TEXT_LIMIT // 8))
    assert any(isinstance(row, Skipped) for row in csv_rows(source_of_pieces(lambda: iter(lines))))


def test_a_line_too_long_to_be_held_is_refused() -> None:
    with pytest.raises(SourceRefused, match="too long"):
        list(csv_rows(source_of_pieces(lambda: repeat(b"x" * 1_000_000, RECORD_LIMIT // 1_000_000 + 2))))


def test_a_line_end_may_be_cut_by_the_end_of_a_piece() -> None:
    long = b"x" * (CHUNK_SIZE - 3)
    assert values(b"a\n" + long + b"\r\n2\r\n") == [{"a": long.decode()}, {"a": "2"}]


def test_a_first_line_that_names_nothing_is_refused() -> None:
    with pytest.raises(SourceRefused, match="name the columns"):
        list(csv_rows(source_of(b"x" * (TEXT_LIMIT + 1) + b"\n", "posts.csv")))


def test_the_columns_are_what_the_first_line_names() -> None:
    assert columns(source_of(b'\xef\xbb\xbfPost_ID, "Title"\r\n1,2\n', "x.csv")) == {"post_id", "title"}
    assert columns(source_of(b"", "x.csv")) == frozenset()
