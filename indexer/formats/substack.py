"""Substack's export: a zip with a table of the posts, and the text of each as a piece of HTML.

    posts.csv: post_id,post_date,is_published,email_sent_at,inbox_sent_at,type,audience,title,subtitle,…
    posts/123.first-things.html

`post_id` is the name of the text without `.html`, `type` is `newsletter`, `podcast`, `thread` or `page`. A
text is read with its row; the table itself gives the posts that have no text beside it. The export says
neither what the newsletter is called nor where it is: that is found by its texts' links to themselves and
by their buttons.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import PurePosixPath

from indexer.formats.bodies.substack_text import reading_text
from indexer.formats.format import Format
from indexer.formats.reading.csv_rows import CsvRow, columns, csv_rows
from indexer.formats.reading.text import read_text
from indexer.formats.substack_export import COLUMNS, Export, export_of
from indexer.record import RawBlog, RawPost, Skipped
from indexer.source import Source

_LARGEST = 10_000_000  # bytes
_TEXT_NAME = re.compile(r"(?:.*/)?\d+(?:\.[^/]*)?\.html", re.DOTALL)


def sniff(source: Source) -> bool:
    """The table by its columns; a text by its name, where the table is beside it."""
    if _TEXT_NAME.fullmatch(source.path):
        return export_of(source) is not None
    return columns(source) >= COLUMNS


def read(source: Source) -> Iterator[RawPost | Skipped]:
    """The post of a text; of the table, those without one."""
    export = export_of(source)
    if export and _TEXT_NAME.fullmatch(source.path):
        yield _with_text(source, export)
        return
    if source.neighbours is None:
        source.warn("the texts are not beside posts.csv: give the zip, or the folder that has both")
    for row in csv_rows(source):
        if isinstance(row, Skipped):
            yield row
        elif export is None or not export.has_text(row["post_id"]):
            yield _post(f"line {row.line}", row, export, "")
    source.companion = export is not None


def _with_text(source: Source, export: Export) -> RawPost | Skipped:
    row = export.rows.get(PurePosixPath(source.path).stem)
    if row is None:
        return Skipped(
            "the text", "posts.csv has no row for it, so that nothing says whether it was published"
        )
    return _post("the text", row, export, reading_text(read_text(source, _LARGEST)))


def _post(where: str, row: CsvRow, export: Export | None, body: str) -> RawPost:
    number, _, slug = row["post_id"].partition(".")
    address = export.address if export else ""
    return RawPost(
        where=where,
        blog=RawBlog(link=address),
        own_id=number,
        slug=slug,
        title=unescape(row["title"]),
        body=body,
        summary=unescape(row["subtitle"]),
        published=(row["post_date"],) if row["post_date"] else (),
        link=f"{address}p/{slug}" if address and slug else "",
        kind="page" if row["type"].lower() == "page" else "post",
        left_out="" if row["is_published"].lower() == "true" else "draft",
    )


FORMAT = Format(
    name="substack",
    title="Substack export",
    sniff=sniff,
    read=read,
    known_by="`posts.csv` by its columns, and the pieces of HTML that it names",
)
