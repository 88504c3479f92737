"""JSON Feed 1.0 and 1.1 (https://www.jsonfeed.org): the newest posts of a blog as one JSON object.

    {"version": "https://jsonfeed.org/version/1.1", "title": ..., "home_page_url": ..., "language": ...,
     "authors": [{"name": ...}],
     "items": [{"id": ..., "url": ..., "title": ..., "content_html" or "content_text": ..., "summary": ...,
                "date_published": ..., "date_modified": ..., "tags": [...], "authors": [{"name": ...}]}]}

Version 1.0 has one `author` in place of `authors`. What is of a wrong type is read as if it was missing.
"""

from __future__ import annotations

from collections.abc import Iterator

from indexer.formats.format import Format
from indexer.formats.reading.json_list import Json, NotJson, load_list, text_of
from indexer.formats.reading.links import absolute, is_absolute
from indexer.formats.reading.text import read_text
from indexer.record import Markup, RawBlog, RawPost, Skipped
from indexer.source import Source
from search.errors import SourceRefused
from search.model import Standing

_LARGEST = 50_000_000  # bytes; a feed of 1,000 whole posts has a tenth of that
_VERSION = "//jsonfeed.org/version/"
_OWN_NAMES = (b'"content_html"', b'"content_text"', b'"date_published"', b'"home_page_url"')
_LONGEST_ID = 2_000  # characters

_SPACE_AND_MARK = b"\xef\xbb\xbf \t\r\n"


def sniff(source: Source) -> bool:
    """A JSON object that names the version; or that has items, and names only JSON Feed has beside them."""
    head = source.head.lstrip(_SPACE_AND_MARK).replace(b"\\/", b"/")
    if not head.startswith(b"{"):
        return False
    return _VERSION.encode() in head or (b'"items"' in head and any(name in head for name in _OWN_NAMES))


def read(source: Source) -> Iterator[RawPost | Skipped]:
    """The items in the order of the feed."""
    text = read_text(source, _LARGEST)
    try:
        feed = load_list(text, "items")
    except NotJson as error:
        raise SourceRefused(f"{source.name}: {error}") from error
    if feed.items is None:
        raise SourceRefused(f"{source.name}: not a JSON Feed, it has no list of items")
    if _VERSION not in text_of(feed.fields.get("version")):
        source.warn("the feed names no version of JSON Feed; its items were read as version 1.1")
    base = text_of(feed.fields.get("home_page_url")) or text_of(feed.fields.get("feed_url"))
    blog = RawBlog(
        name=text_of(feed.fields.get("title")),
        link=text_of(feed.fields.get("home_page_url")),
        language=text_of(feed.fields.get("language")),
    )
    authors = _authors(feed.fields) or ()
    for number, item in enumerate(feed.items, start=1):
        yield item if isinstance(item, Skipped) else _post(item, f"item {number}", blog, base, authors)


def _post(item: Json, where: str, blog: RawBlog, base: str, authors: tuple[str, ...]) -> RawPost | Skipped:
    if not isinstance(item, dict):
        return Skipped(where, "not a JSON object")
    own_id = text_of(item.get("id"))
    if len(own_id) > _LONGEST_ID:
        return Skipped(where, f"an id of {len(own_id):,} characters")
    html, plain = text_of(item.get("content_html")), text_of(item.get("content_text"))
    title, summary = text_of(item.get("title")), text_of(item.get("summary"))
    if not (title or html or plain or summary):
        return Skipped(where, "neither a title nor a text")
    own_authors = _authors(item)
    return RawPost(
        where=where,
        blog=blog,
        own_id=own_id,
        title=title,
        body=html or plain,
        body_markup=Markup.HTML if html else Markup.TEXT,
        summary=summary,
        authors=authors if own_authors is None else own_authors,
        tags=_texts(item.get("tags")),
        published=_texts([item.get("date_published")]),
        updated=_texts([item.get("date_modified")]),
        link=_link(item, base),
        language=text_of(item.get("language")),
    )


def _link(item: dict[str, Json], base: str) -> str:
    """The item's page, else what it is about elsewhere, else its id where that is an address."""
    address = text_of(item.get("url")) or text_of(item.get("external_url"))
    own_id = text_of(item.get("id"))
    if not address:
        return own_id if is_absolute(own_id) else ""
    return absolute(base, address)


def _authors(fields: dict[str, Json]) -> tuple[str, ...] | None:
    """The names of the authors an item or feed gives, maybe none of them; None where it gives no authors."""
    given = fields.get("authors") if isinstance(fields.get("authors"), list) else [fields.get("author")]
    authors = [author for author in given if isinstance(author, dict)] if isinstance(given, list) else []
    if not any(authors):
        return None
    return _texts([author.get("name") for author in authors])


def _texts(values: Json) -> tuple[str, ...]:
    """Those of a list of values that are text, each once."""
    texts = (text_of(value) for value in values) if isinstance(values, list) else ()
    return tuple(dict.fromkeys(filter(None, texts)))


FORMAT = Format(
    name="jsonfeed",
    title="JSON Feed",
    sniff=sniff,
    read=read,
    standing=Standing.FEED,
    complete=False,
    known_by="a JSON object with the version of jsonfeed.org",
)
