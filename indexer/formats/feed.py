"""Live feeds: RSS 0.9x, 1.0 and 2.0, Atom 0.3 and 1.0, as feedparser understands them.

feedparser knows what feeds get wrong. It gets clean UTF-8 without a document type, so what other XML
formats refuse or repair is refused or repaired here as well. It neither sanitises nor resolves links
inside bodies: sanitising is done once, later, for every format.
"""

from __future__ import annotations

import io
import re
from collections import deque
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from html import unescape
from typing import Any
from xml.sax import SAXException

from indexer.formats.format import Format
from indexer.formats.pages.kind import is_index_address
from indexer.formats.reading.encoding import clean_utf8
from indexer.formats.reading.feedparser_floods import parse
from indexer.formats.reading.links import absolute, is_absolute
from indexer.formats.reading.prolog import from_root, root_name
from indexer.formats.reading.repair import mended, without_impossible_characters
from indexer.record import ORPHAN, Hint, Markup, RawBlog, RawComment, RawPost, Skipped
from indexer.source import Source
from search.errors import SourceRefused
from search.model import Standing

SIZE_LIMIT = 20 << 20
"""How large a feed may be, in bytes: feedparser holds all of it."""

ROOTS = frozenset({"rss", "feed", "rdf"})
ENTRY_TAG = re.compile(rb"</?(?:item|entry)(?=[\s>])")
SAID = {
    "no element found": "it ends early",
    "mismatched tag": "a tag is closed that is not open",
    "not well-formed (invalid token)": "a character stands where none may",
    "unbound prefix": "a namespace is not declared",
}
"""What the parser says of broken XML, in plainer words."""

HTML_TYPES = frozenset({"text/html", "application/xhtml+xml"})
COMMENT_PAGE = re.compile(r"(?<=/)comment-page-\d{1,6}/?$|[?&]cpage=\d{1,6}$")
COMMENT_LINK = re.compile(r"#(?:comment-|c)\d+$")
TAG = re.compile(r"</?[a-z][^<>]*>", re.IGNORECASE)
LINK_ATTRIBUTE = re.compile(
    r"""(<(?:a|img)\b[^<>]*?\s(?:href|src)\s*=\s*)(["'])([^"'<>]*)\2""", re.IGNORECASE
)


def sniff(source: Source) -> bool:
    """Whether the root element is one that feeds have."""
    name = root_name(source.head)
    is_template = source.head.lstrip().startswith(b"---")  # front matter: a site makes its feed of it
    return name in ROOTS and not is_template and (name != "rdf" or b"channel" in source.head)


def read(source: Source) -> Iterator[RawPost | RawComment | Skipped]:
    """Every entry in order, usually the newest first."""
    content = _content(source)
    parsed = _parse(source, content)
    if not parsed.version and not parsed.entries:
        raise SourceRefused(f"{source.name}: it is not a feed")
    if not parsed.entries:
        source.warn("the feed has no entries")
    blog = _blog(parsed.feed)
    inherited = _authors(parsed.feed) if parsed.version.startswith("atom") else ()
    whole = max(0, len(parsed.entries) - _is_cut_off(content))
    for number, entry in enumerate(parsed.entries[:whole], start=1):
        where = f"entry {number}"
        if _is_comment(entry):
            yield _comment(where, entry, blog)
        else:
            post = _post(where, entry, blog, inherited)
            yield _of_one_date(post) if parsed.version.startswith("rss") else post
    for number in range(whole + 1, len(parsed.entries) + 1):
        yield Skipped(f"entry {number}", "the file ends inside this record")


def _parse(source: Source, content: bytes) -> Any:
    """What feedparser makes of the feed; mended where that makes it whole, and with a warning."""
    parsed = _parse_once(content)
    if not parsed.bozo:
        return parsed
    problem = parsed.bozo_exception
    message = problem.getMessage() if isinstance(problem, SAXException) else str(problem)
    again = _parse_once(mended(content))
    if again.bozo:
        source.warn(
            f"the feed's XML is broken, and was read as far as possible: {SAID.get(message, message)}"
        )
        return parsed
    source.warn(f"the feed's XML is broken, and was mended: {SAID.get(message, message)}")
    return again


def _parse_once(content: bytes) -> Any:
    return parse(
        io.BytesIO(content),
        response_headers={"content-type": "application/xml; charset=utf-8"},
        sanitize_html=False,
        resolve_relative_uris=False,
    )


def _is_cut_off(content: bytes) -> bool:
    """Whether the last entry begins but does not end."""
    tags = deque(ENTRY_TAG.finditer(content), maxlen=1)
    return any(not tag.group().startswith(b"</") for tag in tags)


def _content(source: Source) -> bytes:
    """The feed from its root element on; raises `SourceRefused` where it is too large or unsafe."""
    _, chunks = from_root(source, clean_utf8(source))
    content = bytearray()
    for chunk in chunks:
        content += chunk
        if len(content) > SIZE_LIMIT:
            raise SourceRefused(f"{source.name}: a feed may be {SIZE_LIMIT >> 20} MB large, and this is more")
    return without_impossible_characters(bytes(content))


