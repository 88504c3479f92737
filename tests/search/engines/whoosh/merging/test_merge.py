"""A merged segment is the segment of the posts that are left."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search.engines.whoosh.arrays import Bools
from search.engines.whoosh.merging import postings
from search.engines.whoosh.merging.merge import Content, merge
from search.engines.whoosh.segment.field import Field
from search.engines.whoosh.segment.segment import FIELDS, Segment
from tests.search.engines.whoosh.merging.made import Text, segment_of
from tests.search.engines.whoosh.segment.memory import MemoryField

WORDS = st.sampled_from(["the", "of", "rain", "rains", "rainss", "the", "snow", "zoë"])
BODIES = st.lists(WORDS, max_size=8).map(tuple)


@st.composite
def archives(draw: st.DrawFn) -> list[list[tuple[Text, bool]]]:
    """Segments of posts, and whether each post is deleted."""
    segments = []
    for segment in range(draw(st.integers(1, 3))):
        posts = [
            Text(
                post_id=f"{segment}.{number}",
                title=draw(BODIES),
                body=draw(BODIES),
                comments=draw(st.lists(BODIES, max_size=3).map(tuple)),
                tags=draw(st.sampled_from([(), ("War",), ("war", "Rain"), ("rain",)])),
            )
            for number in range(draw(st.integers(1, 4)))
        ]
        segments.append([(post, draw(st.booleans())) for post in posts])
    return segments


@pytest.fixture(autouse=True)
def in_small_portions(monkeypatch: pytest.MonkeyPatch) -> None:
    """So few postings are copied at once that even these segments take several steps."""
    monkeypatch.setattr(postings, "AT_ONCE", 3)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(archives())
def test_merging_is_building_what_is_left(archive: list[list[tuple[Text, bool]]]) -> None:
    segments = [segment_of([post for post, _ in posts]) for posts in archive]
    merged = merge(
        segments, [deleted(posts, segment) for posts, segment in zip(archive, segments, strict=True)]
    )
    anew = segment_of([post for posts in archive for post, is_deleted in posts if not is_deleted])
    for name in FIELDS:
        assert shown(fields_of(merged)[name]) == shown(anew.fields[name]), name
    assert merged.columns.arrays().keys() == anew.columns.arrays().keys()
    for name, array in anew.columns.arrays().items():
        np.testing.assert_array_equal(merged.columns.arrays()[name], array, err_msg=name)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(archives())
def test_words_in_the_documents_of_a_stem_have_none_of_their_own(
    archive: list[list[tuple[Text, bool]]],
) -> None:
    segments = [segment_of([post for post, _ in posts]) for posts in archive]
    merged = merge(segments, [None] * len(segments))
    words, stems = merged.fields["body_word"], fields_of(merged)["body"]
    of_stems = {tuple(stems.documents(number).tolist()) for number in range(len(stems))}
    assert words.same is not None
    for number, same in enumerate(words.same.tolist()):
        own = tuple(words.documents[words.starts[number] : words.starts[number + 1]].tolist())
        assert (same < 0) == bool(own)
        assert own not in of_stems


def test_a_word_shares_with_its_own_stem_rather_than_with_another_of_the_same_documents() -> None:
    posts = [Text("1", (), ("apples", "rains", "zebras"))]
    merged = merge([segment_of(posts)], [None])
    words, stems = merged.fields["body_word"], merged.fields["body"]
    assert words.same is not None
    assert [stems.terms[same] for same in words.same.tolist()] == [b"apple", b"rain", b"zebra"]


def test_nothing_may_be_left() -> None:
    merged = merge([segment_of([Text("1", ("rain",), ("the", "of"), (("snow",),))])], [np.ones(2, np.bool_)])
    assert (merged.columns.posts, merged.columns.comments) == (0, 0)
    assert all(len(field.terms) == 0 for field in merged.fields.values())


def deleted(posts: Sequence[tuple[Text, bool]], segment: Segment) -> Bools | None:
    """Which documents are, a post's comments with it; None where none is."""
    gone = np.array([is_deleted for _, is_deleted in posts])
    return np.concatenate([gone, gone[segment.columns.parents]]) if gone.any() else None


def fields_of(content: Content) -> dict[str, Field]:
    """The merged fields, to be asked."""
    fields: dict[str, Field] = {}
    for name, inverted in content.fields.items():
        fields[name] = MemoryField(inverted, fields.get(name.removesuffix("_word")))
    return fields


def shown(field: Field) -> object:
    """All that a field tells."""
    terms = field.terms(range(len(field)))
    numbers = range(len(field))
    counts = field.inverted().frequencies is not None
    return (
        field.lengths.tolist(),
        [(terms[number], field.documents(number).tolist()) for number in numbers],
        [field.frequencies(number).tolist() for number in numbers] if counts else None,
        [field.positions(number).places.tolist() for number in numbers] if counts else None,
    )
