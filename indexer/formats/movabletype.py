"""The text that Movable Type and TypePad export, as do many hosts of blogs, above all Japanese ones.

    AUTHOR: Ada Low                     the head: one line each
    TITLE: The Title
    DATE: 10/03/2023 10:54:50 AM
    -----
    BODY:                               sections: BODY, EXTENDED BODY, EXCERPT, KEYWORDS, COMMENT, PING
    Text.
    -----
    COMMENT:
    AUTHOR: Max Lee                     a comment has a head of its own, and then its text
    DATE: 10/04/2023 08:00:00 AM
    Well said.
    -----
    --------                            the end of the entry

Described at https://movabletype.org/documentation/appendices/import-export-format.html. `CONVERT BREAKS` says
how the text is written. The file says neither its encoding nor its blog.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from pathlib import PurePosixPath

from indexer.formats.dashes import SECTION_END, entries, is_head, key_of
from indexer.formats.format import Format
from indexer.formats.reading.charset import guessed_charset
from indexer.formats.reading.encoding import clean_utf8
from indexer.formats.reading.parser import TEXT_LIMIT
from indexer.formats.reading.scanner import RECORD_LIMIT, Fate, Span
from indexer.record import POST_LEFT_OUT, Markup, RawBlog, RawComment, RawPost, Skipped
from indexer.source import HEAD_SIZE, Source

STATUSES = {
    "": "",
    "publish": "",
    "published": "",
    "draft": "draft",
    "hold": "draft",
    "unpublish": "draft",
    "future": "scheduled",
    "scheduled": "scheduled",
    "review": "pending",
    "pending": "pending",
    "spam": "spam",
    "private": "private",
}
"""Why an entry with a status is left out; one that is not listed is left out under its own name."""

FILTERS = {
    "0": Markup.HTML,
    "none": Markup.HTML,
    "richtext": Markup.HTML,
    "wysiwyg": Markup.HTML,
    "blockeditor": Markup.HTML,
    "block_editor": Markup.HTML,
    "markdown": Markup.MARKDOWN,
    "markdown_with_smartypants": Markup.MARKDOWN,
    "commonmark": Markup.MARKDOWN,
}
"""How a text is written, by its `CONVERT BREAKS`; with any other the line ends are breaks."""

SECTIONS = frozenset({"BODY", "EXTENDED BODY", "EXCERPT", "KEYWORDS", "COMMENT", "PING"})
REPLIES = frozenset({"COMMENT", "PING"})
REPLY_KEYS = frozenset(
    {"AUTHOR", "EMAIL", "IP", "URL", "DATE", "TITLE", "BLOG NAME", "SECRET", "PASS", "SCORE"}
)
"""What the lines of a comment's head say; e-mail and IP addresses are passed over."""

_OWN_FIELD = re.compile(r"CF\d+_\w+")  # A site's own fields are sections, too.
_SECTION_END = re.compile(rf"^{SECTION_END}[ \t]*(?:\n|\Z)", re.MULTILINE)
_SECTION_NAME = re.compile(r"\s*([A-Z][A-Za-z0-9_ ]{2,100}?)[ \t]*:[ \t]*(?:\n|\Z)")
_BLANK_REST = re.compile(r"\s*\Z")
_TAG = re.compile(r'"([^"\n]*)"|([^",\n]+)')
_MARKED_UP = re.compile(r"<(?:p|br|div)\b", re.IGNORECASE)
_HATENA = re.compile(r"((?:[\w-]+\.)+[a-z]+)\.export\.txt")
_DATE = re.compile(r"(0\d|1[0-2])/(\d\d)/(\d{4}) +(\d\d)(:\d\d(?::\d\d)?)(?: *([APap])[Mm])?", re.ASCII)
_LONGEST_KEYWORD = 60  # characters; beyond that it is a sentence