def _blog(feed: Any) -> RawBlog:
    link = feed.get("link") or ""
    if not is_absolute(link):
        links = (one.get("href") or "" for one in feed.get("links", ()))
        link = next((absolute(href, link) for href in links if is_absolute(href)), link)
    return RawBlog(unescape(TAG.sub("", feed.get("title") or "")), link, feed.get("language") or "")


def _post(where: str, entry: Any, blog: RawBlog, inherited: tuple[str, ...]) -> RawPost:
    link = absolute(blog.link, entry.get("link") or "")
    body = _body(entry)
    title = entry.get("title_detail", {})
    summary = entry.get("summary_detail", {})
    if summary.get("value") == body.get("value") or not entry.get("content"):
        summary = {}
    return RawPost(
        where=where,
        blog=blog,
        own_id=entry.get("id") or "",
        title=title.get("value") or "",
        title_markup=_markup(title),
        body=_with_absolute_links(body, link or blog.link),
        body_markup=_markup(body),
        summary=_with_absolute_links(summary, link or blog.link),
        summary_markup=_markup(summary),
        authors=_authors(entry) or inherited,
        tags=_tags(entry),
        published=_dates(entry, "published", "created"),
        published_hints=tuple(Hint(day, "when it was last changed", 0.7) for day in _dates(entry, "updated")),
        updated=_dates(entry, "updated"),
        link=link if entry.get("link") else "",
        language=_own_language(body, blog),
        left_out="" if body.get("value") else _why_no_post(link, blog),
    )


def _of_one_date(post: RawPost) -> RawPost:
    """The post of an RSS feed without `pubDate`: its `dc:date` is when it was published, not when changed."""
    return post if post.published else replace(post, published=post.updated, published_hints=(), updated=())


def _why_no_post(link: str, blog: RawBlog) -> str:
    """Why an entry without a text is none: generators write feeds of a site's tags as well."""
    return "not a post" if link != blog.link and is_index_address(link) else ""


def _own_language(body: Any, blog: RawBlog) -> str:
    """The language that the entry declares; what it has of the feed says no more than the feed does."""
    language = str(body.get("language") or "")
    return "" if language.lower() == blog.language.lower() else language


def _is_comment(entry: Any) -> bool:
    """Whether it is from a feed of comments, which blogs have beside that of their posts.

    By its link, for an entry that answers another may be a post of its own as well.
    """
    return COMMENT_LINK.search(entry.get("link") or "") is not None


def _comment(where: str, entry: Any, blog: RawBlog) -> RawComment:
    answered = entry.get("thr_in-reply-to")
    post = answered.get("ref") or "" if isinstance(answered, dict) else ""
    link = absolute(blog.link, entry.get("link") or "")
    # RSS names the post in words alone, but a comment's link is that of its post and a place there.
    on_post = "" if post else COMMENT_PAGE.sub("", link.partition("#")[0])
    body = _body(entry)
    return RawComment(
        where=where,
        blog=blog,
        own_id=entry.get("id") or "",
        post_own_id=post,
        post_link=on_post if is_absolute(on_post) else "",
        author=next(iter(_authors(entry)), ""),
        body=_with_absolute_links(body, link or blog.link),
        body_markup=_markup(body),
        published=_dates(entry, "published", "created", "updated"),
        link=link if entry.get("link") else "",
        left_out="" if post or is_absolute(on_post) else ORPHAN,
    )


def _body(entry: Any) -> Any:
    """The first content that is HTML, else the first at all, else the summary."""
    contents = entry.get("content", [])
    hypertext = [content for content in contents if content.get("type") in HTML_TYPES]
    return next(iter([*hypertext, *contents, entry.get("summary_detail", {})]))


def _markup(detail: Any) -> Markup:
    return Markup.HTML if detail.get("type") in HTML_TYPES else Markup.TEXT


def _with_absolute_links(detail: Any, page: str) -> str:
    """The text with links that start at the page it stood on made whole."""
    base = detail.get("base") or page
    return LINK_ATTRIBUTE.sub(partial(_absolute, base), detail.get("value") or "")


def _absolute(base: str, match: re.Match[str]) -> str:
    before, quote, address = match.groups()
    return f"{before}{quote}{absolute(base, address)}{quote}"


def _authors(entry: Any) -> tuple[str, ...]:
    """The names of the authors; an e-mail address beside a name, or instead of one, is dropped."""
    names = [author.get("name") or "" for author in entry.get("authors", ())]
    if len(names) <= 1 and (author := entry.get("author") or ""):
        words = (word for word in author.split() if "@" not in word.strip("@"))
        names = [" ".join(words).strip("()<> ")]
    return tuple(dict.fromkeys(name for name in names if name and "@" not in name))


def _tags(entry: Any) -> tuple[str, ...]:
    labels = (tag.get("label") or tag.get("term") or "" for tag in entry.get("tags", ()))
    return tuple(dict.fromkeys(unescape(label).strip() for label in labels if label.strip()))


def _dates(entry: Any, *names: str) -> tuple[str, ...]:
    # An entry asked for a date that it lacks answers with another one, so it is asked as a plain dict.
    return tuple(date for name in names if (date := dict.get(entry, name)))


FORMAT = Format(
    name="feed",
    title="RSS or Atom feed",
    sniff=sniff,
    read=read,
    standing=Standing.FEED,
    complete=False,
    known_by="the root element: rss, feed or RDF",
)
