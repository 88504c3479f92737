"""Key terms are those of a post, whatever a file says."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from search.engines.whoosh.reading.vectors import vector
from search.engines.whoosh.segment.segment import Segment
from tests.search.engines.whoosh.inverting import Written, segment_of


def segment(*key_terms: int) -> Segment:
    """A post with the terms `rain` and `snow`, then one with `hail`; of the first, these are key terms."""
    whole = segment_of("a", [Written(body=("rain", "snow", "snow")), Written(body=("hail",))])
    starts = np.array([0, len(key_terms), len(key_terms)], np.uint8)
    columns = replace(whole.columns, key_starts=starts, key_terms=np.array(key_terms, np.uint8))
    return replace(whole, columns=columns)


def test_key_terms_come_with_how_often_they_are_there() -> None:
    assert vector(segment(2, 1), 0, "body") == {b"snow": 2, b"rain": 1}
    assert vector(segment(2, 1), 1, "body") == {}


@pytest.mark.parametrize("lie", [0, 3, 200])
def test_key_terms_that_a_post_does_not_have_are_refused(lie: int) -> None:
    with pytest.raises(ValueError, match="key term"):
        vector(segment(lie), 0, "body")
