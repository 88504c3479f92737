"""What `blogsearch export` writes: JSON Feed 1.1 with objects of its own, so that nothing is lost.

    {"version": "https://jsonfeed.org/version/1.1", "title": …,
     "_blogsearch": {"about": …, "layout": 1, "sources": [{"location": …}], "feeds": […]},
     "items": [{"id": …, "content_html": …, "_blogsearch": {"date": "2025-03", "known": {…}, "held": {…}}}],
     "_blogsearch_more": {"versions": [like items], "comments": [{"id": …, "post": …, "content_html": …}]}}

`indexer.exporting.shape` writes it, docs/formats.md says what each name means. An item without `held` was
made of several `versions`. Anybody can write such a file, so everything in it is looked at again: what is
not of the form that it has to have is `Skipped`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, NoReturn

from indexer.exporting.names import EXTENSION, LAYOUT, MORE
from indexer.formats.format import Format
from indexer.formats.reading.json_tables import Row, rows
from indexer.formats.reading.text import whole_characters
from indexer.record import KeptComment, KeptPost, Skipped
from indexer.source import Source
from search.errors import SourceRefused
from search.history import FeedState, SourceRecord
from search.model import Blog, Comment, InvalidPeriod, Origin, Period, Post, Standing
from search.sameness.identity import (
    CommentIdentity,
    Held,
    Identity,
    IdKind,
    Strength,
    key,
    number,
    strength_of,
)
from search.sameness.origins import FIELDS, OTHERWISE

NAME = "blogsearch"
TABLES = ("sources", "feeds", "items", "versions", "comments")
_WITHIN = ((), (EXTENSION,), (MORE,))
_LONGEST = 24 << 20  # characters of a line: the longest post, its HTML and its text, escaped
_ID = re.compile(r"[a-z2-7]{12}")
_HASH = re.compile(r"[0-9a-f]{1,15}")
_MOST = 1_000  # keys, earlier ids or addresses of one record
_EARLIEST_YEAR = 1000
_LAST_DAY = datetime.max.toordinal()
_MOST_PLACES = 1 << 53


class _Wrong(ValueError):
    """A record is not of the form that it has to have; the message says in what."""


def sniff(source: Source) -> bool:
    """A JSON Feed with our own object at its beginning."""
    head = source.head.lstrip(b"\xef\xbb\xbf \t\r\n")
    return head.startswith(b"{") and b"//jsonfeed.org/version/" in head and _MARK.search(head) is not None


_MARK = re.compile(rb'"_blogsearch"\s*:\s*\{')


def read(source: Source) -> Iterator[KeptPost | KeptComment | Skipped]:
    """The posts and comments that a reader of the archive saw; whose they were there does not count."""
    for row in entries(source):
        if isinstance(row.value, Skipped):
            yield row.value
        elif row.table == "items":
            yield from _posts(row)
        elif row.table == "comments":
            yield from _shown(row)


def entries(source: Source) -> Iterator[Row]:
    """Each row of each list, in the order of the file; raises `SourceRefused` for a layout of the future."""
    if (found := re.search(rb'"layout"\s*:\s*(\d{1,9})', source.head)) and int(found[1]) > LAYOUT:
        raise SourceRefused(f"{source.name}: a later version of blogsearch wrote it; install that to read it")
    return rows(source, TABLES, _WITHIN, longest=_LONGEST)


def version(value: Any, where: str) -> KeptPost | Skipped | None:
    """What one source says of a post, with how it is held; None for a post that has several versions."""
    try:
        own = _object(value, EXTENSION)
        if "held" not in own:
            return None
        return KeptPost(where, _post(value), _identity(own), _held(own))
    except _Wrong as error:
        return Skipped(where, str(error))


def reply(value: Any, where: str) -> KeptComment | Skipped:
    """What one source says of a comment, with how it is held; post and parent are that source's."""
    try:
        said = _object(value, "said")
        comment = replace(_comment(value), post_id=_id(said, "post"), parent=_id(said, "parent"))
        place = _number(said, "place", _MOST_PLACES)
        return KeptComment(where, comment, _reply_identity(value), place, _held(value))
    except _Wrong as error:
        return Skipped(where, str(error))


