"""Parses one record's bytes: strictly first, and where that fails, mended and once more.

A record is parsed inside a root of our own that declares the file's namespaces. No document type
gets here, and the parsers would neither resolve an entity nor open anything if one did.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import quoteattr

from lxml import etree

from indexer.formats.reading.repair import mended, without_impossible_characters
from indexer.formats.reading.scanner import RECORD_LIMIT, Fate, Span
from indexer.record import Skipped
from indexer.source import Source

TEXT_LIMIT = 10 << 20
"""How long one text of a record may be, in characters."""

TAG_LIMIT = 500_000
"""How many tags a record may have. Each takes a hundred times its size in memory, and more."""

MEND_LIMIT = 2 << 20
"""How large a record may be to be mended, in bytes: each thing mended takes memory of its own."""

Element = etree._Element
Namespaces = Mapping[str | None, str]

_FATES = {
    Fate.CUT_OFF: "the file ends inside this record",
    Fate.TOO_LARGE: f"the record is larger than {RECORD_LIMIT >> 20} MB",
}
_LINE_IN_RECORD = re.compile(r" line \d+")  # libxml2 counts from where the record begins.
_TRIES = 8  # In how many places, from the end, a whole record is looked for in a broken one.
_HARMLESS = frozenset({"ERR_ATTRIBUTE_REDEFINED"})


@dataclass(frozen=True, slots=True)
class Record:
    """One record, and where it is, for a person: `item 17, line 2210`."""

    element: Element
    where: str


def parse_header(markup: bytes) -> Element | None:
    """The root element of a file that breaks off before its first record; None where there is none."""
    try:
        return etree.fromstring(without_impossible_characters(mended(markup)), _parser(recover=True))
    except etree.XMLSyntaxError:  # there is not even a tag
        return None


class RecordParser:
    """Parses the records with these tags of one file, and remembers how many it had to mend.

    `root` is the file's own root, whose namespaces count over those in `namespaces`.
    """

    def __init__(self, tags: Sequence[str], namespaces: Namespaces, root: Element) -> None:
        self._prologue = _prologue({**namespaces, **root.nsmap, **(root[-1].nsmap if len(root) else {})})
        name = re.escape(f"{root.prefix}:" if root.prefix else "") + f"(?:{'|'.join(map(re.escape, tags))})"
        self._opening = re.compile(f"<{name}[\\s>]".encode())
        self._joint = re.compile(f"</{name}\\s{{0,64}}>\\s{{0,64}}<{name}[\\s>]".encode())
        self._strict = _parser(recover=False)
        self._lenient = _parser(recover=True)
        self._mended = 0
        self._first_mended = ""

    def parse(self, span: Span, number: int) -> Iterator[Record | Skipped]:
        """The record, or why it cannot be read; both where a broken one ran into a whole one."""
        where = _where(span, number, span.line)
        if why := _FATES.get(span.fate) or _too_many_tags(span.markup):
            yield Skipped(where, why)
            return
        element = self._parse(span.markup)
        runs_on = element is None or self._joint.search(span.markup)
        if following := self._following(span, number) if runs_on else None:
            yield Skipped(where, "it is not closed, and runs into the next")
            yield following
        elif element is not None:
            yield _unless_too_long(element, len(span.markup), where)
        else:
            yield self._mend(span, where)

    def report(self, source: Source) -> None:
        """Tell the user how many records had to be mended."""
        if self._mended:
            source.warn(
                f"records with broken XML that was mended: {self._mended}, first {self._first_mended}"
            )

    def _parse(self, markup: bytes) -> Element | None:
        try:
            return etree.fromstring(self._prologue + markup + b"</records>", self._strict)[0]
        except etree.XMLSyntaxError:
            return None

    def _following(self, span: Span, number: int) -> Record | None:
        """The whole record at the end of a span whose first record, or a text in it, is not closed."""
        openings = deque((opening.start() for opening in self._opening.finditer(span.markup, 1)), _TRIES)
        for start in reversed(openings):
            element = self._parse(span.markup[start:])
            if element is not None:
                line = span.line + span.markup.count(b"\n", 0, start)
                return Record(element, _where(span, number, line))
        return None

    def _mend(self, span: Span, where: str) -> Record | Skipped:
        if len(span.markup) > MEND_LIMIT:
            return Skipped(where, "its XML is broken, and it is too large to mend")
        document = etree.fromstring(self._prologue + mended(span.markup) + b"</records>", self._lenient)
        for error in self._lenient.error_log:
            if error.domain_name != "NAMESPACE" and error.type_name not in _HARMLESS:
                message = _LINE_IN_RECORD.sub("", error.message).strip()
                return Skipped(where, f"its XML is broken at line {span.line + error.line - 1}: {message}")
        self._mended += 1
        self._first_mended = self._first_mended or where
        return _unless_too_long(document[0], len(span.markup), where)


def _where(span: Span, number: int, line: int) -> str:
    return f"{span.tag} {number}, line {line}"


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


def _prologue(namespaces: Namespaces) -> bytes:
    attributes = (
        f" xmlns{f':{prefix}' if prefix else ''}={quoteattr(uri)}" for prefix, uri in namespaces.items()
    )
    return f"<records{''.join(attributes)}>".encode()


def _too_many_tags(markup: bytes) -> str:
    if len(markup) <= TAG_LIMIT or markup.count(b"<") <= TAG_LIMIT:
        return ""
    return f"it has more than {TAG_LIMIT:,} tags"


def _unless_too_long(element: Element, size: int, where: str) -> Record | Skipped:
    if size > TEXT_LIMIT and any(len(text) > TEXT_LIMIT for text in element.itertext()):
        return Skipped(where, f"one of its texts is longer than {TEXT_LIMIT >> 20} MB")
    return Record(element, where)
