"""LiveJournal and Dreamwidth: what they export themselves, and what the programs write that back journals up.

    livejournal > entry*                    "Export Journal", a file a month, or a table of it; ljArchive
    entry > itemid, eventtime, logtime, subject, event, security, taglist, current_mood, …, comment*
    comment > itemid, eventtime, subject, event, author > name, parent_itemid

    livejournal > comments > comment*       "export_comments", which knows entries by their places alone, and
    comment[id jitemid parentid posterid state] > subject, body, date        has names in a list of its own:
    livejournal > comments > comment*, usermaps > usermap[id user]           `comment_meta`

    event > itemid, ditemid, url, eventtime, subject, event, security, props > taglist, …      ljdump's L-12
    comments > comment > id, parentid, user, subject, date, body, state                        ljdump's C-12

The public number of an entry is 256 times its place in the journal plus a check number. Line ends are breaks
unless the entry is said to be preformatted. What only friends may read is private.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import escape
from pathlib import PurePosixPath
from typing import assert_never

from indexer.formats.bodies.livejournal_tags import as_seen
from indexer.formats.format import Format
from indexer.formats.reading.csv_rows import CsvRow, columns, csv_rows
from indexer.formats.reading.prolog import root_name
from indexer.formats.reading.xml import Element, Header, Record, document, records, text_of
from indexer.neighbours import Neighbours
from indexer.record import POST_LEFT_OUT, Markup, RawBlog, RawComment, RawPost, Skipped
from indexer.source import Source

ROOTS = ("livejournal", "comments")

STATES = {"": "", "A": "", "F": "", "D": "removed", "S": "hidden", "B": "spam"}
"""Why a comment in a state is left out: frozen ones can be read, screened ones by their writers alone."""

_FILE_OF_LJDUMP = re.compile(r"[LC]-(\d{1,9})")
_FILE_OF_A_MONTH = re.compile(r"(\w[\w-]*)-\d{4}-\d\d\.(?:xml|csv)")
_LIST_OF_COMMENTS = re.compile(r"comment[^/]{0,40}meta[^/]{0,40}\.xml$")
_USER = re.compile(
    rb"""<usermap\s+id\s*=\s*["'](\d{1,20})["']\s+user\s*=\s*["']([\w-]{1,40})["']""", re.ASCII
)
_COLUMNS = frozenset({"eventtime", "subject", "event"})
_CHECK_NUMBERS = 256


def sniff(source: Source) -> bool:
    """Whether it is a journal, an entry or comments, by the root and what is in it; or a table of entries."""
    head = source.head.replace(b"\0", b"")
    match root_name(head):
        case "livejournal":
            return True
        case "event":
            return b"<eventtime>" in head or b"<itemid>" in head or _place_in_name(source) != ""
        case "comments":
            return _place_in_name(source) != "" or b"<parentid" in head
        case _:
            return _is_table(source)


def read(source: Source) -> Iterator[RawPost | RawComment | Skipped]:
    """Every entry in order, each followed by its comments; or the comments of entries in other files."""
    blog = _blog(source)
    if _is_table(source):
        yield from _table(source, blog)
        return
    users = source.neighbours.once(_users) if source.neighbours else {}
    for found in _found(source):
        match found:
            case Header():
                pass
            case Record(element) if element.tag == "comment":
                yield from _comment_elsewhere(found, blog, _place_in_name(source), users)
            case Record(element) if element.tag in {"entry", "event"}:
                yield from _entry(found, blog)
            case Record():
                pass
            case Skipped():
                yield found
            case _:
                assert_never(found)


def _is_table(source: Source) -> bool:
    return columns(source) >= _COLUMNS


def _table(source: Source, blog: RawBlog) -> Iterator[RawPost | Skipped]:
    for row in csv_rows(source):
        match row:
            case CsvRow():
                yield _post(f"line {row.line}", row.values, blog)
            case Skipped():
                yield row
            case _:
                assert_never(row)


def _found(source: Source) -> Iterator[Header | Record | Skipped]:
    if root_name(source.head) == "event":
        return document(source, "event")
    if b"<comments" in source.head:
        return records(source, "comment", ROOTS, {}, besides=["entry"])
    return records(source, "entry", ROOTS, {}, besides=["comment"])


def _place_in_name(source: Source) -> str:
    """The place of the entry that a file of ljdump is called after."""
    found = _FILE_OF_LJDUMP.fullmatch(PurePosixPath(source.name).name)
    return found[1] if found else ""


def _blog(source: Source) -> RawBlog:
    """The journal: ljdump's folder is called after it, and so is a month that the site itself exports."""
    path = PurePosixPath(source.name)
    if _place_in_name(source):
        return RawBlog(path.parent.name)
    if month := _FILE_OF_A_MONTH.fullmatch(path.name):
        return RawBlog(month[1])
    # Comments are of the journal whose months lie beside them.
    journals = source.neighbours.once(_journals) if source.neighbours else frozenset()
    return RawBlog(*journals) if len(journals) == 1 else RawBlog()


