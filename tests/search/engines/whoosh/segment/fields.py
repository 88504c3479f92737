"""Random fields, and segments of them, for tests of what is written and read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from hypothesis import strategies as st
from numpy.typing import NDArray

from search.engines.whoosh.segment.columns import SegmentColumns
from search.engines.whoosh.segment.files import read_segment, write_segment
from search.engines.whoosh.segment.inverted import Inverted
from search.engines.whoosh.segment.row import Row
from search.engines.whoosh.segment.segment import Segment
from search.request import KEYWORD_FACETS

Occurrence = tuple[int, bytes, int]
"""Document, term and position."""


def inverted(occurrences: Iterable[Occurrence], documents: int) -> Inverted:
    """A field with positions, by the plainest way there is."""
    places: dict[bytes, dict[int, set[int]]] = defaultdict(lambda: defaultdict(set))
    for document, term, position in occurrences:
        places[term][document].add(position)
    terms = sorted(places)
    postings = [
        (document, sorted(places[term][document])) for term in terms for document in sorted(places[term])
    ]
    lengths = np.zeros(documents, np.int32)
    for document, at in postings:
        lengths[document] += len(at)
    return Inverted(
        terms=terms,
        starts=np.cumsum([0, *(len(places[term]) for term in terms)]).astype(np.int64),
        documents=_array(document for document, _ in postings),
        lengths=lengths,
        frequencies=_array(len(at) for _, at in postings),
        positions=_array(position for _, at in postings for position in at),
    )


def words_of(field: Inverted, same: Iterable[int]) -> Inverted:
    """A field of documents only, some of whose terms are like those terms of another field."""
    own = [-1 if number % 2 else number for number in same]
    have = np.where(np.array(own) >= 0, 0, np.diff(field.starts))
    chosen = np.repeat(np.array(own) < 0, np.diff(field.starts))
    return Inverted(
        terms=[term + b"\0" for term in field.terms],  # in the same order
        starts=np.cumsum([0, *have]).astype(np.int64),
        documents=field.documents[chosen],
        lengths=field.lengths,
        same=_array(own),
    )


@st.composite
def random_fields(draw: st.DrawFn) -> Inverted:
    """Fields of few and of many documents, with terms that are rare and terms that are all over."""
    documents = draw(st.sampled_from([1, 2, 5, 40, 300, 3_000]))
    furthest = draw(st.sampled_from([1, 30, 2_000, 70_000]))
    digits = st.text("0123456789abcdef", max_size=70).map(str.encode)
    words = draw(st.lists(st.binary(max_size=20) | digits | st.binary(min_size=3, max_size=3), max_size=40))
    random = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    occurrences: list[Occurrence] = []
    for word in dict.fromkeys(words):
        times = int(random.choice([1, 2, 10, 22, 23, 100, 1_000]))
        chosen = random.integers(0, random.integers(1, documents + 1), times).tolist()
        occurrences += zip(chosen, [word] * times, random.integers(0, furthest, times).tolist(), strict=True)
    return inverted(occurrences, documents)


def columns(posts: int) -> SegmentColumns:
    """Columns of posts of which nothing is known but their number."""
    values: dict[str, dict[str, str]] = {facet: {} for facet in KEYWORD_FACETS}
    rows = [Row(f"{post:05}", "", 0, 0, 0, 0, values, (), ()) for post in range(posts)]
    return SegmentColumns.of(rows, np.zeros(posts + 1, np.int64), np.zeros(0, np.int64))


def segment_file(folder: Path, body: Inverted, body_word: Inverted) -> Path:
    """A segment of which nothing but these fields is of interest."""
    title = inverted([(0, b"title", 0)], len(body.lengths))
    fields = {"title": title, "body": body, "title_word": words_of(title, [0]), "body_word": body_word}
    path = folder / "some.segment"
    write_segment(path, {**fields, "body_pair": body}, columns(len(body.lengths)), [b"of", b"the"])
    return path


def written(body: Inverted, body_word: Inverted) -> Segment:
    """A segment with these fields that was written and read again; its file is gone, but still mapped."""
    with TemporaryDirectory() as folder:
        return read_segment(segment_file(Path(folder), body, body_word))


def _array(numbers: Iterable[int]) -> NDArray[np.int32]:
    return np.array(list(numbers), np.int32)
