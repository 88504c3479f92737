"""What Blogger's two exports share: Atom, with elements of Google's own.

feed > title, link, entry*
entry > id, title, content, author > name, published, updated, category*, link*
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from indexer.formats.reading.xml import Element, Names, Namespaces, markup_of, text_of
from indexer.record import Markup, RawBlog

ROOTS = ("feed",)
NAMESPACES: Namespaces = {
    "app": "http://purl.org/atom/app#",
    "blogger": "http://schemas.google.com/blogger/2018",
    "gd": "http://schemas.google.com/g/2005",
    "thr": "http://purl.org/syndication/thread/1.0",
}
NAMES = Names(
    (
        (r"https?://www\.w3\.org/2005/Atom", ""),
        (r"https?://purl\.org/atom/app#|https?://www\.w3\.org/2007/app", "app:"),
        (r"https?://purl\.org/syndication/thread/1\.0", "thr:"),
        (r"https?://schemas\.google\.com/blogger/\d+", "blogger:"),
        (r"https?://schemas\.google\.com/g/2005", "gd:"),
    )
)
KIND_SCHEME = "http://schemas.google.com/g/2005#kind"


@dataclass(frozen=True, slots=True)
class Entry:
    """The children of one entry, by name, in order."""

    children: dict[str, list[Element]]

    @classmethod
    def of(cls, element: Element) -> Entry:
        """The entry (or feed) that the element is."""
        children: dict[str, list[Element]] = {}
        for name, child in NAMES.children(element):
            children.setdefault(name, []).append(child)
        return cls(children)

    def all(self, name: str) -> Sequence[Element]:
        """Every child of that name."""
        return self.children.get(name, ())

    def text(self, name: str) -> str:
        """The text of the first child of that name, or empty."""
        return next((text_of(child) for child in self.all(name)), "")

    def attribute(self, name: str, attribute: str) -> str:
        """An attribute of the first child of that name, or empty."""
        return next((child.get(attribute, "") for child in self.all(name)), "")

    def link(self, relation: str) -> str:
        """Where the first link of that relation leads, or empty."""
        links = (
            child.get("href", "") for child in self.all("link") if child.get("rel", "alternate") == relation
        )
        return next(links, "").strip()

    def dates(self, *names: str) -> tuple[str, ...]:
        """The dates of those names that are there, each once."""
        return tuple(dict.fromkeys(text for name in names if (text := self.text(name))))

    @property
    def body(self) -> str:
        """The content, as HTML unless `body_markup` says otherwise."""
        return next((markup_of(child) for name in ("content", "summary") for child in self.all(name)), "")

    @property
    def body_markup(self) -> Markup:
        """How the content is written; both exports write HTML, so what does not say is taken for it."""
        return Markup.TEXT if self.attribute("content", "type") in {"text", "text/plain"} else Markup.HTML

    @property
    def title_markup(self) -> Markup:
        """How the title is written."""
        return Markup.HTML if self.attribute("title", "type") in {"html", "xhtml"} else Markup.TEXT

    @property
    def authors(self) -> tuple[str, ...]:
        """The names of the authors."""
        authors = (Entry.of(author).text("name") for author in self.all("author"))
        return tuple(dict.fromkeys(name for name in authors if name))

    @property
    def labels(self) -> tuple[str, ...]:
        """What the entry is filed under."""
        categories = (child for child in self.all("category") if child.get("scheme") != KIND_SCHEME)
        return tuple(dict.fromkeys(term for child in categories if (term := child.get("term", "").strip())))


def blog_of(root: Element) -> RawBlog:
    """What the feed says of its blog."""
    feed = Entry.of(root)
    return RawBlog(feed.text("title"), feed.link("alternate"))