def sniff(source: Source) -> bool:
    """Whether the text begins with the head of an entry."""
    head = source.head.replace(b"\0", b"").removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace")
    lines = re.split(r"\r\n?|\n", head)
    while lines and not lines[0].strip(" \t-\ufffd"):
        del lines[0]
    whole = len(source.head) < HEAD_SIZE or any(line.rstrip() == SECTION_END for line in lines)
    return is_head(lines if whole else lines[:-1]) and (SECTION_END in map(str.rstrip, lines) or not whole)


def read(source: Source) -> Iterator[RawPost | RawComment | Skipped]:
    """Every entry in order, each followed by its comments."""
    blog = _blog(source)
    closed = False  # whether the entries before end with five dashes before their eight
    charset = source.charset or guessed_charset(source)
    for number, span in enumerate(entries(clean_utf8(source, charset)), start=1):
        where = f"entry {number}, line {span.line}"
        head, *sections = _sections(span.markup.decode())
        if why := _why_unreadable(span, head, sections, closed=closed):
            yield Skipped(where, why)
        else:
            yield from _entry(where, _Head.of(head.text.split("\n")), sections, blog)
        closed = span.markup.rstrip().endswith(SECTION_END.encode())


@dataclass(frozen=True, slots=True)
class _Section:
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class _Head:
    """What the first lines of an entry or comment say, by their keys."""

    values: Mapping[str, Sequence[str]]

    @classmethod
    def of(cls, lines: Iterable[str]) -> _Head:
        values: dict[str, list[str]] = {}
        for line in lines:
            if key := key_of(line):
                values.setdefault(key, []).append(line.partition(":")[2].strip())
        return cls(values)

    def all(self, key: str) -> Sequence[str]:
        return [value for value in self.values.get(key, ()) if value]

    def first(self, key: str) -> str:
        return next(iter(self.all(key)), "")


def _blog(source: Source) -> RawBlog:
    """The blog, where the file's name tells: Hatena's exports are called after its address."""
    found = _HATENA.fullmatch(PurePosixPath(source.name).name)
    return RawBlog(link=f"https://{found[1]}/") if found else RawBlog()


def _why_unreadable(span: Span, head: _Section, sections: Sequence[_Section], *, closed: bool) -> str:
    if span.fate is Fate.TOO_LARGE:
        return f"the record is larger than {RECORD_LIMIT >> 20} MB"
    if any(len(section.text) > TEXT_LIMIT for section in (head, *sections)):
        return f"one of its texts is longer than {TEXT_LIMIT >> 20} MB"
    ends_closed = span.markup.rstrip().endswith(SECTION_END.encode())
    if span.fate is Fate.CUT_OFF and (not sections or (closed and not ends_closed)):
        return "the file ends inside this record"
    return ""


def _sections(text: str) -> Iterator[_Section]:
    """The head of an entry, and its sections; a line of dashes before no section is part of the text."""
    name, start = "", 0
    for dashes in _SECTION_END.finditer(text):
        following = _section_at(text, dashes.end())
        if following is None and name:
            continue
        yield _Section(name, text[start : dashes.start()])
        name, start = following or ("BODY", dashes.end())
    if text[start:].strip() or not name:
        yield _Section(name, text[start:])


def _section_at(text: str, position: int) -> tuple[str, int] | None:
    """The name of the section that begins at the position, and where its text does; None where none does."""
    found = _SECTION_NAME.match(text, position)
    if found is None:
        return ("END", len(text)) if _BLANK_REST.match(text, position) else None
    name, start = found[1], found.end()
    if name in REPLIES:
        line_end = text.find("\n", start)
        known = key_of(text[start : line_end if line_end >= 0 else len(text)]) in REPLY_KEYS
    else:
        known = name in SECTIONS or _OWN_FIELD.fullmatch(name) is not None
    return (name, start) if known else None


