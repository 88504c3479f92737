"""Of several changes of one post the last one counts."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from search.engine import Change
from search.engines.whoosh.publishing.journal import Journal, outdated
from search.model import Blog, Post, PostWithComments

CHANGES = st.lists(st.tuples(st.sampled_from(["a", "b", "ça"]), st.booleans()), max_size=12)


def change(post_id: str, stays: bool) -> Change:
    content = PostWithComments(Post(post_id, Blog("Garden"), title="A post", text="text"))
    return Change(post_id, content if stays else None)


@given(CHANGES, st.randoms(use_true_random=False))
def test_what_is_left_is_what_applying_one_by_one_leaves(
    changes: list[tuple[str, bool]], chance: np.random.Generator
) -> None:
    journal = Journal(change(*each) for each in changes)
    versions = list(enumerate(content.post.id for content in journal.contents()))
    chance.shuffle(versions)  # segments have posts in any order
    ids = np.array([post_id.encode() for _, post_id in versions], np.bytes_)
    gone = outdated(ids, np.array([place for place, _ in versions], np.int64), journal.removed)
    left = {post_id: place for (place, post_id), is_gone in zip(versions, gone, strict=True) if not is_gone}
    expected: dict[str, int] = {}
    handed_on = 0
    for post_id, stays in changes:
        expected.pop(post_id, None)
        if stays:
            expected[post_id] = handed_on
            handed_on += 1
    assert left == expected
    assert np.count_nonzero(~gone) == len(expected)
