"""beehiiv's table of posts (CSV), of which `content_html` is the e-mail that was sent.

    id,web_title,status,audience,content_tags,url,web_subtitle,email_subject_line,email_preview_text,content_html,
    thumbnail_url,created_at

`status` is `draft`, `confirmed` or `archived`, `content_tags` are separated by semicolons. The post stands in
the e-mail's element `content-blocks`, between what every e-mail of the newsletter has around it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser

from indexer.formats.format import Format
from indexer.formats.pages.elements import inner_html, remove
from indexer.formats.reading.csv_rows import CsvRow, columns, csv_rows
from indexer.formats.reading.links import is_absolute
from indexer.normalise.bodies.nesting import shallow
from indexer.record import Hint, RawBlog, RawPost, Skipped
from indexer.source import Source

_COLUMNS = frozenset({"web_title", "status", "content_html"})
_LEFT_OUT = {"confirmed": "", "published": "", "": ""}
_DATES = ("published_at", "publish_date", "displayed_date")
_HINTS = {"scheduled_at": "when it was to be published", "created_at": "when it was created"}

_FURNITURE = (
    '[style*="display:none"], [style*="display: none"], [data-open-tracking], table.mob-block,'
    " table.rec__content, td.b, td.f"
)
"""Hidden text, the counting of readers, share links, advertisements, how to unsubscribe, "Read online"."""

_VARIABLE = re.compile(
    r"\{\{\s*\w{1,60}\s*\}\}"
)  # what stands for the name and address of whom it is sent to


def sniff(source: Source) -> bool:
    """A table with beehiiv's columns."""
    return columns(source) >= _COLUMNS


def read(source: Source) -> Iterator[RawPost | Skipped]:
    """The posts in the order of the table."""
    for row in csv_rows(source):
        yield row if isinstance(row, Skipped) else _post(row)


def _post(row: CsvRow) -> RawPost:
    link = row["url"] if is_absolute(row["url"]) else ""
    status = row["status"].lower()
    return RawPost(
        where=f"line {row.line}",
        blog=RawBlog(link="{0.scheme}://{0.netloc}/".format(urlsplit(link)) if link else ""),
        own_id=row["id"],
        slug=link.rstrip("/").rpartition("/p/")[2] if "/p/" in link else "",
        title=unescape(row["web_title"] or row["email_subject_line"]),
        body=_body(row["content_html"], row["web_title"]),
        summary=unescape(row["web_subtitle"] or row["email_preview_text"]),
        tags=tuple(tag.strip() for tag in row["content_tags"].split(";") if tag.strip()),
        published=tuple(filter(None, (row[name] for name in _DATES))),
        published_hints=tuple(Hint(row[name], where, 0.8) for name, where in _HINTS.items() if row[name]),
        link=link,
        left_out=_LEFT_OUT.get(status, status),
    )


def _body(html: str, title: str) -> str:
    """The post without what the e-mail has around it and, as its first heading, its title."""
    # A row of a table outside of one is none to a parser: such a fragment is its own text.
    tree = LexborHTMLParser(shallow(html))
    blocks = tree.css_first("#content-blocks")
    post = blocks if blocks is not None and blocks.text().strip() else tree.body
    if post is None:
        return ""
    remove(post, _FURNITURE)
    heading = post.css_first("h1")
    if heading is not None and " ".join(heading.text().split()) == " ".join(title.split()):
        heading.decompose()
    return _VARIABLE.sub("", inner_html(post))


FORMAT = Format(
    name="beehiiv",
    title="beehiiv posts",
    sniff=sniff,
    read=read,
    known_by="a table (CSV) with the columns `web_title`, `status` and `content_html`",
)
