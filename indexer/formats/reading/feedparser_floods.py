"""feedparser, but linear: what takes it quadratic time is done otherwise, by parsers in place of its own.

It compares each tag of an entry with all before it, looks each attribute of an element up in a list, looks
through all namespaces for each element, and searches the names of authors for an address in a way that
takes the square of their length. A feed of 4 MB would keep it busy for an hour. It has no settings for
these, so that its two parsers, of whole and of broken XML, are exchanged for ones that hold less at once.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from xml.sax.xmlreader import AttributesNSImpl

from feedparser import api, mixin

MOST_ATTRIBUTES = 200
"""How many attributes of one element are seen."""

MOST_NAMESPACES = 200
"""How many prefixes a feed may declare; its elements with others are those of broken XML."""

LONGEST_AUTHOR = 200
"""How many characters of a name are searched for an address."""


class _Bounded(mixin._FeedParserMixin):  # type: ignore[misc] # feedparser has no types
    """What both parsers share, with the same results."""

    def __init__(self, *arguments: Any) -> None:
        self._tags_of: dict[int, tuple[list[Any], set[tuple[str | None, ...]]]] = {}
        super().__init__(*arguments)

    def _add_tag(self, *tag: str | None) -> None:
        """Keep a tag (its term, scheme and label) once, without comparing it with all others."""
        tags = self._get_context().setdefault("tags", [])
        # The list is held beside what is known of it, so that no other list gets its number.
        _, known = self._tags_of.setdefault(id(tags), (tags, set()))
        if any(tag) and tag not in known:
            known.add(tag)
            tags.append(api.FeedParserDict(zip(("term", "scheme", "label"), tag, strict=True)))

    def _sync_author_detail(self, key: str = "author") -> None:
        context = self._get_context()
        if name := context.get(key):
            context[key] = name[:LONGEST_AUTHOR]
        super()._sync_author_detail(key)

    def track_namespace(self, prefix: str | None, uri: str) -> None:
        """Learn of a namespace, unless there are too many."""
        if len(self.namespaces_in_use) < MOST_NAMESPACES:
            super().track_namespace(prefix, uri)


class _OfWholeXml(_Bounded, api.StrictFeedParser):  # type: ignore[misc] # feedparser has no types
    def startElementNS(  # noqa: N802 - SAX's name
        self, name: tuple[str | None, str], qname: str | None, attributes: Any
    ) -> None:
        """Begin an element, with the first of its attributes where there are too many."""
        if len(attributes) > MOST_ATTRIBUTES:
            first = dict(attributes.items()[:MOST_ATTRIBUTES])
            attributes = AttributesNSImpl(first, {one: one[1] for one in first})
        super().startElementNS(name, qname, attributes)


class _OfBrokenXml(_Bounded, api.LooseFeedParser):  # type: ignore[misc] # feedparser has no types
    pass


api.StrictFeedParser = _OfWholeXml
api.LooseFeedParser = _OfBrokenXml

parse: Callable[..., Any] = api.parse
"""feedparser's own, with these parsers."""
