"""A small made-up blog in a real archive: enough to search, filter, page and read."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from search.history import ImportRecord, SourceRecord
from search.layout import index_folder
from search.model import Blog, Comment, Origin, Period, Post
from search.writer import open_for_writing
from tests.web.made import DRONES, LEDGER

GARDEN = Blog("Garden Notes")

DRONES_THREAD = (
    Comment(
        "ccccccccccc2",
        DRONES.id,
        "Cy",
        Period.parse("2024-03-03T10:00:00Z"),
        "<p>I saw drones too.</p>",
        "I saw drones too.",
    ),
    Comment(
        "ddddddddddd2",
        DRONES.id,
        "",
        None,
        "<p>So did I, from the lighthouse.</p>",
        "So did I, from the lighthouse.",
        parent="ccccccccccc2",
    ),
)
EVIL = Post(
    id="eeeeeeeeeee2",
    blog=Blog("<script>alert('blog')</script>"),
    title="<script>alert('title')</script> evil",
    html="<p>evil &lt;script&gt;alert('body')&lt;/script&gt;</p>",
    text="evil <script>alert('body')</script>",
    summary="<img src=x onerror=alert('summary')>",
    authors=("<svg onload=alert('author')>",),
    tags=("\"><script>alert('tag')</script>",),
    date=Period.parse("2020-06"),
    link="javascript:alert('link')",
    publication="<b>publication</b>",
    reporters=("<i>reporter</i>",),
    language="en",
    origins=(Origin("title", "/secret/folder/<b>.txt", "<i>", 0.5),),
)
EVIL_COMMENT = Comment(
    "fffffffffff2",
    EVIL.id,
    "<b>Eve</b>",
    None,
    "<p>evil comment</p>",
    "evil comment <script>alert('comment')</script>",
    "javascript:alert(1)",
)
BARE = Post(
    id="bbbbbbbbbbb2",
    blog=LEDGER,
    html="<p>A few words and no more.</p>",
    text="A few words and no more.",
    language="en",
)


def _rose(number: int) -> Post:
    return Post(
        id=f"rose{number:07d}2".translate(str.maketrans("0189", "abcd")),
        blog=GARDEN,
        title=f"Roses, part {number}",
        html="<p>On <em>pruning</em> roses in the garden.</p>",
        text="On pruning roses in the garden.",
        authors=("Rosa Lind",) if number % 2 else ("Ann Ames", "Rosa Lind"),
        tags=("garden", f"rose {number}"),
        date=Period.parse(f"{2010 + number // 12}-{1 + number % 12:02d}-05"),
        link=f"https://garden.example/roses/{number}",
        language="en",
    )


POSTS = (DRONES, EVIL, BARE, *(_rose(number) for number in range(25)))
COMMENTS = (*DRONES_THREAD, EVIL_COMMENT)


def build(
    data: Path,
    posts: Iterable[Post] = POSTS,
    comments: Iterable[Comment] = COMMENTS,
    *,
    publish: bool = True,
) -> None:
    """Write an archive of these into the folder; unless told to `publish`, its index is lost again."""
    with open_for_writing(data) as writer:
        staging = writer.stage(SourceRecord("/tests/blog"))
        for post in posts:
            staging.put_post(post)
        for comment in comments:
            staging.put_comment(comment)
        staging.apply(keep_missing=False)
        writer.publish(ImportRecord(datetime(2025, 1, 1, tzinfo=UTC), {}))
    if not publish:
        shutil.rmtree(index_folder(data))
