"""What tells a record from one that differs in anything."""

from __future__ import annotations

import hashlib

from search.rows import Row


def digest(*values: object) -> bytes:
    """16 bytes that are the same for the same values, which are what `repr` tells of them."""
    return hashlib.blake2b(repr(values).encode("utf-8"), digest_size=16).digest()


def content_digest(row: Row) -> bytes:
    """The same for posts in which a reader finds the same, wherever in their sources that stands.

    One post more at its beginning moves all others of an export, which changes none of them.
    """
    origins = [[field, source, confidence] for field, source, _, confidence in row["origins"]]
    return digest(row | {"origins": origins})
