"""OPML 1.0 and 2.0: a list of feeds, or a blog that was written as an outline.

    opml > head > title, ownerName, urlPublic
         > body > outline(text, xmlUrl, htmlUrl)*                     a list of feeds, maybe in folders
         > body > outline(text, created, type, url) > outline(text)*  a blog: one outline is one post

In a blog, the outline of a year, month or day only holds posts; in any other one the text is the title and
the outlines below it the body, and one without any is a post without a title. A list of feeds has no posts,
and says so; `feeds_in` gives its addresses.

Source: opml.org/spec2.opml, and the blogs that Radio, the OPML Editor, Fargo and Drummer wrote.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

from lxml import etree

from indexer.formats.format import Format
from indexer.formats.reading.encoding import clean_utf8
from indexer.formats.reading.parser import MEND_LIMIT, TAG_LIMIT, Element
from indexer.formats.reading.prolog import from_root, root_name
from indexer.formats.reading.repair import mended
from indexer.formats.reading.text import whole_characters
from indexer.record import Markup, RawBlog, RawPost, Skipped
from indexer.source import Source
from search.errors import SourceRefused

_LARGEST = 20_000_000  # bytes; the outline of a whole year has a tenth of that
_LONGEST_ADDRESS = 2_000  # characters

_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_CALENDAR = re.compile(
    rf"(?:\w+day,? )?(?:(?:{_MONTHS})(?: \d\d?)?(?:,? \d{{4}})?|\d{{4}}(?:-\d\d){{0,2}})\Z", re.IGNORECASE
)
_ADDRESS = re.compile(r"(?:feed:)?(https?://\S+)\Z", re.IGNORECASE)
_FEED_SCHEME = re.compile(r"feed://", re.IGNORECASE)
_NO_POSTS = frozenset({"include", "link", "rss", "atom"})
_FEW_WORDS = 300  # characters that a title may have


@dataclass(frozen=True, slots=True)
class FeedLink:
    """One feed of a list: what it is called there, maybe nothing, and its `http` or `https` address."""

    title: str
    address: str


_ENDING = re.compile(rb"</(?:opml|body)\s*>", re.IGNORECASE)
_LONGEST_ENDING = 1_000
_OUTLINE_TAG = re.compile(rb"<(/?)outline\b(?:\"[^\"]*\"|'[^']*'|[^<>\"'/]|/(?!>))*+(/?)>", re.IGNORECASE)
_STEPS = {(False, False): 1, (False, True): 0, (True, False): -1, (True, True): -1}
"""What a tag adds to how deep one is, by whether it begins and ends with a slash."""


def sniff(source: Source) -> bool:
    """Whether the root element is `opml`."""
    return root_name(source.head) == "opml"


def feeds_in(source: Source) -> Iterator[FeedLink]:
    """The feeds of a list in its order, each address once; raises `SourceRefused` where it is no OPML."""
    seen: set[str] = set()
    for outline in _root(source, _content(source)).iter("outline"):
        address = _feed_address(outline)
        if address and address not in seen:
            seen.add(address)
            yield FeedLink(" ".join(unescape(_get(outline, "title", "text")).split()), address)


def read(source: Source) -> Iterator[RawPost | Skipped]:
    """The posts of a blog in the order of the outline; of a list of feeds none, with a warning."""
    markup = _content(source)
    root = _root(source, markup)
    if feeds := _only_feeds(root):
        source.warn(f"is a list of {feeds:,} feeds; given to reindex by itself, these are fetched")
        return
    blog = RawBlog(_text_in_head(root, "title"), _text_in_head(root, "urlPublic"))
    owner = _text_in_head(root, "ownerName")
    owner = "" if "@" in owner else owner  # an address of e-mail, which is not read
    posts = list(_posts(root))
    whole = len(posts) - (_is_cut_off(markup) and len(posts) > 0)
    for number, outline in enumerate(posts, start=1):
        where = f"outline {number}, line {outline.sourceline}"
        if number <= whole:
            yield _post(where, outline, blog, owner)
        else:
            yield Skipped(where, "the file ends inside this record")


def is_list(source: Source) -> bool:
    """Whether it is a list of feeds and holds no posts; raises `SourceRefused` where it is no OPML."""
    return _only_feeds(_root(source, _content(source))) > 0


def _only_feeds(root: Element) -> int:
    """How many feeds a list holds; 0 for a blog that has some links to feeds among its posts."""
    leaves = [outline for outline in root.iter("outline") if not len(outline)]
    feeds = sum(bool(_feed_address(leaf)) for leaf in leaves)
    return feeds if feeds * 2 > len(leaves) else 0


def _content(source: Source) -> bytes:
    """The whole file; raises `SourceRefused` where that is too much."""
    _, chunks = from_root(source, clean_utf8(source))
    markup = bytearray()
    for chunk in chunks:
        markup += chunk
        if len(markup) > _LARGEST:
            raise SourceRefused(f"{source.name}: larger than {_LARGEST // 1_000_000} MB, too large for OPML")
    if markup.count(b"<") > TAG_LIMIT:
        raise SourceRefused(f"{source.name}: it has more than {TAG_LIMIT:,} tags")
    return bytes(markup)


def _is_cut_off(markup: bytes) -> bool:
    """Whether the file ends inside an outline."""
    if _ENDING.search(markup, max(0, len(markup) - _LONGEST_ENDING)):
        return False
    depth = sum(_STEPS[bool(tag[1]), bool(tag[2])] for tag in _OUTLINE_TAG.finditer(markup))
    return depth > 0 or markup.rfind(b"<") > markup.rfind(b">")


def _root(source: Source, markup: bytes) -> Element:
    """The whole outline, mended where it is broken; raises `SourceRefused`."""
    root = _parsed(markup, recover=False)
    if root is None:
        source.warn("its XML is broken; what could be read of it was")
        root = _parsed(mended(markup) if len(markup) <= MEND_LIMIT else markup, recover=True)
    if root is None or root.tag.lower() != "opml":
        raise SourceRefused(f"{source.name}: not an OPML file, it does not begin with <opml>")
    return root


def _parsed(markup: bytes, *, recover: bool) -> Element | None:
    parser = etree.XMLParser(
        encoding="utf-8",
        recover=recover,
        huge_tree=True,
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        return etree.fromstring(markup, parser)
    except etree.XMLSyntaxError:
        return None


def _get(outline: Element, *names: str) -> str:
    """The first of the attributes that is there, however its letters are written."""
    attributes = {str(name).lower(): value for name, value in outline.attrib.items()}
    found = (str(attributes.get(name.lower(), "")).strip() for name in names)
    return whole_characters(next(filter(None, found), ""))


def _feed_address(outline: Element) -> str:
    address = _FEED_SCHEME.sub("http://", _get(outline, "xmlUrl"))
    found = _ADDRESS.match(address[: _LONGEST_ADDRESS + 1])
    return found[1] if found and len(found[1]) <= _LONGEST_ADDRESS else ""


def _text_in_head(root: Element, name: str) -> str:
    return whole_characters(unescape(root.findtext(f"head/{name}") or "").strip())


def _posts(root: Element) -> Iterator[Element]:
    """The outlines that are posts: the topmost ones, and those below a year, month or day."""
    pending = [outline for body in reversed(root.findall("body")) for outline in reversed(body)]
    while pending:
        outline = pending.pop()
        kind = _get(outline, "type").lower()
        if outline.tag != "outline" or _get(outline, "isComment").lower() == "true":
            continue
        if len(outline) and (kind.startswith("calendar") or _CALENDAR.match(_get(outline, "text"))):
            pending.extend(reversed(outline))
        elif len(outline) or not (kind in _NO_POSTS or _feed_address(outline)):
            yield outline


def _post(where: str, outline: Element, blog: RawBlog, owner: str) -> RawPost:
    text = _get(outline, "text", "title")
    has_title = bool(len(outline)) and len(text) <= _FEW_WORDS
    author = _get(outline, "author") or owner
    body = _markup(outline) if has_title else f"<p>{text}</p>{_markup(outline)}"
    link = next(
        (link for link in (_get(outline, "permalink"), _get(outline, "url")) if _ADDRESS.match(link)), ""
    )
    return RawPost(
        where=where,
        blog=blog,
        own_id=_get(outline, "guid"),
        title=text if has_title else "",
        title_markup=Markup.HTML,
        body=body if text or len(outline) else "",
        authors=(author,) if author else (),
        tags=tuple(tag.strip("/ ") for tag in _get(outline, "category").split(",") if tag.strip("/ ")),
        published=tuple(filter(None, (_get(outline, "created", "pubDate"),))),
        link=link,
    )


def _markup(outline: Element) -> str:
    """The outlines below one as HTML: paragraphs, and lists of those below them; without recursion."""
    parts: list[str] = []
    for event, one in etree.iterwalk(outline, events=("start", "end"), tag="outline"):
        if one is outline or _is_hidden(one, outline):
            continue
        is_top = one.getparent() is outline
        if event == "start":
            parts.append(("<p>" if is_top else "<li>") + _get(one, "text"))
            parts.append(("</p>" if is_top else "") + ("<ul>" if len(one) else ""))
        else:
            parts.append(("</ul>" if len(one) else "") + ("" if is_top else "</li>"))
    return "".join(parts)


def _is_hidden(outline: Element, top: Element) -> bool:
    """Whether it, or what it is below of, was commented out."""
    one: Element | None = outline
    while one is not None and one is not top:
        if _get(one, "isComment").lower() == "true":
            return True
        one = one.getparent()
    return False


FORMAT = Format(
    name="opml",
    title="OPML",
    sniff=sniff,
    read=read,
    known_by="the root element `opml`",
)
