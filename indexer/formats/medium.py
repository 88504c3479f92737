"""Medium's export: a zip of HTML pages, of which those in `posts/` hold one post each.

A post's page is an h-entry (https://microformats.org/wiki/h-entry):

    <article class="h-entry"><header><h1 class="p-name">title</h1></header>
    <section data-field="subtitle" class="p-summary">…</section>
    <section data-field="body" class="e-content"> … <h3 class="graf graf--h3 graf--title">title</h3> …
    <footer>By <a class="p-author" href="https://medium.com/@jo">Jo</a> on
    <a href="https://medium.com/p/0123456789ab"><time class="dt-published" datetime="…">…</time></a>
    <a class="p-canonical" href="…">…

Drafts have neither author nor date nor canonical link. Responses to other people's posts are pages like any
other, but without a title: `p-name` repeats how their text begins. The other folders hold what the author
read and clapped for, and where they signed in from; none of that is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from selectolax.lexbor import LexborHTMLParser, LexborNode

from indexer.formats.format import Format
from indexer.formats.pages.elements import addresses, first_values, inner_html, value_of
from indexer.formats.reading.text import read_text
from indexer.neighbours import Neighbours
from indexer.normalise.bodies.nesting import shallow
from indexer.record import RawBlog, RawPost, Skipped
from indexer.source import Source

_LARGEST = 10_000_000  # bytes

_EXPORTED = re.compile(  # the style that all of its pages share, a post's text, the page about its author
    rb"section\[data-field=subtitle\],\s+section\[data-field=description\]"
    rb'|<section\s+data-field="(?:subtitle" class="p-summary|body" class="e-content)"'
    rb"|<li><b>Medium user ID:</b>"
)
_ID_IN_LINK = re.compile(r"(?:[/-])([0-9a-f]{8,14})(?:\?|$)")
_FOOTER_LINK = re.compile(r'<a\s[^<>]*href="http[^<>]*class="p-canonical"')
_PROFILE = "profile/profile.html"
_FURNITURE = ".graf--empty, .section-divider, .mixtapeImage"


def sniff(source: Source) -> bool:
    """A page of the export, whichever of its folders it is in."""
    return _EXPORTED.search(source.head) is not None


def read(source: Source) -> Iterator[RawPost | Skipped]:
    """The one post of a page; left out where it is a draft, a response, or not about a post."""
    text = read_text(source, _LARGEST)
    tree = LexborHTMLParser(shallow(text))
    body = tree.css_first(".h-entry .e-content")
    if body is None:
        yield RawPost(where="the page", left_out="not a post")
        return
    title = next(first_values(tree, [".h-entry .p-name"]), "")
    summary = next(first_values(tree, [".h-entry .p-summary"]), "")
    link = next(addresses(tree, ["a.p-canonical"]), "")
    if not link and _FOOTER_LINK.search(text):  # else it would pass for a draft
        yield Skipped("the page", "so many elements of its text are never closed that its footer is lost")
        return
    left_out = _left_out(source.name, title, body, link)
    _take_repeated(body, title, summary)
    author = tree.css_first("footer .p-author")
    name = value_of(author) if author is not None else _name_in_profile(source)
    yield RawPost(
        where="the page",
        blog=RawBlog(name=name, link=next(addresses(tree, ["footer .p-author"]), "")),
        own_id=_own_id(tree, link, source.name),
        title=title,
        body=inner_html(body),
        summary=summary,
        authors=(name,) if name else (),
        tags=tuple(value_of(tag) for tag in tree.css("footer a.p-tag")),
        published=tuple(first_values(tree, ["footer .dt-published"])),
        link=link,
        left_out=left_out,
    )


def _left_out(name: str, title: str, body: LexborNode, link: str) -> str:
    """Why the page is no published post of its author's own; empty where it is one."""
    if PurePosixPath(name).name.startswith("draft_") or not link:
        return "draft"
    text = " ".join(body.text().split())
    first = body.css_first(".graf")
    untitled = (
        body.css_first(".graf--title") is None and first is not None and first.tag in ("p", "blockquote")
    )
    return "response" if untitled and text.startswith(title.rstrip("…")) else ""


def _take_repeated(body: LexborNode, title: str, summary: str) -> None:
    """Take off the text what is its title and summary again, and what shows nothing."""
    for node in reversed(body.css(_FURNITURE)):
        node.decompose()
    for selector, repeated in ((".graf--title", title), (".graf--subtitle", summary)):
        found = body.css_first(selector)
        if found is not None and " ".join(found.text().split()) == repeated:
            found.decompose()


def _own_id(tree: LexborHTMLParser, link: str, name: str) -> str:
    """The short address that the post has in Medium's feeds, too; else the name of its file."""
    short = tree.css_first("footer a[href^='https://medium.com/p/']")
    if short is not None:
        return short.attributes.get("href") or ""
    found = _ID_IN_LINK.search(link) or _ID_IN_LINK.search(PurePosixPath(name).stem)
    return f"https://medium.com/p/{found[1]}" if found else PurePosixPath(name).name


def _name_in_profile(source: Source) -> str:
    return source.neighbours.once(_author_of_export) if source.neighbours else ""


def _author_of_export(files: Neighbours) -> str:
    """The name on the page about the author."""
    path = next((path for path in files.names() if f"/{path}".endswith(f"/{_PROFILE}")), "")
    page = files.read(path) if path else None
    if not page or len(page) > _LARGEST:
        return ""
    return next(
        first_values(LexborHTMLParser(shallow(page.decode("utf-8", "replace"))), [".h-card .p-name"]), ""
    )


FORMAT = Format(
    name="medium",
    title="Medium export",
    sniff=sniff,
    read=read,
    known_by='the style and the marks of its pages: `data-field="body"` in an `h-entry`',
)
