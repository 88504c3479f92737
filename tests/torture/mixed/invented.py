"""An archive of a realistic size that needs no other files: the sample, and posts made of its posts."""

from __future__ import annotations

from datetime import datetime, time
from html import escape
from pathlib import Path

from benchmarks.exports import Rendered, write_export
from benchmarks.generator import Model, generate
from search.archive import Archive
from search.model import Post
from tests.torture.warm import Warm

SAMPLE = Path(__file__).parents[3] / "indexer" / "sample"


def make_archive(warm: Warm, folder: Path, posts: int) -> Path:
    """Import the sample archive, and so many posts whose sentences are its; returns the data folder."""
    data = folder / "data"
    _import(warm, data, SAMPLE)
    if posts:
        export = folder / "made.wordpress.xml"
        made = generate(Model.of(all_posts(data)), posts)
        write_export("wxr", [_rendered(post) for post in made], export)
        _import(warm, data, export)
    return data


def _import(warm: Warm, data: Path, source: Path) -> None:
    ended = warm.run("reindex", "--quiet", "--data", data, source)
    assert ended.code == 0, ended.said


def all_posts(data: Path) -> list[Post]:
    """Every post of an archive; it is to be small."""
    with Archive.open(data) as archive:
        return [archive.post(listed.id).post for listed in archive.listing(0, archive.counts().posts)]


def _rendered(post: Post) -> Rendered:
    day = post.date.first_day if post.date else None
    return Rendered(
        id=post.id,
        title=f"{post.title} ({int(post.id)})",
        author=(*post.authors, "staff")[0],
        tags=post.tags,
        date=datetime.combine(day, time(12)) if day else None,
        body=f"<p>{escape(post.text)}</p>",
    )
