"""A dictionary finds terms where they lie, also in the part that a field has of it."""

from __future__ import annotations

from bisect import bisect_left

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.engines.whoosh.segment.terms.dictionary import Dictionary
from search.engines.whoosh.segment.terms.part import Part

DIGITS = st.text("0123456789abcdef", min_size=1, max_size=300)
WORDS = st.text("abé", min_size=0, max_size=6) | DIGITS | st.text("xy", min_size=40, max_size=500)


@given(st.lists(WORDS.map(str.encode), unique=True, max_size=80).map(sorted), st.data())
@settings(deadline=None)
def test_terms_are_found_where_bisecting_a_list_finds_them(terms: list[bytes], data: st.DataObject) -> None:
    dictionary = Dictionary.of(terms)
    assert dictionary.terms(range(len(terms))) == terms
    for term in [*terms, data.draw(WORDS).encode()]:
        assert dictionary.first_from(term) == bisect_left(terms, term)
        assert dictionary.find(term) == (terms.index(term) if term in terms else -1)
    start, stop = sorted(data.draw(st.tuples(*[st.integers(0, len(terms))] * 2)))
    assert dictionary.terms(range(start, stop)) == terms[start:stop]


@pytest.mark.parametrize("step", [1, 3, 700])
def test_a_part_numbers_its_own_terms(step: int) -> None:
    every = [b"%05d" % number for number in range(2_048)]
    some = every[::step]
    part = Part.of(Dictionary.of(every), every, some)
    assert part.terms(range(len(some))) == some
    assert part.terms(range(1, len(some) // 2)) == some[1 : len(some) // 2]
    for number, term in enumerate(every):
        assert part.find(term) == (some.index(term) if number % step == 0 else -1)
        assert part.first_from(term) == bisect_left(some, term)
    assert part.first_from(b"~") == len(some)


def test_a_term_that_is_too_long_is_refused() -> None:
    with pytest.raises(ValueError, match="65,536 bytes"):
        Dictionary.of([b"x" * 65_536])


def test_a_part_of_more_terms_than_there_are_is_refused() -> None:
    every = [b"%05d" % number for number in range(10)]
    whole = Part.of(Dictionary.of(every), every, every).arrays("part")
    bits = whole["part.bits"].copy()
    bits[-1] |= 1 << 7  # where no term is
    part = Part(Dictionary.of(every), bits, whole["part.before"], 11)
    with pytest.raises(ValueError, match="not the terms"):
        part.terms(range(11))
