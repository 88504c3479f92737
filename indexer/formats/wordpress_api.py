"""What WordPress' REST API answers, saved: posts, pages and comments of `wp/v2` and of WordPress.com's v1.1.

    [{"id": 17, "date_gmt": ..., "modified_gmt": ..., "guid": {"rendered": ...}, "slug": ..., "link": ...,
      "status": "publish", "type": "post", "title": {"rendered": ...}, "excerpt": {"rendered": ...},
      "content": {"rendered": ..., "protected": false}, "author": 3, "categories": [5], "tags": [7],
      "_embedded": {"author": [...], "wp:term": [[...]], "replies": [[...]]}}]
    [{"id": 4, "post": 17, "parent": 0, "author_name": ..., "date_gmt": ..., "content": {...}, "link": ...}]

A file is one page of such a list, several joined, or one record. Version 1.1 has its lists in an object, its
texts as they are, and other spellings (`ID`, `URL`). Without `_embedded`, authors and tags are only numbers:
then their names are looked for in the lists of users, categories and tags beside the file. A post is called
by its GUID, as in WordPress' export, and a comment finds its post by its own link, so that all of them join.

Source: developer.wordpress.org/rest-api/reference and developer.wordpress.com/docs/api/rest-api-reference.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from indexer.formats.format import Format
from indexer.formats.reading.json_list import Json, NotJson, load_items, text_of
from indexer.formats.reading.links import site_in
from indexer.formats.reading.text import read_text
from indexer.formats.wordpress_names import Names, names_beside
from indexer.formats.wxr import APPROVALS, MACHINERY, NO_DATE, SPOKEN_COMMENTS, STATUSES
from indexer.record import Markup, RawBlog, RawComment, RawPost, Skipped
from indexer.source import Source
from search.errors import SourceRefused

_LARGEST = 50_000_000  # bytes; a page of 100 posts has a hundredth of that
_LISTS = ("posts", "comments")  # version 1.1's

_RENDERED = re.compile(rb'"(?:guid|title|content|excerpt)"\s*:\s*\{\s*"(?:rendered|raw|protected)"\s*:')
_VERSION_1 = re.compile(rb'"ID"\s*:\s*\d+\s*,\s*"(?:site_ID|post)"\s*:')
_USER_OR_TERM = re.compile(rb'"(?:avatar_urls|taxonomy)"\s*:')
_ERROR = re.compile(rb'\s*\{\s*"code"\s*:\s*"(?:rest|jetpack|jwt_auth)_')

_APPROVALS = {**APPROVALS, "unapproved": "pending"}
_CUT_SHORT = re.compile(r"(?:\[?(?:&hellip;|&#8230;|…)\]?|</a>)\s*(?:</p>)?\s*\Z")
_COMMENT_PAGE = re.compile(r"/comment-page-\d+/?$|[?&]cpage=\d+$")
_API = re.compile(r"(?:/index\.php)?/wp-json/.*|/?\?rest_route=.*", re.DOTALL)
_GUID_QUERY = re.compile(r"/?\?(?:post_type=[\w-]+&)?(?:p|page_id)=\d+\Z")
_NO_TAGS = frozenset({"author", "post_format", "nav_menu"})

_Item = dict[str, Json]


def sniff(source: Source) -> bool:
    """JSON with rendered fields, or with version 1.1's names; also lists of users and terms, and errors."""
    head = source.head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if not head.startswith((b"{", b"[")):
        return False
    return any(known.search(head) for known in (_RENDERED, _VERSION_1, _USER_OR_TERM)) or bool(
        _ERROR.match(head)
    )


def read(source: Source) -> Iterator[RawPost | RawComment | Skipped]:
    """The posts and comments in the order of the file, each post before the replies embedded in it."""
    try:
        found = load_items(read_text(source, _LARGEST), *_LISTS)
    except NotJson as error:
        raise SourceRefused(f"{source.name}: {error}") from error
    names = names_beside(source)
    for number, item in enumerate(found.items or (), start=1):
        where = f"item {number}"
        if isinstance(item, Skipped):
            yield item
        elif isinstance(item, dict):
            yield from _records(where, {name.lower(): value for name, value in item.items()}, names, source)
        else:
            yield Skipped(where, "not a JSON object")


