"""WordPress' export (WXR 1.0 to 1.2), and the dialects of it that Squarespace writes and Disqus imports.

It is RSS with WordPress' own elements. Each `item` is a post, a page, or one of many things that are
neither; its comments are inside it. Logins stand for authors, whose names are in a table above the items.
In files made to take comments to Disqus an item mostly has no text, and only says whose comments are in it.

    rss > channel > title, link, language, wp:author*, item*
    item > title, link, guid, dc:creator, content:encoded, excerpt:encoded, category*,
           wp:post_type, wp:status, wp:post_password, wp:post_date_gmt, wp:comment*
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from operator import eq
from typing import assert_never

from indexer.formats.format import Format
from indexer.formats.reading.links import absolute
from indexer.formats.reading.prolog import root_name
from indexer.formats.reading.xml import (
    Element,
    Header,
    Names,
    Namespaces,
    Record,
    markup_of,
    records,
    text_of,
)
from indexer.record import POST_LEFT_OUT, Hint, Markup, RawBlog, RawComment, RawPost, Skipped
from indexer.source import Source

ROOTS = ("rss", "rdf")
NAMESPACES: Namespaces = {
    "excerpt": "http://wordpress.org/export/1.2/excerpt/",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "wfw": "http://wellformedweb.org/CommentAPI/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "wp": "http://wordpress.org/export/1.2/",
    "dsq": "http://www.disqus.com/",
}
NAMES = Names(
    (
        (r"https?://wordpress\.org/export/[\d.]*/?excerpt/?", "excerpt:"),
        (r"https?://wordpress\.org/export/[\d.]*/?", "wp:"),
        (r"https?://purl\.org/rss/1\.0/modules/content/?", "content:"),
        (r"https?://purl\.org/dc/elements/1\.1/?", "dc:"),
        (r"https?://(?:www\.)?disqus\.com/?", "dsq:"),
    )
)

STATUSES = {
    "": "",
    "publish": "",
    "draft": "draft",
    "auto-draft": "draft",
    "private": "private",
    "future": "scheduled",
    "pending": "pending",
    "trash": "trashed",
}
"""Why a post with a status is left out; one that is not listed is left out under its own name."""

APPROVALS = {
    "": "",
    "1": "",
    "approved": "",
    "approve": "",
    "0": "pending",
    "hold": "pending",
    "spam": "spam",
    "trash": "trashed",
    "post-trashed": "trashed",
}
"""Why a comment is left out for its `wp:comment_approved`."""

SPOKEN_COMMENTS = frozenset({"", "comment", "review"})
"""The types of comments that people wrote; the others are machines' notes, left out under their type."""

MACHINERY = frozenset(
    {
        "attachment",
        "nav_menu_item",
        "revision",
        "custom_css",
        "customize_changeset",
        "oembed_cache",
        "user_request",
        "feedback",
        "jp_mem_plan",
        "shop_order",
        "shop_coupon",
        "product_variation",
        "scheduled-action",
        "wpcf7_contact_form",
        "elementor_library",
    }
)
"""Post types of WordPress and common plugins that no visitor reads, as are all called `wp_…` and `acf-…`.

Any other type is a site's own (a recipe, a sermon, a portfolio entry): a post, where it has content.
"""

TAG_DOMAINS = frozenset({"", "category", "post_tag", "tag"})
NO_DATE = re.compile(r"0000-00-00|-0001|\A\s*\Z")


@dataclass(frozen=True, slots=True)
class Site:
    """What the channel says of all its items: the blog, and its authors' names by login."""

    blog: RawBlog
    authors: Mapping[str, str]

    def author(self, login: str) -> tuple[str, ...]:
        """The name behind a login; where there is none the login, but no more of an address than its name."""
        name = self.authors.get(login, login.partition("@")[0])
        return (name,) if name else ()


def sniff(source: Source) -> bool:
    """Whether the root declares WordPress' export namespace, or uses its elements without."""
    head = source.head.replace(b"\0", b"")
    return root_name(head) in ROOTS and (b"wordpress.org/export/" in head or b"<wp:" in head)


def read(source: Source) -> Iterator[RawPost | RawComment | Skipped]:
    """Every item in order, each followed by its comments."""
    site = Site(RawBlog(), {})
    own_ids = _OwnIds()
    for found in records(source, "item", ROOTS, NAMESPACES):
        match found:
            case Header():
                site = _site(found.root)
            case Record():
                yield from _item(found, site, own_ids)
            case Skipped():
                yield found
            case _:
                assert_never(found)


def _site(root: Element) -> Site:
    channel = root[-1] if len(root) else root
    texts: dict[str, str] = {}
    authors: dict[str, str] = {}
    for name, element in NAMES.children(channel):
        if name == "wp:author":
            login, display = _author(element)
            authors.setdefault(login, display)
        else:
            texts.setdefault(name, text_of(element))
    link = texts.get("link") or texts.get("wp:base_blog_url", "")
    return Site(RawBlog(unescape(texts.get("title", "")), link, texts.get("language", "")), authors)


def _author(element: Element) -> tuple[str, str]:
    texts = {name: text_of(child) for name, child in NAMES.children(element)}
    login = texts.get("wp:author_login", "")
    full_name = f"{texts.get('wp:author_first_name', '')} {texts.get('wp:author_last_name', '')}".strip()
    return login, unescape(texts.get("wp:author_display_name") or full_name or login.partition("@")[0])


_TELLING = ("link", "wp:post_id", "title", "wp:post_date")


