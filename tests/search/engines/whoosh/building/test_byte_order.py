"""Strings sorted as numbers: the order is that of their bytes, and equal ones are found equal."""

from __future__ import annotations

from bisect import bisect_left

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from search.engines.whoosh.building.byte_order import ranks

ALIKE = st.text("ab", max_size=20) | st.text("aé日\U0001f91e\ud800", max_size=9) | st.just("a" * 40 + "b")


@given(st.lists(ALIKE | st.text(st.characters(min_codepoint=1), max_size=30), max_size=40))
def test_a_string_ranks_after_all_that_sort_before_it(strings: list[str]) -> None:
    encoded = [string.encode("utf-8", "surrogatepass") for string in strings]
    lengths = np.array(list(map(len, encoded)), np.int64)
    starts = np.cumsum(lengths) - lengths
    in_order = sorted(encoded)
    found = ranks(b"".join(encoded), starts, lengths)
    assert found.tolist() == [bisect_left(in_order, string) for string in encoded]
