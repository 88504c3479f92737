"""Which segments are merged when: sizes in powers, so that every document is merged a few times only.

The idea is that of Lucene's `LogMergePolicy` and `TieredMergePolicy`: segments of about one size are on one
tier, and when a tier has `TIER` of them they become one segment of the tier above. An archive of n documents
then has about `TIER · log(n)` segments, and a document is rewritten once a tier. As there, everything up to a
floor counts as one size, and a segment loses its deleted documents when they are too many.

- What is smaller than `FLOOR` is so cheap to merge that there is never more than one such segment: a small
  archive is one segment.
- Nothing is merged beyond `MOST_DOCUMENTS`, for numbers of documents have 16 bits on disk, nor beyond what
  memory is enough for.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

MOST_DOCUMENTS: Final = 65_536
"""Documents of a merged segment at most."""

FLOOR: Final = 2_048
"""Segments with fewer documents are all of one size, the smallest."""

TIER: Final = 4
"""How many segments of one size become one, and by how many times a tier's segments outgrow those below."""

MOST_DELETED: Final = 0.2
"""A segment is written anew when a larger share of its documents is deleted."""


@dataclass(frozen=True, slots=True)
class Size:
    """How many documents a segment has, deleted ones included; how many are; the bytes of its file."""

    documents: int
    deleted: int = 0
    size: int = 0

    @property
    def live(self) -> int:
        """The documents that are not deleted."""
        return self.documents - self.deleted

    @property
    def tier(self) -> int:
        """0 below the floor, then one more at each power of `TIER`."""
        tier, bound = 0, FLOOR
        while self.live >= bound:
            tier, bound = tier + 1, bound * TIER
        return tier

    @property
    def wasteful(self) -> bool:
        """Whether too many documents are deleted."""
        return self.deleted > MOST_DELETED * self.documents


def merges(sizes: Sequence[Size], most_bytes: int = sys.maxsize) -> list[tuple[int, ...]]:
    """Which segments become one segment, by their places in `sizes`, ascending.

    A group of one is a segment to be written without its deleted documents. Segments in no group stay as
    they are. What becomes of a group may be merged in turn: then they are one group at once. Several segments
    are one group only where they have at most so many bytes together.
    """
    groups: dict[tuple[int, ...], Size] = {(place,): size for place, size in enumerate(sizes)}
    while chosen := _next(groups, most_bytes):
        merged = tuple(sorted(place for group in chosen for place in group))
        parts = [groups.pop(group) for group in chosen]
        groups[merged] = Size(sum(part.live for part in parts), size=sum(part.size for part in parts))
    return sorted(group for group in groups if len(group) > 1 or sizes[group[0]].wasteful)


def _next(groups: dict[tuple[int, ...], Size], most_bytes: int) -> list[tuple[int, ...]]:
    """Groups to merge with each other: of the lowest tier that has too many, the smallest that fit."""
    tiers: dict[int, list[tuple[int, ...]]] = {}
    for group in sorted(groups, key=lambda group: groups[group].live):
        tiers.setdefault(groups[group].tier, []).append(group)
    for tier in sorted(tiers):
        crowded = len(tiers[tier]) >= (TIER if tier else 2)
        chosen = _fitting(tiers[tier], groups, most_bytes)
        if crowded and len(chosen) > 1:
            return chosen
    return []


def _fitting(
    candidates: Iterable[tuple[int, ...]], groups: dict[tuple[int, ...], Size], most_bytes: int
) -> list[tuple[int, ...]]:
    chosen: list[tuple[int, ...]] = []
    documents, size = 0, 0
    for group in candidates:
        documents, size = documents + groups[group].live, size + groups[group].size
        if documents > MOST_DOCUMENTS or size > most_bytes:
            break
        chosen.append(group)
    return chosen