def _records(
    where: str, item: _Item, names: Names, source: Source
) -> Iterator[RawPost | RawComment | Skipped]:
    if text_of(item.get("code")) and "message" in item:
        raise SourceRefused(
            f"{source.name}: holds an error of WordPress and no posts: {text_of(item.get('message'))[:200]}"
        )
    if "post" in item and "content" in item:
        yield _comment(where, item, _blog(item, source), "", "")
    elif "title" in item or "content" in item:
        blog = _blog(item, source)
        post = _post(where, item, blog, names)
        yield post
        for number, reply in enumerate(_embedded(item, "replies"), start=1):
            yield _comment(f"{where}, reply {number}", reply, blog, post.own_id, post.link)
    elif not ("name" in item and "slug" in item):  # the users and terms, which only name what posts have
        yield Skipped(where, "neither a post nor a comment of WordPress")


def _post(where: str, item: _Item, blog: RawBlog, names: Names) -> RawPost:
    link = text_of(item.get("link")) or text_of(item.get("url"))
    summary = _rendered(item.get("excerpt"))
    kind = text_of(item.get("type"))
    return RawPost(
        where=where,
        blog=blog,
        own_id=unescape(_rendered(item.get("guid"))) or _address_by_number(blog, text_of(item.get("id"))),
        slug=text_of(item.get("slug")),
        title=_rendered(item.get("title")),
        title_markup=Markup.HTML,
        body=_rendered(item.get("content")),
        summary="" if _CUT_SHORT.search(summary) else summary,
        summary_markup=Markup.HTML,
        authors=_authors(item, names),
        tags=_tags(item, names),
        published=_dates(item, "date_gmt", "date"),
        updated=_dates(item, "modified_gmt", "modified"),
        link=link,
        kind="page" if kind == "page" else "post",
        left_out=_why_left_out(item, kind),
    )


def _why_left_out(item: _Item, kind: str) -> str:
    content = item.get("content")
    if kind in MACHINERY or kind.startswith("wp_"):
        return "not a post"
    status = text_of(item.get("status"))
    reason = STATUSES.get(status, status[:40])
    is_protected = isinstance(content, dict) and content.get("protected") is True
    return reason or ("password" if is_protected or text_of(item.get("password")) else "")


def _comment(where: str, item: _Item, blog: RawBlog, post_own_id: str, post_link: str) -> RawComment:
    """One comment; of what it is on it says a number, and in its own link the post's."""
    link = text_of(item.get("link")) or text_of(item.get("url"))
    author = item.get("author")
    number = item.get("post")
    post = text_of(number.get("ID") if isinstance(number, dict) else number)
    if not post_own_id:
        post_link = _COMMENT_PAGE.sub("", link.partition("#")[0])
        post_own_id = "" if post_link else _address_by_number(blog, post)
    parent = item.get("parent")
    parent_own_id = text_of(parent.get("ID") if isinstance(parent, dict) else parent)
    kind, status = text_of(item.get("type")), text_of(item.get("status"))
    is_spoken = kind in SPOKEN_COMMENTS
    own_name = author.get("name") if isinstance(author, dict) else ""
    return RawComment(
        where=where,
        blog=blog,
        own_id=text_of(item.get("id")),
        post_own_id=post_own_id,
        post_link="" if post_own_id else post_link,
        parent_own_id="" if parent_own_id == "0" else parent_own_id,
        author=unescape(text_of(item.get("author_name")) or text_of(own_name)),
        body=_rendered(item.get("content")),
        published=_dates(item, "date_gmt", "date"),
        link=link,
        left_out=_APPROVALS.get(status, status[:40]) if is_spoken else kind[:40],
    )


