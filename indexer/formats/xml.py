"""Reads the records of an XML export one at a time, in flat memory.

Each record is parsed on its own, inside a root that declares the file's namespaces: strictly first,
and where that fails, mended and parsed again. What cannot be mended is `Skipped` with its place; the
records around it are unharmed. Nothing is ever opened or fetched: no document type gets here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from lxml import etree

from indexer.formats.encoding import clean_utf8
from indexer.formats.prolog import from_root
from indexer.formats.repair import mended
from indexer.formats.scanner import RECORD_LIMIT, Fate, RecordScanner, Span
from indexer.record import Skipped
from indexer.source import Source
from search.errors import SourceRefused

TEXT_LIMIT = 10 << 20
"""How long one text of a record may be, in characters."""

Element = etree._Element
Namespaces = Mapping[str | None, str]

_MEGABYTE = 1 << 20
_HARMLESS = frozenset({"ERR_ATTRIBUTE_REDEFINED"})
_FATES = {
    Fate.CUT_OFF: "the file ends inside this record",
    Fate.TOO_LARGE: f"the record is larger than {RECORD_LIMIT // _MEGABYTE} MB",
}


@dataclass(frozen=True, slots=True)
class Header:
    """What an export says of itself before its first record: the root element, without the records."""

    root: Element


@dataclass(frozen=True, slots=True)
class Record:
    """One record, and where it is, for a person: `item 17, line 2210`."""

    element: Element
    where: str


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
        prefix = next((prefix for pattern, prefix in self._prefixes if pattern.fullmatch(namespace)), None)
        self[tag] = tag if prefix is None or not namespace else f"{prefix}{local}"
        return self[tag]

    def children(self, element: Element) -> Iterator[tuple[str, Element]]:
        """The element's children, each with its name."""
        for child in element.iterchildren("*"):
            yield self[child.tag], child


def records(
    source: Source, tag: str, roots: Sequence[str], namespaces: Namespaces
) -> Iterator[Header | Record | Skipped]:
    """The header of the export, then its records called `tag`.

    `roots` are the names its root element may have, in lower case, the usual one first. `namespaces`
    are declared where the file uses their prefixes and forgot to. Raises `SourceRefused` for a
    document type with entities, and where the source is no such XML.
    """
    line_ends, chunks = from_root(source, clean_utf8(source))
    scanner = RecordScanner(chunks, tag, line_ends + 1)
    root = _parse_header(source, scanner.header(), roots)
    yield Header(root)
    reader = _RecordReader(tag, namespaces, root)
    number, fate = 0, Fate.COMPLETE
    for number, span in enumerate(scanner, start=1):
        fate = span.fate
        where = f"{tag} {number}, line {span.line}"
        if fate in _FATES:
            yield Skipped(where, _FATES[fate])
        else:
            yield from reader.read(span, where)
    reader.report(source)
    if not number:
        source.warn(f"there is no <{tag}> in it, so no post")
    if not scanner.closed and fate is not Fate.CUT_OFF:
        source.warn("the file ends without its closing tag: what came after may be missing")


def text_of(element: Element) -> str:
    """What the element says, without the blanks around it."""
    text = "".join(map(str, element.itertext())) if len(element) else element.text or ""
    return text.strip()


def markup_of(element: Element) -> str:
    """The HTML an element holds, whether as escaped text or as elements of its own."""
    if not len(element):
        return text_of(element)
    inner = [escape(element.text or ""), *(str(etree.tostring(child, encoding=str)) for child in element)]
    return "".join(inner).strip()


def _parser(*, recover: bool) -> etree.XMLParser:
    return etree.XMLParser(
        encoding="utf-8",
        recover=recover,
        huge_tree=True,
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        remove_comments=True,
        remove_pis=True,
    )


def _parse_header(source: Source, header: bytes | None, roots: Sequence[str]) -> Element:
    if header is None:
        raise SourceRefused(f"{source.name}: {RECORD_LIMIT // _MEGABYTE} MB went by without a record")
    root = etree.fromstring(mended(header), _parser(recover=True))
    name = etree.QName(root).localname if root is not None else "nothing"
    if root is None or name.lower() not in roots:
        raise SourceRefused(
            f"{source.name}: a file of this format begins with <{roots[0]}>, not with <{name[:40]}>"
        )
    return root


class _RecordReader:
    """Parses records one by one, and remembers how many had to be mended."""

    def __init__(self, tag: str, namespaces: Namespaces, root: Element) -> None:
        declared: dict[str | None, str] = {**namespaces, **root.nsmap}
        for element in root.iterchildren("*"):
            declared |= element.nsmap if element.getnext() is None else {}
        attributes = "".join(
            f" xmlns{f':{prefix}' if prefix else ''}={quoteattr(uri)}" for prefix, uri in declared.items()
        )
        self._prologue = f"<records{attributes}>".encode()
        self._opening = re.compile(
            rb"<" + (f"{root.prefix}:" if root.prefix else "").encode() + tag.encode() + rb"[\s>]"
        )
        self._strict = _parser(recover=False)
        self._lenient = _parser(recover=True)
        self._mended = 0
        self._first_mended = ""

    def read(self, span: Span, where: str) -> Iterator[Record | Skipped]:
        """The record, or why it cannot be read; both where a broken one ran into a whole one."""
        try:
            yield _unless_too_long(self._parse(span.markup), len(span.markup), where)
        except etree.XMLSyntaxError:
            following = self._following(span, where)
            if following is None:
                yield self._mend(span, where)
            else:
                yield Skipped(where, "its closing tag is missing")
                yield following

    def report(self, source: Source) -> None:
        """Tell the user how many records had to be mended."""
        if self._mended:
            source.warn(
                f"{self._mended} records with broken XML were mended, the first at {self._first_mended}"
            )

    def _parse(self, markup: bytes) -> Element:
        return etree.fromstring(self._prologue + markup + b"</records>", self._strict)[0]

    def _following(self, span: Span, where: str) -> Record | None:
        """The whole record at the end of a span whose first record is not closed."""
        openings = [opening.start() for opening in self._opening.finditer(span.markup, 1)]
        if not openings:
            return None
        try:
            element = self._parse(span.markup[openings[-1] :])
        except etree.XMLSyntaxError:
            return None
        return Record(element, f"after {where}")

    def _mend(self, span: Span, where: str) -> Record | Skipped:
        document = etree.fromstring(self._prologue + mended(span.markup) + b"</records>", self._lenient)
        for error in self._lenient.error_log:
            if error.domain_name != "NAMESPACE" and error.type_name not in _HARMLESS:
                return Skipped(
                    where, f"its XML is broken at line {span.line + error.line - 1}: {error.message}"
                )
        self._mended += 1
        self._first_mended = self._first_mended or where
        return _unless_too_long(document[0], len(span.markup), where)


def _unless_too_long(element: Element, size: int, where: str) -> Record | Skipped:
    if size > TEXT_LIMIT and any(len(text) > TEXT_LIMIT for text in element.itertext()):
        return Skipped(where, f"one of its texts is longer than {TEXT_LIMIT // _MEGABYTE} MB")
    return Record(element, where)
