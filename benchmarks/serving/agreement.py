"""Whether two servers find the same: a faster answer to another question is no comparison."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any
from urllib.request import urlopen


def agreement(port: int, paths: Sequence[str], other: int, others: Sequence[str]) -> float:
    """The share of searches in which Datasette, at the `other` port, finds as many posts, give or take 2 %.

    The two stem words by other rules, so that a few posts make no difference to the work.
    """
    same = 0
    for path, there in zip(paths, others, strict=True):
        ours, theirs = _document(port, path)["total"], _document(other, there)["filtered_table_rows_count"]
        same += abs(ours - theirs) <= max(1, 0.02 * theirs)
    return same / len(paths)


def _document(port: int, path: str) -> Any:
    with urlopen(f"http://127.0.0.1:{port}{path}", timeout=60) as answer:
        return json.load(answer)
