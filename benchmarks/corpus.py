"""A corpus of posts: a gzipped file of one JSON object a line."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any


def read_corpus(path: Path) -> Iterator[dict[str, Any]]:
    """The posts of a corpus: id, blog, title, date, authors, tags, body and its format."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)
