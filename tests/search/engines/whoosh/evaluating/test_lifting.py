"""Posts score for themselves and for the best of their comments."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings, strategies

from search.engines.whoosh.columns.columns import Columns
from search.engines.whoosh.evaluating.hits import Hits
from search.engines.whoosh.evaluating.lifting import COMMENT_SHARE, Lifted, lift
from search.engines.whoosh.evaluating.numbering import Numbering
from tests.search.engines.whoosh.evaluating.made import made_index

DELETED = {(0, 2), (2, 0), (2, 5)}
"""Posts, by segment and document, that are deleted with their comments."""

SEGMENTS = made_index(3).segments

Matching = dict[tuple[int, int], float]
"""Scores of documents, by segment and document."""


@cache
def columns() -> Columns:
    deleted = []
    for number, segment in enumerate(SEGMENTS):
        gone = np.zeros(segment.documents, np.bool_)
        for document in range(segment.documents):
            gone[document] = (number, _post(number, document)) in DELETED
        deleted.append(gone)
    return Columns.join(SEGMENTS, deleted)


def _post(segment: int, document: int) -> int:
    part = SEGMENTS[segment].columns
    return document if document < part.posts else int(part.parents[document - part.posts])


def lifted_from(matching: Matching, columns: Columns) -> Lifted:
    numbering = Numbering.of(columns.segments)
    places = sorted(matching)
    documents = [numbering.starts[segment] + document for segment, document in places]
    scores = [matching[place] for place in places]
    return lift([Hits(np.array(documents, np.int32), np.array(scores, np.float32))], numbering, columns)


def matching() -> strategies.SearchStrategy[Matching]:
    documents = [
        (number, document) for number, segment in enumerate(SEGMENTS) for document in range(segment.documents)
    ]
    return strategies.dictionaries(
        strategies.sampled_from(documents), strategies.sampled_from((0.0, 1.0, 2.5))
    )


@settings(deadline=None)
@given(matching())
def test_a_post_scores_its_own_and_a_share_of_its_best_comments_score(found: Matching) -> None:
    own: dict[tuple[int, int], float] = {}
    best: dict[tuple[int, int], float] = {}
    for (segment, document), score in found.items():
        post = (segment, _post(segment, document))
        if post not in DELETED:
            kept = own if post[1] == document else best
            kept[post] = max(score, kept.get(post, 0.0))
    lifted = lifted_from(found, columns())
    expected = {post: own.get(post, 0.0) + COMMENT_SHARE * best.get(post, 0.0) for post in own | best}
    places = [columns().place(post) for post in lifted.posts.tolist()]
    assert dict(zip(places, lifted.scores.tolist(), strict=True)) == pytest.approx(expected)
    assert lifted.posts.tolist() == sorted(set(lifted.posts.tolist()))


@settings(deadline=None)
@given(matching())
def test_a_match_names_the_best_comments_and_counts_all(found: Matching) -> None:
    lifted = lifted_from(found, columns())
    for post in lifted.posts.tolist():
        segment, document = columns().place(post)
        part = columns().segments[segment]
        said = [
            (-score, other)
            for (number, other), score in found.items()
            if number == segment and other >= part.posts and _post(number, other) == document
        ]
        ids = [part.comment_ids[other - part.posts].decode() for _, other in sorted(said)]
        assert lifted.best_comments(post, columns()) == (ids[:3], len(ids))


def test_few_posts_of_many_ascend_too_and_deleted_ones_are_left_out() -> None:
    segments = made_index(4, (90, 60)).segments
    gone = np.zeros(segments[1].documents, np.bool_)
    gone[7] = True
    joined = Columns.join(segments, [None, gone])
    lifted = lifted_from({(0, 80): 1.0, (1, 7): 2.0, (1, 9): 3.0}, joined)
    scores = {joined.place(post): score for post, score in zip(lifted.posts, lifted.scores, strict=True)}
    assert scores == {(0, 80): 1.0, (1, 9): 3.0}
    assert lifted.posts.tolist() == sorted(lifted.posts.tolist())