def _blog(item: _Item, source: Source) -> RawBlog:
    """The blog's address: what the API's own links or the GUID begin with, else the host of the post's."""
    link = text_of(item.get("link")) or text_of(item.get("url"))
    links = item.get("_links")
    own = links.get("self") if isinstance(links, dict) else None
    first = own[0] if isinstance(own, list) and own else None
    own_address = text_of(first.get("href")) if isinstance(first, dict) else ""
    yoast = item.get("yoast_head_json")
    name = unescape(text_of(yoast.get("og_site_name"))) if isinstance(yoast, dict) else ""
    guid = unescape(_rendered(item.get("guid")))
    for address, rest in ((own_address, _API), (source.address, _API), (guid, _GUID_QUERY)):
        if rest.search(address):
            return RawBlog(name, rest.sub("", address))
    return RawBlog(name, site_in(link))


def _address_by_number(blog: RawBlog, number: str) -> str:
    """The GUID that WordPress gives a post by itself."""
    return f"{blog.link.rstrip('/')}/?p={number}" if number and blog.link else number


def _rendered(value: Json) -> str:
    """A text that stands as it is, or rendered (and, for those who may edit, raw)."""
    if isinstance(value, dict):
        value = value.get("rendered") or value.get("raw")
    return text_of(value)


def _embedded(item: _Item, name: str) -> Iterator[_Item]:
    """The objects that are embedded under a name, of all its lists."""
    tables = item.get("_embedded")
    pending = [tables.get(name)] if isinstance(tables, dict) else []
    while pending:
        match pending.pop():
            case list() as inner:
                pending.extend(reversed(inner))  # the first is taken next
            case dict() as found if "code" not in found:  # the errors of what may not be seen
                yield {key.lower(): value for key, value in found.items()}


def _authors(item: _Item, names: Names) -> tuple[str, ...]:
    """By what a co-author plugin says, else the embedded author, else by the number."""
    terms = [term for term in _embedded(item, "wp:term") if text_of(term.get("taxonomy")) == "author"]
    listed = item.get("authors")
    several = terms or (listed if isinstance(listed, list) else [])
    author = item.get("author")
    one: _Item = author if isinstance(author, dict) else {"name": names.user(text_of(author))}
    for people in (several, list(_embedded(item, "author")), [one]):
        found = (_name(person) for person in people if isinstance(person, dict))
        if unique := tuple(dict.fromkeys(filter(None, found))):
            return unique
    return ()


def _name(item: _Item) -> str:
    return unescape(text_of(item.get("display_name")) or text_of(item.get("name")))


def _tags(item: _Item, names: Names) -> tuple[str, ...]:
    """Categories and tags: embedded, or by number, or (in version 1.1) by name in an object."""
    embedded = [
        unescape(text_of(term.get("name")))
        for term in _embedded(item, "wp:term")
        if text_of(term.get("taxonomy")) not in _NO_TAGS
    ]
    found = embedded or [tag for field in ("categories", "tags") for tag in _terms(item.get(field), names)]
    return tuple(dict.fromkeys(tag for tag in found if tag and tag.casefold() != "uncategorized"))


def _terms(value: Json, names: Names) -> list[str]:
    match value:
        case dict():
            return [unescape(name) for name in value]
        case list():
            return [names.term(text_of(number)) for number in value]
        case _:
            return []


def _dates(item: _Item, *fields: str) -> tuple[str, ...]:
    """The dates that are dates, most trustworthy first; those in GMT say so."""
    dates = ((field, text_of(item.get(field))) for field in fields)
    return tuple(
        f"{text.removesuffix('Z')}Z" if field.endswith("_gmt") else text
        for field, text in dates
        if not NO_DATE.search(text)
    )


FORMAT = Format(
    name="wordpress-api",
    title="WordPress REST API (JSON)",
    sniff=sniff,
    read=read,
    known_by="JSON with `rendered` fields, or WordPress.com's `ID` and `site_ID`",
    complete=False,
)
