"""Reads the records of an XML export one at a time, in flat memory.

The bytes go through four modules, each of which knows one thing: `encoding` makes them clean UTF-8,
`prolog` finds the root and refuses document types, `scanner` cuts out the records, and `parser`
makes elements of them. A record that is broken is `Skipped` with its place, and harms no other.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from lxml import etree

from indexer.formats.reading.encoding import clean_utf8
from indexer.formats.reading.parser import Element, Namespaces, Record, RecordParser, parse_header
from indexer.formats.reading.prolog import from_root
from indexer.formats.reading.scanner import RECORD_LIMIT, Fate, RecordScanner, Span
from indexer.record import Skipped
from indexer.source import Source
from search.errors import SourceRefused

__all__ = [
    "Element",
    "Header",
    "Names",
    "Namespaces",
    "Record",
    "document",
    "markup_of",
    "records",
    "text_of",
]

# The name itself, behind a namespace or an undeclared prefix. libxml2 reads names that lxml does not write.
_HTML_NAME = re.compile(r"(?:\A|(?<=[:}]))[A-Za-z][\w-]*\Z", re.ASCII)


@dataclass(frozen=True, slots=True)
class Header:
    """What an export says of itself before its first record: the root element, without the records."""

    root: Element


class Names(dict[str, str]):
    """From lxml's tags to `prefix:name`, with our own prefix for each namespace that matches a pattern.

    However a file spells its prefixes, even without declaring them, a format sees one name. Tags
    in namespaces that are not listed keep lxml's `{namespace}name`.
    """

    def __init__(self, prefixes: Iterable[tuple[str, str]]) -> None:
        super().__init__()
        self._prefixes = tuple((re.compile(pattern), prefix) for pattern, prefix in prefixes)

    def __missing__(self, tag: str) -> str:
        namespace, _, local = tag.removeprefix("{").rpartition("}")
        prefixes = (prefix for pattern, prefix in self._prefixes if pattern.fullmatch(namespace))
        prefix = next(prefixes, None) if namespace else None
        name = self[tag] = tag if prefix is None else f"{prefix}{local}"
        return name

    def children(self, element: Element) -> Iterator[tuple[str, Element]]:
        """The element's children, each with its name."""
        for child in element.iterchildren("*"):
            yield self[child.tag], child


def records(
    source: Source, tag: str, roots: Sequence[str], namespaces: Namespaces, *, besides: Sequence[str] = ()
) -> Iterator[Header | Record | Skipped]:
    """The header of the export, then its records called `tag`, and those called anything in `besides`.

    `roots` are the names its root element may have, in lower case, the usual one first. `namespaces`
    are declared where the file uses their prefixes and forgot to. Raises `SourceRefused` for a
    document type with entities, and where the source is no such XML.
    """
    line_ends, chunks = from_root(source, clean_utf8(source))
    scanner = RecordScanner(chunks, (tag, *besides), line_ends + 1)
    root = _root(source, scanner.header(), roots)
    yield Header(root)
    parser = RecordParser((tag, *besides), namespaces, root)
    numbers, fate = Counter[str](), Fate.COMPLETE
    for span in scanner:
        fate = span.fate
        numbers[span.tag] += 1
        yield from parser.parse(span, numbers[span.tag])
    parser.report(source)
    if not numbers[tag]:
        source.warn(f"there is no <{tag}> in it, so no post")
    if not scanner.closed and fate is not Fate.CUT_OFF:
        source.warn("the file ends without its closing tag: what came after may be missing")


def document(source: Source, tag: str) -> Iterator[Record | Skipped]:
    """The whole source as one record with the root `tag`; raises `SourceRefused` as `records` does."""
    line_ends, chunks = from_root(source, clean_utf8(source))
    markup, fate = bytearray(), Fate.COMPLETE
    for chunk in chunks:
        markup += chunk
        if len(markup) > RECORD_LIMIT:
            markup, fate = bytearray(), Fate.TOO_LARGE
            break
    parser = RecordParser([tag], {}, etree.Element(tag))
    yield from parser.parse(Span(bytes(markup), line_ends + 1, fate, tag), 1)
    parser.report(source)


def text_of(element: Element) -> str:
    """What the element says, without the blanks around it."""
    text = "".join(map(str, element.itertext())) if len(element) else element.text or ""
    return text.strip()


def markup_of(element: Element) -> str:
    """The HTML an element holds, whether as escaped text or as elements of its own."""
    if not len(element):
        return text_of(element)
    # Under a root of its own it is written out without the namespaces of the whole export.
    holder = etree.Element("body")
    holder.text = element.text
    holder.extend(list(element))
    for descendant in holder.iterdescendants("*"):
        name = _HTML_NAME.search(descendant.tag)
        descendant.tag = name[0] if name else "span"
    etree.cleanup_namespaces(holder)
    markup = str(etree.tostring(holder, encoding=str, method="html"))
    return markup.removeprefix("<body>").removesuffix("</body>").strip()


def _root(source: Source, header: bytes | None, roots: Sequence[str]) -> Element:
    if header is None:
        raise SourceRefused(f"{source.name}: {RECORD_LIMIT >> 20} MB went by without a record")
    root = parse_header(header)
    name = "nothing" if root is None else str(root.tag).rpartition("}")[2]
    if root is None or name.lower() not in roots:
        raise SourceRefused(
            f"{source.name}: a file of this format begins with <{roots[0]}>, not with <{name[:40]}>"
        )
    return root