def source_record(value: Any) -> SourceRecord:
    """A source of `sources`; raises `ValueError` for what is none."""
    location = _text(value, "location")
    return SourceRecord(location or _refuse("location", ""), _text(value, "format"), _text(value, "blog"))


def feed_state(value: Any) -> FeedState:
    """What is remembered of a feed in `feeds`; raises `ValueError` for what is none."""
    return FeedState(
        location=_text(value, "location") or _refuse("location", ""),
        moved_to=_text(value, "moved_to"),
        etag=_text(value, "etag"),
        last_modified=_text(value, "last_modified"),
        next_fetch=_time(value, "next_fetch"),
        last_fetch=_time(value, "last_fetch"),
        failures=_number(value, "failures", _MOST_PLACES),
        note=_text(value, "note"),
        retired=_is_true(value, "retired"),
        comments=_text(value, "comments"),
        history=_text(value, "history"),
    )


def _time(fields: Any, name: str) -> datetime | None:
    text = _text(fields, name) if _get(fields, name, None) else ""
    found = datetime.fromisoformat(text) if text else None
    return found if found is None or found.tzinfo else _refuse(name, text)


def source_of(value: Any) -> int | None:
    """The place of its source among `sources`; None for a post that has several versions.

    Raises `ValueError` where it is of no form.
    """
    own = value if isinstance(value, dict) and "held" in value else _object(value, EXTENSION)
    return _number(_object(own, "held"), "source", _MOST_PLACES) if "held" in own else None


def _posts(row: Row) -> Iterator[KeptPost | Skipped]:
    """A post, and the same under each id that led to it."""
    where = f"{row.table}, row {row.number}"
    try:
        own = _object(row.value, EXTENSION)
        post, identity = _post(row.value), _identity(own)
        earlier = [each for each in _texts(own, "earlier_ids") if _ID.fullmatch(each)]
    except _Wrong as error:
        yield Skipped(where, str(error))
        return
    joining = (key(Strength.OWN_ID, NAME, post.id),) if earlier else ()
    # No two posts of an export are one, which were two there: each has a name of its own in it.
    named = replace(identity, scheme=number(NAME), own=number(post.id), keys=(*identity.keys, *joining))
    kind = max(identity.kind, IdKind.PATH) if earlier else identity.kind
    yield KeptPost(where, post, replace(named, kind=kind))
    for other in earlier:
        yield KeptPost(where, replace(post, id=other), Identity(keys=joining))


def _shown(row: Row) -> Iterator[KeptComment | Skipped]:
    where = f"{row.table}, row {row.number}"
    try:
        if _is_true(row.value, "hidden"):
            return
        said = _object(row.value, "said")
        place = _number(said, "place", _MOST_PLACES)
        yield KeptComment(where, _comment(row.value), _reply_identity(row.value), place)
    except _Wrong as error:
        yield Skipped(where, str(error))


def _post(value: Any) -> Post:
    own = _object(value, EXTENSION)
    authors = [each for each in _list(value, "authors") if isinstance(each, dict)]
    return Post(
        id=_id(value, "id", needed=True),
        blog=Blog(_text(own, "blog"), _text(own, "blog_link")),
        title=_text(value, "title"),
        html=_text(value, "content_html"),
        text=_text(value, "content_text"),
        summary=_text(value, "summary"),
        authors=tuple(_text(author, "name") for author in authors),
        tags=_texts(value, "tags"),
        date=_date(own, "date"),
        updated=_date(own, "updated"),
        link=_text(value, "url"),
        language=_text(value, "language"),
        publication=_text(own, "publication"),
        reporters=_texts(own, "reporters"),
        kind=_text(own, "kind"),
        origins=tuple(map(_origin, _list(own, "origins"))),
    )


def _comment(value: Any) -> Comment:
    return Comment(
        id=_id(value, "id", needed=True),
        post_id=_id(value, "post"),
        author=_text(value, "author"),
        date=_date(value, "date"),
        html=_text(value, "content_html"),
        text=_text(value, "content_text"),
        link=_text(value, "url"),
        parent=_id(value, "parent"),
    )