def _journals(files: Neighbours) -> frozenset[str]:
    """The journals that files are called after."""
    months = (_FILE_OF_A_MONTH.fullmatch(PurePosixPath(name).name) for name in files.names())
    return frozenset(month[1] for month in months if month)


def _texts(element: Element) -> dict[str, str]:
    """What the children say, by their names, and those of `props` with them."""
    texts: dict[str, str] = {}
    for child in element.iterchildren("*"):
        if child.tag == "props":
            texts |= _texts(child)
        elif child.tag not in texts or not len(child):
            texts[child.tag] = text_of(child)
    return texts


def _entry(record: Record, blog: RawBlog) -> Iterator[RawPost | RawComment]:
    post = _post(record.where, _texts(record.element), blog)
    yield post
    for number, child in enumerate(record.element.iterchildren("comment"), start=1):
        yield _comment(f"{record.where}, comment {number}", child, post)


def _post(where: str, texts: Mapping[str, str], blog: RawBlog) -> RawPost:
    security = texts.get("security", "").lower()
    return RawPost(
        where=where,
        blog=blog,
        own_id=texts.get("itemid", ""),
        slug=_place(texts),
        title=texts.get("subject", ""),
        title_markup=Markup.HTML,
        body=_body(texts),
        body_markup=Markup.HTML if texts.get("opt_preformatted") in {"1", "true"} else Markup.LINES,
        authors=tuple(filter(None, [texts.get("poster") or blog.name])),
        tags=tuple(filter(None, map(str.strip, texts.get("taglist", texts.get("tags", "")).split(",")))),
        published=tuple(date for name in ("eventtime", "logtime") if (date := texts.get(name, ""))),
        link=texts.get("url", ""),
        left_out="" if security in {"", "public"} else "private",
    )


def _place(texts: Mapping[str, str]) -> str:
    """The entry's place in the journal, by which comments know it that are in other files."""
    number = texts.get("itemid", "")
    is_public_number = "logtime" in texts and "anum" not in texts and "ditemid" not in texts
    if not is_public_number or not number.isdecimal() or len(number) > 15:
        return number
    return str(int(number) // _CHECK_NUMBERS)


def _body(texts: Mapping[str, str]) -> str:
    """The text, and below it what a reader is told of the writer's mood and music."""
    below = (("Mood", texts.get("current_mood", "")), ("Music", texts.get("current_music", "")))
    notes = [f"{name}: {escape(text, quote=False)}" for name, text in below if text]
    return "\n\n".join([as_seen(texts.get("event", "")), *notes])


def _comment(where: str, element: Element, post: RawPost) -> RawComment:
    """A comment of ljArchive's, inside its entry."""
    texts = _texts(element)
    author = next((_texts(child) for child in element.iterchildren("author")), {})
    parent = texts.get("parent_itemid", "")
    return RawComment(
        where=where,
        blog=post.blog,
        own_id=texts.get("itemid", ""),
        parent_own_id="" if parent == "0" else parent,
        author=author.get("name", ""),
        body=_with_subject(texts.get("subject", ""), texts.get("event", "")),
        body_markup=Markup.LINES,
        published=tuple(filter(None, [texts.get("eventtime", "")])),
        left_out=STATES.get(texts.get("state", ""), "") or (POST_LEFT_OUT if post.left_out else ""),
    )


def _users(files: Neighbours) -> Mapping[str, str]:
    """The names behind the numbers of those who wrote comments, from the lists beside the texts."""
    lists = (files.read(name) or b"" for name in files.names() if _LIST_OF_COMMENTS.search(name))
    return {number.decode(): name.decode() for content in lists for number, name in _USER.findall(content)}


def _comment_elsewhere(
    record: Record, blog: RawBlog, own_entry: str, users: Mapping[str, str]
) -> Iterator[RawComment]:
    """A comment whose entry is in another file; lists of comments without their texts give none."""
    texts = _texts(record.element) | {str(name): str(value) for name, value in record.element.items()}
    place = own_entry or texts.get("jitemid", "")
    if not place:
        return
    parent, state = texts.get("parentid", ""), texts.get("state", "")
    yield RawComment(
        where=record.where,
        blog=blog,
        own_id=texts.get("id", ""),
        post_own_id=own_entry,
        post_slug=place,
        parent_own_id="" if parent == "0" else parent,
        author=texts.get("user", "") or users.get(texts.get("posterid", ""), ""),
        body=_with_subject(texts.get("subject", ""), texts.get("body", "")),
        body_markup=Markup.LINES,
        published=tuple(filter(None, [texts.get("date", "")])),
        left_out=STATES.get(state, state[:40]),
    )


def _with_subject(subject: str, body: str) -> str:
    subject = subject.strip()
    text = as_seen(body)
    return f"<b>{escape(subject, quote=False)}</b>\n\n{text}" if subject else text


FORMAT = Format(
    name="livejournal",
    title="LiveJournal and Dreamwidth",
    sniff=sniff,
    read=read,
    known_by="XML with the root element livejournal, a table with its columns, or the files of ljdump",
)
