"""Ghost's export, of all its versions: the tables of its database as JSON.

    {"db": [{"meta": {"exported_on": 1504269105806, "version": "5.2.0"}, "data": {
      "posts": [{"id", "uuid", "title", "slug", "html", "markdown" or "mobiledoc" or "lexical", "status",
                 "type" or "page", "published_at", "updated_at", "feature_image" or "image", "author_id", …}],
      "posts_meta": [{"post_id", "feature_image_alt", "feature_image_caption", …}],
      "users": [{"id", "name"}], "posts_authors": [{"post_id", "author_id", "sort_order"}],
      "tags": [{"id", "name", "visibility"}], "posts_tags": [{"post_id", "tag_id", "sort_order"}],
      "settings": [{"key": "title", "value": …}],
      "comments": [{"id", "post_id", "member_id", "parent_id", "status", "html", "created_at"}]}}]}

Other programs write the same without `db`, and put authors and tags into the posts as Ghost's API does. The
file is read three times: the small tables, the posts, and the comments, which only whole backups have.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from indexer.formats.bodies.ghost_cards import Values, picture_html
from indexer.formats.bodies.lexical import lexical_html
from indexer.formats.bodies.mobiledoc import mobiledoc_html
from indexer.formats.format import Format
from indexer.formats.ghost_tables import WITHIN, Tables, read_tables
from indexer.formats.reading.json_list import NotJson, text_of
from indexer.formats.reading.json_tables import Row, rows
from indexer.formats.reading.links import is_absolute
from indexer.record import Hint, Markup, RawComment, RawPost, Skipped
from indexer.source import Source

_GHOST_URL = "__GHOST_URL__"  # what exports write for the blog's address, which they do not tell
_EXPORT = re.compile(
    rb'\A\s*\{\s*(?:"db"\s*:\s*\[\s*\{\s*"(?:meta|data)"\s*:\s*\{'
    rb'|"meta"\s*:\s*\{[^{}]*"exported_on"'
    rb'|"data"\s*:\s*\{\s*"(?:posts|tags|users|roles|posts_\w+|settings|newsletters|benefits|actions)"\s*:\s*\[)'
)
_OLD_ID = re.compile(r"\d{1,9}")  # of versions before 1: the same in every blog

_LEFT_OUT = {
    "draft": "draft",
    "scheduled": "scheduled",
    "published": "",
    "sent": "",  # to subscribers only, by e-mail
    "": "",
}
_COMMENT_LEFT_OUT = {"published": "", "": "", "hidden": "hidden", "deleted": "removed"}


def sniff(source: Source) -> bool:
    """A JSON object with Ghost's tables, or that says when they were exported."""
    return _EXPORT.match(source.head.removeprefix(b"\xef\xbb\xbf")) is not None


def read(source: Source) -> Iterator[RawPost | RawComment | Skipped]:
    """The posts in the order of the export, then the comments."""
    tables = read_tables(source)
    for row in rows(source, ["posts"], WITHIN):
        yield _record(row, tables, source)
    if tables.has_comments:
        for row in rows(source, ["comments"], WITHIN):
            if row.table:  # else the file breaks off, of which the posts have told
                yield _record(row, tables, source)


def _record(row: Row, tables: Tables, source: Source) -> RawPost | RawComment | Skipped:
    where = f"{row.table}, row {row.number}"
    match row.value:
        case Skipped() as skipped:
            return skipped
        case dict() as fields if row.table == "comments":
            return _comment(where, fields, tables)
        case dict() as fields:
            return _post(where, fields, tables, source)
    return Skipped(where, "not a JSON object")


def _post(where: str, post: Values, tables: Tables, source: Source) -> RawPost:
    post_id, uuid = text_of(post.get("id")), text_of(post.get("uuid"))
    status = text_of(post.get("status"))
    left_out = _LEFT_OUT.get(status, status)
    meta = tables.meta.get(post_id, {})
    body, markup = ("", Markup.HTML) if left_out else _body(where, post, source)
    address = tables.blog.link.rstrip("/")
    body = _picture(post, meta, body, markup) + body
    return RawPost(
        where=where,
        blog=tables.blog,
        own_id=(uuid if uuid and _OLD_ID.fullmatch(post_id) else post_id) or text_of(post.get("slug")),
        slug=text_of(post.get("slug")),
        title=text_of(post.get("title")),
        body=body.replace(_GHOST_URL, address),
        body_markup=markup,
        summary=next(
            (text for name in ("custom_excerpt", "meta_description") if (text := _value(name, post, meta))),
            "",
        ),
        authors=tables.authors_of(post, post_id),
        tags=tables.tags_of(post, post_id),
        published=tuple(filter(None, [text_of(post.get("published_at"))])),
        published_hints=tuple(
            Hint(day, "when it was created", 0.8) for day in [text_of(post.get("created_at"))] if day
        ),
        updated=tuple(filter(None, [text_of(post.get("updated_at"))])),
        link=_link(post, address),
        kind="page" if text_of(post.get("type")) == "page" or _is_true(post, "page") else "post",
        left_out=left_out,
    )


def _body(where: str, post: Values, source: Source) -> tuple[str, Markup]:
    """The text as Ghost rendered it where the export has that, else as its editor kept it."""
    if html := text_of(post.get("html")):
        return html, Markup.HTML
    for name, render in (("lexical", lexical_html), ("mobiledoc", mobiledoc_html)):
        if document := text_of(post.get(name)):
            try:
                return render(
                    document, lambda kind: source.warn(f"what {kind!r} shows is not known: left out")
                ), (Markup.HTML)
            except NotJson as error:
                source.warn(f"{where}: its text ({name}) cannot be read: {error}")
    return text_of(post.get("markdown")), Markup.MARKDOWN


def _picture(post: Values, meta: Values, body: str, markup: Markup) -> str:
    """The picture above a post, as HTML, unless the text shows it as well."""
    address = text_of(post.get("feature_image")) or text_of(post.get("image"))
    if not address or address in body:
        return ""
    alt, caption = _value("feature_image_alt", post, meta), _value("feature_image_caption", post, meta)
    return picture_html(address, alt, caption) + ("\n\n" if markup is Markup.MARKDOWN else "")


def _value(name: str, post: Values, meta: Values) -> str:
    return text_of(post.get(name)) or text_of(meta.get(name))


def _link(post: Values, address: str) -> str:
    """The post's own address where the export says it, else the one that it says counts."""
    for name in ("url", "canonical_url"):
        link = text_of(post.get(name)).replace(_GHOST_URL, address)
        if is_absolute(link):
            return link
    return ""


def _is_true(post: Values, name: str) -> bool:
    return post.get(name) is True or post.get(name) == "1"


def _comment(where: str, comment: Values, tables: Tables) -> RawComment:
    status = text_of(comment.get("status"))
    return RawComment(
        where=where,
        blog=tables.blog,
        own_id=text_of(comment.get("id")),
        post_own_id=text_of(comment.get("post_id")),
        parent_own_id=text_of(comment.get("in_reply_to_id")) or text_of(comment.get("parent_id")),
        author=tables.members.get(text_of(comment.get("member_id")), ""),
        body=text_of(comment.get("html")).replace(_GHOST_URL, tables.blog.link.rstrip("/")),
        published=tuple(filter(None, [text_of(comment.get("created_at"))])),
        left_out=_COMMENT_LEFT_OUT.get(status, status),
    )


FORMAT = Format(
    name="ghost",
    title="Ghost export",
    sniff=sniff,
    read=read,
    known_by="a JSON object with Ghost's `db`, or with its tables in `data`",
)
