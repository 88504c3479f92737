"""A saved web page of one post, with its comments.

What a page says of its post is read from JSON-LD, then from microformats, microdata, meta tags and the
templates of the common blogging systems (`pages.templates`). A page no template fits is read by its
shape alone, and only where something else shows that it is a post.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain

from selectolax.lexbor import LexborHTMLParser, LexborNode

from indexer.formats.format import Format
from indexer.formats.pages import templates
from indexer.formats.pages.address import page_address
from indexer.formats.pages.comments import take_comments
from indexer.formats.pages.elements import addresses, first_values, inner_html, outermost, remove, value_of
from indexer.formats.pages.head_title import blog_beside
from indexer.formats.pages.kind import INDEX, is_article, why_no_post
from indexer.formats.pages.narrowing import Narrowing
from indexer.formats.pages.signature import signature
from indexer.formats.pages.structured_data import Facts, article_facts, described_comments
from indexer.formats.reading.links import is_absolute
from indexer.formats.reading.text import read_text
from indexer.normalise.bodies.nesting import shallow
from indexer.record import Hint, Markup, RawBlog, RawComment, RawPost, Reading, Skipped
from indexer.source import Source
from search.model import Standing

_LARGEST = 10_000_000  # bytes
_OFTEN = 4  # times longer than a teaser
_PLENTY = 1_000  # characters of text that may be a post though nothing says so
_SOME = 100  # characters that may be all of a post where the page says that they are
_ENOUGH = 250  # characters of text that may be a post though nothing but a heading says so
_CLOSELY = 2_000_000  # characters that can be searched for the main text in a few seconds

_CHARSET = re.compile(rb"""<meta[^<>]{1,200}?charset\s*=\s*["']?\s*([\w.:-]{1,40})""", re.IGNORECASE)
_PAGE = re.compile(rb"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_HOLDS_PAGES = re.compile(rb"\AWARC/|\Afiledesc:|<(?:rss|feed|rdf:RDF|opml)\b")  # archives and feeds
_TITLE = re.compile(r"<title\b[^<>]*>([^<]*)", re.IGNORECASE)
_SCRIPT = re.compile(r"<(?=s)(script|style)\b", re.IGNORECASE)
_SCRIPT_ENDS = {name: re.compile(rf"</{name}[^<>]{{0,99}}>", re.IGNORECASE) for name in ("script", "style")}
_DAY_IN_LINK = re.compile(r"/((?:19[89]|20\d)\d)/(0[1-9]|1[0-2])(?:/(0[1-9]|[12]\d|3[01]))?/")

_NO_POST = "not a post"


def sniff(source: Source) -> bool:
    """HTML by its tags, whatever the name; but no feed and no web archive, which have pages inside."""
    return _PAGE.search(source.head) is not None and _HOLDS_PAGES.search(source.head) is None


def read(source: Source) -> Iterator[RawPost | RawComment | Skipped]:
    """The post, then its comments in the order of the page."""
    declared = _CHARSET.search(source.head)
    charset = source.charset or (declared[1].decode("ascii", "replace") if declared else "")
    text = read_text(source, _LARGEST, charset)
    page = _Page(text, source)
    post = page.post(source.name)
    if why := page.why_no_post:
        source.warn(f"not read as a post: {why}")
    yield post
    if not post.left_out:
        yield from page.comments


class _Page:
    """A page taken apart: comments first, then what stands around the post, then the post."""

    def __init__(self, text: str, source: Source) -> None:
        self._title = _TITLE.search(text)
        self._text = text
        markup = _without_scripts(text)
        self._tree = LexborHTMLParser(shallow(markup))
        self._may_match = Narrowing(markup)
        self._facts: Facts = article_facts(text)
        self._link = page_address(self._tree, text, source, self._facts.get("link", ()))
        self._is_article = is_article(self._tree, self._facts)
        self._signed = signature(self._tree, self._may_match(templates.SIGNATURES))
        self.comments = take_comments(self._tree, self._link, self._may_match) or list(
            described_comments(text)
        )
        remove(self._tree, self._may_match.one(templates.COMMENT_SECTIONS))
        remove(self._tree, self._may_match.one(templates.AROUND))
        self.why_no_post = ""

    def post(self, name: str) -> RawPost:
        """The post; left out, with `why_no_post` saying why, where the page is none."""
        head_title = self._head_title()
        title = self._best("title") or head_title
        named = self._best("blog")
        guessed = "" if named else blog_beside(title, head_title)
        post = RawPost(
            where="the page",
            blog=RawBlog(
                name=named or guessed,
                link=self._address("blog_link"),
                language=self._language(),  # a theme's, which need not be that of the text
            ),
            own_id="" if self._link else name,
            title=title,
            summary=self._best("summary"),
            authors=self._authors(),
            tags=self._all("tags"),
            published=tuple(filter(None, (self._signed.date, *self._values("published")))),
            published_hints=self._hints(),
            updated=self._values("updated"),
            link=self._link,
            left_out=self._left_out(name),
            readings=(Reading("blog", "the title of the page", 0.6),) if guessed else (),
        )
        if post.left_out:
            return post
        post = self._with_body(post)
        if not post.body:
            self.why_no_post = self.why_no_post or "no text of a post was found on it"
            return replace(post, left_out=_NO_POST)
        return post

    def _left_out(self, name: str) -> str:
        """Why the page is not a published post, as far as its marks tell."""
        self.why_no_post = why_no_post(self._tree, self._text, self._facts, self._link, name)
        return _NO_POST if self.why_no_post else ""

    def _with_body(self, post: RawPost) -> RawPost:
        """The post with its text, by the most trustworthy means that finds any."""
        if bodies := self._bodies():
            if len(bodies) > 1 and not self._is_article:
                bodies = _longest_first(bodies)
                if not _outweighs(bodies[0], bodies[1:]):
                    self.why_no_post = INDEX
                    return post
            rest = [
                self._tree.css_first(part) for part in templates.CONTINUED if not bodies[0].css_first(part)
            ]
            parts = [bodies[0], *(part for part in rest if part is not None)]
            remove(bodies[0], self._may_match.one(templates.IN_BODIES))
            return replace(post, body="\n".join(map(inner_html, parts)))
        if article := self._facts.get("text"):
            return replace(post, body=article[0], body_markup=Markup.TEXT)
        return self._by_shape(post)

    def _bodies(self) -> list[LexborNode]:
        """The elements that hold a post's text each."""
        best: list[LexborNode] = []
        longest = 0
        for selector in self._may_match(templates.BODIES):
            found = [node for node in outermost(self._tree, selector) if node.text().strip()]
            length = max((len(node.text()) for node in found), default=0)
            # A teaser may have the class of a text; the text is much longer then.
            if found and (not best or (length >= _PLENTY and length > _OFTEN * longest)):
                best, longest = found, length
            if longest >= _ENOUGH:
                break
        return _longest_first(best) if self._is_article else best

    def _by_shape(self, post: RawPost) -> RawPost:
        """The post with the text that looks like the main one, where the page may be a post at all."""
        body = self._main_part() or _main_text(self._tree)
        heading = self._tree.css_first("h1") is not None and len(body) >= _ENOUGH
        dated = post.published or post.published_hints
        if not (self._is_article or dated or heading or len(body) >= _PLENTY):
            self.why_no_post = "nothing on it says that it is a post"
            return post
        return replace(
            post, body=body, readings=(*post.readings, Reading("text", "main text of the page", 0.5))
        )

    def _main_part(self) -> str:
        """The HTML of the element that the page says is its main one, where it is text more than links."""
        for selector in self._may_match(templates.MAIN_TEXTS):
            part = self._tree.css_first(selector)
            length = len(part.text()) if part is not None else 0
            if part is not None and length >= _SOME:
                links = sum(len(anchor.text()) for anchor in part.css("a"))
                return inner_html(part) if links < length / 10 else ""
        return ""

    def _address(self, field: str) -> str:
        """The first whole address for a field."""
        stated = filter(is_absolute, self._facts.get(field, ()))
        return next(chain(addresses(self._tree, self._may_match(templates.FIELDS[field])), stated), "")

    def _values(self, field: str) -> tuple[str, ...]:
        """All candidates for a field, best first: JSON-LD's, then the first element of each selector."""
        found = (
            *self._facts.get(field, ()),
            *first_values(self._tree, self._may_match(templates.FIELDS[field])),
        )
        return tuple(dict.fromkeys(found))

    def _best(self, field: str) -> str:
        return next(iter(self._values(field)), "")

    def _all(self, field: str) -> tuple[str, ...]:
        """All values by the best means that has any."""
        if facts := self._facts.get(field):
            return facts
        for selector in self._may_match(templates.FIELDS[field]):
            if values := tuple(dict.fromkeys(filter(None, map(value_of, self._tree.css(selector))))):
                return values
        return ()

    def _authors(self) -> tuple[str, ...]:
        names = (
            re.sub(r"^(?:posted )?by\s+", "", name, flags=re.IGNORECASE) for name in self._all("authors")
        )
        found = tuple(name for name in names if not name.startswith("http") and "@" not in name)
        return found or tuple(filter(None, [self._signed.name]))

    def _hints(self) -> tuple[Hint, ...]:
        found = _DAY_IN_LINK.search(self._link)
        return (Hint("-".join(filter(None, found.groups())), "its address", 0.7),) if found else ()

    def _language(self) -> str:
        root = self._tree.css_first("html")
        return (root.attributes.get("lang") or "" if root is not None else "") or self._best("language")

    def _head_title(self) -> str:
        return " ".join(html.unescape(self._title[1]).split()) if self._title else ""


def _without_scripts(text: str) -> str:
    """The page without what is no markup and takes the longest to look through."""
    kept, place = [], 0
    while opening := _SCRIPT.search(text, place):
        closing = _SCRIPT_ENDS[opening[1].lower()].search(text, opening.end())
        if not closing:
            break
        kept.append(text[place : opening.start()])
        place = closing.end()
    return "".join([*kept, text[place:]])


def _outweighs(body: LexborNode, others: list[LexborNode]) -> bool:
    """Whether the others are what stands around a text, as teasers of other posts do."""
    return len(body.text()) > 2 * sum(len(other.text()) for other in others)


def _longest_first(nodes: list[LexborNode]) -> list[LexborNode]:
    return sorted(nodes, key=lambda node: len(node.text()), reverse=True)


def _main_text(tree: LexborHTMLParser) -> str:
    """The HTML of what looks like the main text: all of it, where the page is too large to look closely."""
    page = tree.html or ""
    if len(page) > _CLOSELY and tree.body is not None:
        return inner_html(tree.body)
    # It takes half a second to import, and few pages need it.
    import trafilatura  # noqa: PLC0415

    found = trafilatura.extract(page, output_format="html", include_comments=False)
    body = LexborHTMLParser(found).body if found else None
    return inner_html(body) if body is not None else ""


FORMAT = Format(
    name="page",
    title="Saved web page",
    sniff=sniff,
    read=read,
    standing=Standing.PAGE,
    known_by="HTML, whatever the file is called",
)