class _OwnIds:
    """What posts are called for ever: by their GUIDs, also where other posts of the export have the same.

    Two records with one GUID are one post, maybe in two versions, if they share anything else that tells
    posts apart. Records that share nothing else are posts whose GUID was copied by hand.
    """

    def __init__(self) -> None:
        self._first: dict[int, array[int]] = {}  # hashes of texts, which take a quarter of their memory

    def of(self, texts: Mapping[str, str]) -> str:
        """The own id of the post with these texts; empty where its link is all it has."""
        guid, *telling = (texts.get(name, "") for name in ("guid", *_TELLING))
        link, number, *_ = telling
        if not guid:
            return "" if link else number
        hashes = array("q", map(hash, telling))
        first = self._first.setdefault(hash(guid), hashes)
        return guid if any(map(eq, hashes, first)) else f"{guid} {link}"


def _item(record: Record, site: Site, own_ids: _OwnIds) -> Iterator[RawPost | RawComment]:
    texts: dict[str, str] = {}
    categories: list[Element] = []
    comments: list[Element] = []
    for name, child in NAMES.children(record.element):
        match name:
            case "category":
                categories.append(child)
            case "wp:comment":
                comments.append(child)
            case "content:encoded" | "excerpt:encoded" | "description":
                texts.setdefault(name, markup_of(child))
            case _:
                texts.setdefault(name, text_of(child))
    post = _post(record.where, own_ids.of(texts), texts, categories, site)
    post_link = _thread_link(texts)
    if not post_link:
        yield post
    for number, comment in enumerate(comments, start=1):
        yield _comment(f"{record.where}, comment {number}", comment, post, post_link)


def _thread_link(texts: Mapping[str, str]) -> str:
    """The address of the post elsewhere whose comments are here, if it is that rather than a post itself."""
    text = texts.get("content:encoded") or texts.get("description", "")
    if text or texts.get("wp:post_type") or "dsq:thread_identifier" not in texts:
        return ""
    return texts.get("link", "")


def _post(
    where: str, own_id: str, texts: Mapping[str, str], categories: list[Element], site: Site
) -> RawPost:
    link = texts.get("link", "")
    creator = texts.get("dc:creator", "")
    body = texts.get("content:encoded") or texts.get("description", "")
    return RawPost(
        where=where,
        blog=site.blog,
        own_id=own_id,
        title=texts.get("title", ""),
        title_markup=Markup.HTML,
        body=body,
        body_markup=Markup.WORDPRESS,
        summary=texts.get("excerpt:encoded", ""),
        summary_markup=Markup.WORDPRESS,
        authors=_co_authors(categories) or site.author(creator),
        tags=_tags(categories),
        published=_dates(texts, "wp:post_date_gmt", "wp:post_date"),
        published_hints=tuple(Hint(day, "pubDate", 0.9) for day in _dates(texts, "pubDate")),
        updated=_dates(texts, "wp:post_modified_gmt", "wp:post_modified"),
        link=absolute(site.blog.link, link) if link else "",
        kind="page" if texts.get("wp:post_type") == "page" else "post",
        left_out=_why_left_out(texts, has_body=bool(body)),
    )


def _why_left_out(texts: Mapping[str, str], *, has_body: bool) -> str:
    kind = texts.get("wp:post_type", "")
    if kind in MACHINERY or kind.startswith(("wp_", "acf-")):
        return "not a post"
    if kind not in {"", "post", "page"} and not has_body:
        return "not a post"
    status = texts.get("wp:status", "")
    return STATUSES.get(status, status[:40]) or ("password" if texts.get("wp:post_password") else "")


def _co_authors(categories: list[Element]) -> tuple[str, ...]:
    return _unique(
        unescape(text_of(category)) for category in categories if category.get("domain") == "author"
    )


def _tags(categories: list[Element]) -> tuple[str, ...]:
    return _unique(
        unescape(text_of(category))
        for category in categories
        if category.get("domain", "") in TAG_DOMAINS and category.get("nicename") != "uncategorized"
        if text_of(category).casefold() != "uncategorized"
    )


def _unique(names: Iterator[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for name in names if name))


def _comment(where: str, element: Element, post: RawPost, post_link: str) -> RawComment:
    texts: dict[str, str] = {}
    for name, child in NAMES.children(element):
        texts.setdefault(name, text_of(child))
    own_id = texts.get("wp:comment_id", "")
    parent = texts.get("wp:comment_parent", "0")
    approval = texts.get("wp:comment_approved", "")
    kind = texts.get("wp:comment_type", "")
    reason = "" if kind in SPOKEN_COMMENTS else kind[:40]
    return RawComment(
        where=where,
        blog=post.blog,
        own_id=own_id,
        post_link=post_link,
        parent_own_id="" if parent == "0" else parent,
        author=unescape(texts.get("wp:comment_author", "")),
        body=texts.get("wp:comment_content", ""),
        body_markup=Markup.WORDPRESS,
        published=_dates(texts, "wp:comment_date_gmt", "wp:comment_date"),
        link=f"{post.link}#comment-{own_id}" if post.link and own_id else "",
        left_out=reason or APPROVALS.get(approval, approval[:40]) or (POST_LEFT_OUT if post.left_out else ""),
    )


def _dates(texts: Mapping[str, str], *names: str) -> tuple[str, ...]:
    """The dates that are dates, most trustworthy first; those in GMT say so."""
    dates = ((name, texts.get(name, "")) for name in names)
    return tuple(
        f"{text}Z" if name.endswith("_gmt") else text for name, text in dates if not NO_DATE.search(text)
    )


FORMAT = Format(
    name="wxr",
    title="WordPress export (WXR)",
    sniff=sniff,
    read=read,
    known_by="RSS with the export namespace of wordpress.org",
)