def _entry(
    where: str, head: _Head, sections: Sequence[_Section], blog: RawBlog
) -> Iterator[RawPost | RawComment]:
    post = _post(where, head, sections, blog)
    yield post
    replies = (section for section in sections if section.name in REPLIES)
    for number, reply in enumerate(replies, start=1):
        yield _reply(f"{where}, comment {number}", reply, post)


def _post(where: str, head: _Head, sections: Sequence[_Section], blog: RawBlog) -> RawPost:
    texts = {section.name: text for section in reversed(sections) if (text := section.text.strip())}
    body = "\n\n".join(texts[name] for name in ("BODY", "EXTENDED BODY") if name in texts)
    slug, date, link = head.first("BASENAME"), head.first("DATE"), head.first("UNIQUE URL")
    if blog.link and slug and not link:
        link = f"{blog.link}entry/{slug}"
    name = slug or head.first("TITLE")
    status = head.first("STATUS").lower()
    return RawPost(
        where=where,
        blog=blog,
        # A name is only unique within its month, so that it takes the date to tell entries apart.
        own_id=f"{name} {date}".strip() if name and not link else "",
        slug=slug.rpartition("/")[2],
        title=head.first("TITLE"),
        title_markup=Markup.HTML,
        body=body,
        body_markup=_markup(head, body),
        summary=texts.get("EXCERPT", ""),
        summary_markup=Markup.HTML,
        authors=tuple(head.all("AUTHOR")[:1]),
        tags=_tags(head, texts.get("KEYWORDS", "")),
        published=tuple(map(_year_first, head.all("DATE")[:1])),
        link=link,
        # Said where there are only comments, on an entry that is elsewhere.
        left_out="not a post" if head.first("NO ENTRY") and not body else STATUSES.get(status, status[:40]),
    )


def _year_first(date: str) -> str:
    """A date in the one order that the format knows, month first, written so that nobody has to guess it."""
    found = _DATE.fullmatch(date.strip())
    if not found:
        return date
    month, day, year, hour, rest, half = found.groups()
    if half:
        hour = f"{int(hour) % 12 + (12 if half in 'pP' else 0):02}"
    return f"{year}-{month}-{day} {hour}{rest}"


def _markup(head: _Head, body: str) -> Markup:
    breaks = head.first("CONVERT BREAKS").lower()
    if not breaks and _MARKED_UP.search(body):
        return Markup.HTML
    return FILTERS.get(breaks, Markup.LINES)


def _tags(head: _Head, keywords: str) -> tuple[str, ...]:
    """Categories, the main one first, tags and keywords."""
    quoted = (one or other for line in head.all("TAGS") for one, other in _TAG.findall(line))
    words = keywords.replace("\n", ",").split(",")
    names = [
        *head.all("PRIMARY CATEGORY"),
        *head.all("CATEGORY"),
        *quoted,
        *(word for word in words if len(word) <= _LONGEST_KEYWORD),
    ]
    return tuple(dict.fromkeys(unescape(name).strip() for name in names if name.strip()))


def _reply(where: str, section: _Section, post: RawPost) -> RawComment:
    lines = section.text.split("\n")
    keys: set[str] = set()
    while len(keys) < len(lines) and (key := key_of(lines[len(keys)])) in REPLY_KEYS - keys:
        keys.add(key)
    head = _Head.of(lines[: len(keys)])
    own_reason = "trackback" if section.name == "PING" else "private" if head.first("SECRET") == "1" else ""
    return RawComment(
        where=where,
        blog=post.blog,
        author=unescape(head.first("AUTHOR")),
        body="\n".join(lines[len(keys) :]).strip(),
        body_markup=Markup.LINES,
        published=tuple(map(_year_first, head.all("DATE"))),
        left_out=own_reason or (POST_LEFT_OUT if post.left_out else ""),
    )


FORMAT = Format(
    name="movabletype",
    title="Movable Type and TypePad export (text)",
    sniff=sniff,
    read=read,
    known_by="text whose first lines are AUTHOR:, TITLE: and the like, then five dashes",
)
