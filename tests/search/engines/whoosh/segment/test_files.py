"""A segment on disk answers like the fields in memory that it was written from."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.engines.whoosh.segment.field import Field
from search.engines.whoosh.segment.files import read_segment
from search.engines.whoosh.segment.inverted import Inverted
from tests.search.engines.whoosh.segment.fields import (
    inverted,
    random_fields,
    segment_file,
    words_of,
    written,
)
from tests.search.engines.whoosh.segment.memory import MemoryField


@given(random_fields())
@settings(deadline=None, max_examples=30)
def test_terms_are_found_and_listed(body: Inverted) -> None:
    field, memory = written(body, words_of(body, range(len(body.terms)))).fields["body"], MemoryField(body)
    assert len(field) == len(memory)
    assert field.terms(range(len(field))) == list(body.terms)
    assert field.terms(range(1, max(len(field) - 1, 1))) == list(body.terms[1:-1])
    for term in [
        *body.terms,
        b"",
        b"\xff" * 3,
        *(term[:-1] for term in body.terms),
        *(b"%ba" % term for term in body.terms),
    ]:
        assert field.find(term) == memory.find(term)
        assert field.first_from(term) == memory.first_from(term)


@given(random_fields())
@settings(deadline=None, max_examples=30)
def test_postings_are_those_that_were_written(body: Inverted) -> None:
    words = words_of(body, range(len(body.terms)))
    fields, memory = written(body, words).fields, MemoryField(body)
    _assert_same(fields["body"], memory)
    _assert_same(fields["body_word"], MemoryField(words, memory))


@given(random_fields())
@settings(deadline=None, max_examples=30)
def test_positions_are_read_for_all_documents_or_for_some(body: Inverted) -> None:
    field, memory = written(body, words_of(body, range(len(body.terms)))).fields["body"], MemoryField(body)
    for number in range(len(memory)):
        have = len(memory.documents(number))
        for step in (1, 3, 10, have):
            postings = np.arange(have - 1, -1, -step)[::-1]
            found, expected = field.positions(number, postings), memory.positions(number, postings)
            assert found.starts.tolist() == expected.starts.tolist()
            assert found.places.tolist() == expected.places.tolist()
        assert field.positions(number).places.tolist() == memory.positions(number).places.tolist()
        assert field.positions(number, np.zeros(0, np.int64)).starts.tolist() == [0]


@pytest.mark.parametrize("documents", [1, 200, 9_000])
def test_positions_of_a_very_common_term_are_read_for_some_documents(documents: int) -> None:
    random = np.random.default_rng(documents)
    chosen = zip(random.integers(0, documents, 30_000), random.integers(0, 60_000, 30_000), strict=True)
    body = inverted([(int(document), b"the", int(place)) for document, place in chosen], documents)
    field, memory = written(body, words_of(body, [0])).fields["body"], MemoryField(body)
    have = len(memory.documents(0))
    for postings in ([0], [have - 1], range(0, have, 4), range(0, have, 97), range(have)):
        found, expected = (each.positions(0, np.array(postings)) for each in (field, memory))
        assert found.starts.tolist() == expected.starts.tolist()
        assert found.places.tolist() == expected.places.tolist()


@given(random_fields())
@settings(deadline=None, max_examples=30)
def test_a_field_read_as_a_whole_is_what_was_written(body: Inverted) -> None:
    words = words_of(body, range(len(body.terms)))
    fields = written(body, words).fields
    for name, given_field in (("body", body), ("body_word", words)):
        found = fields[name].inverted()
        assert list(found.terms) == list(given_field.terms)
        for part in ("starts", "documents", "lengths", "frequencies", "positions", "same"):
            one, other = getattr(found, part), getattr(given_field, part)
            assert (one is None) == (other is None)
            assert one is None or one.tolist() == other.tolist()


@given(random_fields(), st.data())
@settings(deadline=None, max_examples=150)
def test_a_damaged_file_gives_an_answer_or_a_value_error(body: Inverted, data: st.DataObject) -> None:
    with TemporaryDirectory() as folder:
        path = segment_file(Path(folder), body, words_of(body, range(len(body.terms))))
        content = bytearray(path.read_bytes())
        header = 16 + int.from_bytes(content[8:16], "little")
        for _ in range(data.draw(st.integers(1, 5))):
            content[data.draw(st.integers(header, len(content) - 1))] = data.draw(st.integers(0, 255))
        path.write_bytes(content)
        try:
            fields = read_segment(path).fields
        except ValueError:
            return
    _ask_everything(fields["body"], counted=True)
    _ask_everything(fields["body_word"], counted=False)


def test_a_field_without_positions_says_so() -> None:
    body = inverted([(0, b"word", 3)], 2)
    with pytest.raises(LookupError):
        written(body, words_of(body, [0])).fields["body_word"].positions(0)


def test_a_segment_is_named_like_its_file_and_knows_its_common_stems(tmp_path: Path) -> None:
    body = inverted([(0, b"word", 3)], 2)
    segment = read_segment(segment_file(tmp_path, body, words_of(body, [0])))
    assert (segment.name, segment.documents) == ("some", 2)
    assert segment.common == frozenset({b"of", b"the"})


def _assert_same(field: Field, memory: Field) -> None:
    numbers = range(len(memory))
    assert field.lengths.tolist() == memory.lengths.tolist()
    assert field.document_frequencies(numbers).tolist() == memory.document_frequencies(numbers).tolist()
    for number in numbers:
        assert field.documents(number).dtype == np.int32
        assert field.documents(number).tolist() == memory.documents(number).tolist()
        assert field.frequencies(number).tolist() == memory.frequencies(number).tolist()
    for some in (numbers, numbers[::3], numbers[2:5]):
        assert field.documents_of_any(some).tolist() == memory.documents_of_any(some).tolist()


def _ask_everything(field: Field, *, counted: bool) -> None:
    """Ask all there is: what is damaged may be refused, and nothing else may happen."""
    for number in range(len(field)):
        with suppress(ValueError):
            found = field.documents(number)
            assert not len(found) or 0 <= found.min() <= found.max() < len(field.lengths)
        with suppress(ValueError):
            field.frequencies(number)
        with suppress(ValueError):
            field.document_frequencies([number])
        for postings in (None, np.zeros(1, np.int64)) if counted else ():
            with suppress(ValueError):
                field.positions(number, postings)
    for term in (b"", b"word", b"\xff"):
        with suppress(ValueError):
            field.find(term)
        with suppress(ValueError):
            field.first_from(term)
    with suppress(ValueError):
        field.terms(range(len(field)))
    with suppress(ValueError):
        field.documents_of_any(range(len(field)))
    with suppress(ValueError):
        field.inverted()
