"""Posts to measure with: read from a corpus, and kept in a file that every process can stream."""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from benchmarks.corpus import read_corpus
from indexer.normalise.bodies.markup import read_text
from indexer.record import Markup
from search.model import Blog, InvalidPeriod, Period, Post, Precision
from search.text.words import fold


def corpus_posts(corpus: Path, most: int | None = None, seed: int = 1) -> list[Post]:
    """The posts of a corpus as plain text; with `most`, that many of them drawn at random."""
    records = list(read_corpus(corpus))
    if most is not None and most < len(records):
        records = random.Random(seed).sample(records, most)
    return [_post(record) for record in records]


def numbered(posts: Iterable[Post]) -> Iterator[Post]:
    """The posts with their numbers, from 1, as ids: 12 digits, which peers can keep as whole numbers."""
    for number, post in enumerate(posts, 1):
        yield replace(post, id=f"{number:012}")


def save(posts: Iterable[Post], target: Path) -> int:
    """Write posts as JSON, one a line; returns how many."""
    count = 0
    with target.open("w", encoding="utf-8") as out:
        for post in posts:
            out.write(json.dumps(_as_json(post), ensure_ascii=False) + "\n")
            count += 1
    return count


def load(source: Path) -> Iterator[Post]:
    """Stream the posts that `save` wrote."""
    with source.open(encoding="utf-8") as lines:
        for line in lines:
            yield _from_json(json.loads(line))


def _post(record: dict[str, Any]) -> Post:
    markup = Markup.HTML if record.get("format") == "html" else Markup.MARKDOWN
    return Post(
        id=record["id"],
        blog=Blog(_value(record["blog"])),
        title=record["title"] or "",
        text=read_text(record["body"], markup),
        authors=_values(record["authors"]),
        tags=_values(record["tags"]),
        date=_day(record["date"]),
        language="en",  # peers know one language at a time
    )


def _value(text: str) -> str:
    # Here a facet's values are those that fold alike; peers would count each spelling for itself.
    return " ".join(fold(text).split())


def _values(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for text in texts if (value := _value(text))))


def _day(text: str | None) -> Period | None:
    """The day of a date: what all engines can filter, sort and count by."""
    try:
        period = Period.parse(text[:10]) if text else None
    except InvalidPeriod:
        return None
    return period if period and period.precision is Precision.DAY else None


def _as_json(post: Post) -> dict[str, object]:
    return {
        "id": post.id,
        "blog": post.blog.name,
        "title": post.title,
        "text": post.text,
        "authors": post.authors,
        "tags": post.tags,
        "date": str(post.date) if post.date else None,
    }


def _from_json(values: dict[str, Any]) -> Post:
    return Post(
        id=values["id"],
        blog=Blog(values["blog"]),
        title=values["title"],
        text=values["text"],
        authors=tuple(values["authors"]),
        tags=tuple(values["tags"]),
        date=_day(values["date"]),
        language="en",
    )
