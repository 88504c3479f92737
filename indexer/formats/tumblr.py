"""Tumblr: its export, and what both versions of its API answer.

    posts/html/<id>.html                      of the export: body > h1, …, #footer > #timestamp, .tag
    tumblr > tumblelog, posts > post*         version 1 (/api/read), in XML
    var tumblr_api_read = {"tumblelog": …, "posts": [ … ]};      and in JSON
    {"response": {"blog": …, "posts": [ … ]}}                    version 2, whole, a list of its posts, or one

The kinds of posts are in `tumblr_posts`, the blocks of newer ones in `npf`. Of the notes on a post the
replies are comments: the rest says only who liked it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import PurePosixPath
from typing import assert_never

from selectolax.lexbor import LexborHTMLParser

from indexer.formats.bodies.npf import objects
from indexer.formats.bodies.tumblr_posts import Fields, body_of, text, title_of
from indexer.formats.format import Format
from indexer.formats.pages.elements import inner_html
from indexer.formats.reading.json_list import Json, NotJson, load_first, load_items, text_of
from indexer.formats.reading.json_tables import rows
from indexer.formats.reading.prolog import root_name
from indexer.formats.reading.text import read_text
from indexer.formats.reading.xml import Element, Header, Record, records
from indexer.formats.reading.xml import text_of as element_text
from indexer.normalise.bodies.nesting import shallow
from indexer.record import POST_LEFT_OUT, Markup, RawBlog, RawComment, RawPost, Skipped
from indexer.source import Source
from search.errors import SourceRefused

ROOTS = ("tumblr",)
STATES = {
    "": "",
    "published": "",
    "draft": "draft",
    "queue": "scheduled",
    "queued": "scheduled",
    "private": "private",
    "submission": "pending",
    "unapproved": "pending",
}
"""Why a post in a state is left out; one that is not listed is left out under its own name."""

_LARGEST = 50_000_000  # bytes, of what is read whole
_LARGEST_PAGE = 10_000_000
_SPACE_AND_MARKS = b"\xef\xbb\xbf\xff\xfe \t\r\n"
_OWN_NAMES = re.compile(rb'"(?:reblog[-_]key|tumblelog|tumblelog_uuid|blog_name)"\s*:')
_ENVELOPE = re.compile(rb'\{\s*(?:"meta"\s*:[^{}]*\{[^{}]*\}\s*,\s*)?"response"\s*:\s*\{\s*"blog"\s*:')
_VARIABLE = re.compile(rb"\s*var\s+tumblr_api_read\s*=")
_ABOUT_BLOG = re.compile(r'"(?:tumblelog|blog)"\s*:\s*(?=\{)')
_HOLDS_POSTS = re.compile(r'"(?:posts|response)"\s*:|^\s*(?:var\s|\{\s*"tumblelog")')
_PAGE = re.compile(r"\d{5,25}\.html")


def sniff(source: Source) -> bool:
    """A page of the export by its name; an answer of the API by names that only Tumblr has."""
    head = source.head.lstrip(_SPACE_AND_MARKS)
    if head.startswith((b"{", b"[")):
        return _OWN_NAMES.search(head) is not None or _ENVELOPE.match(head) is not None
    return (
        _VARIABLE.match(head) is not None
        or root_name(head) in ROOTS
        or (_is_page(source) and root_name(head) == "html")
    )


def read(source: Source) -> Iterator[RawPost | RawComment | Skipped]:
    """Every post in order, each followed by the replies to it."""
    if _is_page(source):
        yield _page(source)
    elif source.head.replace(b"\0", b"").lstrip(_SPACE_AND_MARKS).startswith(b"<"):
        yield from _xml(source)
    else:
        yield from _json(source)


def _is_page(source: Source) -> bool:
    path = PurePosixPath(source.name)
    return path.parent.name == "html" and _PAGE.fullmatch(path.name) is not None


def _page(source: Source) -> RawPost | Skipped:
    tree = LexborHTMLParser(shallow(read_text(source, _LARGEST_PAGE, source.charset)))
    tags = tuple(filter(None, (" ".join(tag.text().split()) for tag in tree.css("#footer .tag"))))
    times = tuple(" ".join(time.text().split()) for time in tree.css("#timestamp")[:1])
    heading = tree.css_first("body > h1")
    title = inner_html(heading).strip() if heading is not None else ""
    tree.strip_tags(["head", "script", "style"], recursive=True)
    for node in [*tree.css("body > h1")[:1], *tree.css("#footer")]:
        node.decompose()
    if tree.body is None:
        return Skipped("the file", "there is no page in it")
    return RawPost(
        where="the file",
        own_id=PurePosixPath(source.name).stem,
        title=title,
        title_markup=Markup.HTML,
        body=inner_html(tree.body).strip(),
        tags=tags,
        published=times,
    )


def _xml(source: Source) -> Iterator[RawPost | RawComment | Skipped]:
    blog = RawBlog()
    for found in records(source, "post", ROOTS, {}):
        match found:
            case Header():
                about = next(found.root.iter("tumblelog"), None)
                blog = _blog(_fields(about)) if about is not None else blog
            case Record():
                yield from _records(found.where, _fields(found.element), blog)
            case Skipped():
                yield found
            case _:
                assert_never(found)


def _fields(element: Element) -> Fields:
    """The attributes and children of an element under the names that the JSON has."""
    fields: dict[str, Json] = {str(name): str(value) for name, value in element.items()}
    tags: list[Json] = []
    for child in element.iterchildren("*"):
        match child.tag:
            case "tag":
                tags.append(element_text(child))
            case "conversation" | "photoset":
                name = "photos" if child.tag == "photoset" else child.tag
                fields[name] = [dict(_fields(line)) for line in child.iterchildren("*")]
            case name:
                fields.setdefault(name, element_text(child))
    if element.tag == "line":
        fields["phrase"] = element_text(element)
    return fields | {"tags": tags}


def _json(source: Source) -> Iterator[RawPost | RawComment | Skipped]:
    head = source.head.decode("utf-8", "replace")
    blog = RawBlog()
    if about := _ABOUT_BLOG.search(head):
        with suppress(NotJson):
            fields, _ = load_first(head[about.end() :])
            blog = _blog(fields) if isinstance(fields, dict) else blog
    for number, item in _listed(source) if _HOLDS_POSTS.search(head) else _items(source):
        if isinstance(item, dict):
            yield from _records(f"post {number}", item, blog)
        else:
            yield item if isinstance(item, Skipped) else Skipped(f"post {number}", "not a JSON object")


def _listed(source: Source) -> Iterator[tuple[int, Json | Skipped]]:
    """The posts of an answer, which may be of any length."""
    for row in rows(source, ["posts"], [("response",), ()]):
        yield row.number, row.value


def _items(source: Source) -> Iterator[tuple[int, Json | Skipped]]:
    """The posts of a list of them, or one by itself: programs that back up blogs keep a file for each."""
    try:
        yield from enumerate(load_items(read_text(source, _LARGEST), "posts").items or (), start=1)
    except NotJson as error:
        raise SourceRefused(f"{source.name}: {error}") from error


def _blog(fields: Fields) -> RawBlog:
    name = text(fields, "name")
    host = text(fields, "cname") or (f"{name}.tumblr.com" if name else "")
    return RawBlog(text(fields, "title") or name, text(fields, "url") or (f"https://{host}/" if host else ""))


def _records(where: str, item: Fields, blog: RawBlog) -> Iterator[RawPost | RawComment]:
    own = item.get("blog")
    if blog == RawBlog():
        blog = _blog(own if isinstance(own, dict) else {"name": item.get("blog_name")})
    post = _post(where, item, blog)
    yield post
    replies = (note for note in objects(item.get("notes")) if text(note, "type") == "reply")
    for number, note in enumerate(replies, start=1):
        yield RawComment(
            where=f"{where}, reply {number}",
            blog=blog,
            author=text(note, "blog_name"),
            body=text(note, "reply_text"),
            body_markup=Markup.TEXT,
            published=tuple(filter(None, [text(note, "timestamp")])),
            left_out=POST_LEFT_OUT if post.left_out else "",
        )


def _post(where: str, item: Fields, blog: RawBlog) -> RawPost:
    state = "private" if text(item, "private") in {"true", "1"} else text(item, "state").lower()
    tags = item.get("tags")
    dates = ("unix-timestamp", "timestamp", "date-gmt", "date")
    return RawPost(
        where=where,
        blog=blog,
        own_id=text(item, "id_string", "id"),
        slug=text(item, "slug"),
        title=title_of(item),
        title_markup=Markup.HTML,
        body=body_of(item),
        authors=tuple(filter(None, [text(item, "post_author", "blog_name")])),
        tags=tuple(filter(None, map(text_of, tags))) if isinstance(tags, list) else (),
        published=tuple(date for name in dates if (date := text(item, name))),
        link=text(item, "url-with-slug", "post_url", "url"),
        left_out=STATES.get(state, state[:40]),
    )


FORMAT = Format(
    name="tumblr",
    title="Tumblr",
    sniff=sniff,
    read=read,
    known_by="the pages in posts/html of its export, or what its API answers",
)
