"""Pairs of common stems: where one follows the other, within a document."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from search.engines.whoosh.building import pairs
from search.engines.whoosh.building.builder import build_segments
from search.engines.whoosh.segment.files import read_segment
from search.text.words import terms
from tests.search.engines.whoosh.building.contents import Occurrences, bodies, held, some_posts


def test_pairs_are_the_neighbours_among_the_common_stems(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pairs, "WORTH_PAIRS", 10)
    monkeypatch.setattr(pairs, "COMMON", 5)
    contents = some_posts(80)
    (built,) = build_segments(contents, tmp_path, jobs=1, megabytes=512)
    segment = read_segment(built.path)
    common = {stem.decode() for stem in segment.common}
    assert len(common) == 5
    expected: Occurrences = {}
    for document, (text, language) in enumerate(bodies([contents[place] for place in built.order.tolist()])):
        found = terms(text, language)
        for position, (one, next_one) in enumerate(pairwise(found)):
            if one in common and next_one in common:
                places = expected.setdefault(f"{one} {next_one}", {}).setdefault(document, [])
                places.append(position)
    assert held(segment.fields["body_pair"]) == expected


def test_a_small_segment_has_no_pairs(tmp_path: Path) -> None:
    (built,) = build_segments(some_posts(80), tmp_path, jobs=1, megabytes=512)
    segment = read_segment(built.path)
    assert (segment.common, len(segment.fields["body_pair"])) == (frozenset(), 0)
