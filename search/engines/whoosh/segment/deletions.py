"""Which documents of a segment are deleted, as a file beside it: a bit for each document."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from search.engines.whoosh.arrays import Bools, Ints
from search.engines.whoosh.segment.array_file import read_arrays, write_arrays
from search.engines.whoosh.segment.columns import SegmentColumns


def with_comments(posts: Ints, columns: SegmentColumns) -> Bools:
    """The documents that go when these posts do, by document number: themselves, and their comments."""
    gone = np.zeros(columns.posts, np.bool_)
    gone[posts] = True
    return np.concatenate([gone, gone[columns.parents]])


def write_deletions(path: Path, deleted: Bools) -> None:
    """Write a new file; raises `FileExistsError` where there is one."""
    write_arrays(path, {"deleted": np.packbits(deleted)}, {"documents": len(deleted)})


def read_deletions(path: Path, documents: int) -> Bools:
    """Read what was written for a segment of so many documents; raises `OSError` or `ValueError`."""
    file = read_arrays(path)
    if file.fact("documents") != documents:
        raise ValueError(f"{path} is not of a segment with {documents:,} documents")
    bits = file.array("deleted", "u", count=-(-documents // 8))
    return np.unpackbits(bits.astype(np.uint8), count=documents).view(np.bool_)
