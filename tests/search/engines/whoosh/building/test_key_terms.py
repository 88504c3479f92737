"""Key terms: few, telling, and the most telling first."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from search.engines.whoosh.building.inversion import invert
from search.engines.whoosh.building.key_terms import FEW, MOST, MOST_OF_FEW, key_terms
from search.engines.whoosh.building.tokens import Tokens


def chosen(documents: list[list[int]], posts: int, terms: int = 40) -> list[list[int]]:
    """The key terms of each post, by the numbers of its terms."""
    tokens = Tokens(
        np.array([term for document in documents for term in document], np.int32),
        np.array(list(map(len, documents)), np.int32),
    )
    starts, numbers = key_terms(invert([f"{term:02}".encode() for term in range(terms)], tokens), posts)
    return [numbers[start:end].tolist() for start, end in pairwise(starts)]


def test_what_is_rarer_or_more_frequent_comes_first() -> None:
    assert chosen([[0, 1, 2, 2], [0, 1], [0]], posts=3) == [[2, 1, 0], [1, 0], [0]]


def test_a_post_has_few_key_terms_and_of_equals_the_first() -> None:
    assert chosen([list(range(40)), [39]], posts=1) == [list(range(MOST_OF_FEW))]
    many = [list(range(40)), *([term] for term in range(40)), *([] for _ in range(FEW))]
    assert chosen(many, posts=1) == [list(range(MOST))]


def test_terms_of_one_document_or_of_many_tell_nothing_in_a_large_segment() -> None:
    documents = [[0] for _ in range(FEW)]
    documents[3] += [1, 2]
    documents[9] += [2]
    assert [each for each in chosen(documents, posts=FEW) if each] == [[2], [2]]


def test_comments_have_none_but_count() -> None:
    assert chosen([[0, 1], [1], [1]], posts=1) == [[0, 1]]


def test_posts_without_words_have_none() -> None:
    assert chosen([[], []], posts=2) == [[], []]