def _origin(value: Any) -> Origin:
    match value:
        case [str(field), str(source), str(where), str(confidence)] if field in (*FIELDS, OTHERWISE):
            return Origin(field, whole_characters(source), whole_characters(where), _sureness(confidence))
        case _:
            raise _Wrong(f"origins are not as an export has them: {str(value)[:60]!r}")


def _sureness(text: str) -> float:
    found = float(text) if re.fullmatch(r"[0-9.]{1,20}(?:e-[0-9]{1,3})?", text) else -1
    return found if 0 <= found <= 1 else _refuse("origins", text)


def _held(value: Any) -> Held:
    held = _object(value, "held")
    standing = _number(held, "standing", max(Standing))
    if standing < min(Standing):
        _refuse("standing", standing)
    return Held(_text(held, "format")[:100], Standing(standing), _is_true(held, "complete"))


def _identity(own: Any) -> Identity:
    known = _object(own, "known")
    names = ("scheme", "own", "blog_name", "blog_link", "blog_host")
    hashes = {name: _hash(_text(known, name)) for name in names if _text(known, name)}
    return Identity(
        kind=IdKind(_number(known, "kind", max(IdKind))),
        keys=tuple(map(_key, _texts(known, "keys"))),
        first_day=_number(known, "first_day", _LAST_DAY),
        last_day=_number(known, "last_day", _LAST_DAY),
        **hashes,
    )


def _reply_identity(value: Any) -> CommentIdentity:
    known = _object(value, "known")
    own, words = _text(known, "own"), _text(known, "words")
    return CommentIdentity(
        tuple(map(_key, _texts(known, "addresses"))),
        _hash(own) if own else 0,
        _hash(words) if words else 0,
    )


def _key(text: str) -> int:
    found = _hash(text)
    try:
        strength_of(found)
    except ValueError:
        _refuse("key", text)
    return found


def _hash(text: str) -> int:
    return int(text, 16) if _HASH.fullmatch(text) else _refuse("hash", text)


def _id(fields: Any, name: str, *, needed: bool = False) -> str:
    found = _text(fields, name)
    return found if _ID.fullmatch(found) or not (found or needed) else _refuse(name, found)


def _date(fields: Any, name: str) -> Period | None:
    """A date of ours; None for what is none, and for one that no source could have given."""
    try:
        period = Period.parse(_text(fields, name))
    except InvalidPeriod:
        return None
    latest = datetime.now(UTC) + timedelta(days=1)
    return period if period.start.year >= _EARLIEST_YEAR and period.start <= latest else None


def _number(fields: Any, name: str, most: int) -> int:
    """A whole number from 0, which is left out where it is that."""
    found = _get(fields, name, "0")
    if not (isinstance(found, str) and re.fullmatch(r"[0-9]{1,18}", found) and int(found) <= most):
        _refuse(name, found)
    return int(found)


def _is_true(fields: Any, name: str) -> bool:
    return _get(fields, name, default=False) is True


def _object(fields: Any, name: str) -> Mapping[str, Any]:
    found = _get(fields, name, None)
    return found if isinstance(found, dict) else _refuse(name, found)


def _list(fields: Any, name: str) -> list[Any]:
    found = _get(fields, name, [])
    return found if isinstance(found, list) else _refuse(name, found)


def _texts(fields: Any, name: str) -> tuple[str, ...]:
    found = [whole_characters(each) for each in _list(fields, name) if isinstance(each, str)]
    return tuple(found) if len(found) <= _MOST or name == "tags" else _refuse(name, found)


def _text(fields: Any, name: str) -> str:
    found = _get(fields, name, "")
    return whole_characters(found) if isinstance(found, str) else _refuse(name, found)


def _get(fields: Any, name: str, default: object) -> object:
    return fields.get(name, default) if isinstance(fields, dict) else _refuse("the record", fields)


def _refuse(name: str, found: object) -> NoReturn:
    raise _Wrong(f"{name} is not as an export has it: {str(found)[:60]!r}")


FORMAT = Format(
    name=NAME,
    title="blogsearch's own export",
    sniff=sniff,
    read=read,
    standing=Standing.PAGE,
    complete=False,
    known_by="JSON Feed with an object `_blogsearch` at its beginning",
)
