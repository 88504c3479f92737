"""Records that are not what they were when they were stored, and such as belong to nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final, TypeAlias

import sqlalchemy as sa

from search import rows
from search.digests import content_digest, digest
from search.model import Standing
from search.sameness.identity import Held
from search.store.tables import comments, kept_posts, posts, sources, version_keys, versions
from search.store.versions import EARLIER, keys_of
from search.store.wording import AS_THE_POST, CONTENT

_AT_ONCE: Final = 100

NOTED: Final = b"damaged"
"""The digest of what is known to be damaged: whatever a source says of it, it has changed."""

_UNKNOWN: Final = b""
"""The digest of what a store of the first schema held and was not read since."""


class Record(StrEnum):
    """What can be damaged."""

    POST = "post"
    UNHELD = "post of no source"
    VERSION = "version of post"
    COMMENT = "comment"
    KEYS = "list of what posts are recognised by"
    KEPT = "version that no source holds"


@dataclass(frozen=True, slots=True)
class Damage:
    """One damaged record, by its key in its table. `source` is where it was read, empty where many hold it.

    What is `noted` is read anew with its source; until then it stays as it is.
    """

    record: Record
    key: str | int
    post_id: str
    problem: str
    source: str = ""
    noted: bool = False


_Row: TypeAlias = sa.Row[*tuple[Any, ...]]
_Judge: TypeAlias = Callable[[_Row], Damage | None]

_CHANGED: Final = "is not what was stored: something other than blogsearch, or a bad disk, has changed it"
_UNREADABLE: Final = "cannot be read any more"


def damage(connection: sa.Connection) -> Iterator[Damage]:
    """All of it; memory stays flat. What cannot be read at all raises `StoreUnreadable`."""
    unknown = sa.and_(versions.c.format == EARLIER, versions.c.digest == _UNKNOWN)
    earlier = frozenset(connection.scalars(sa.select(versions.c.post_id).where(unknown).distinct()))
    yield from _each(connection, sa.select(posts), posts.c.id, lambda row: _of_post(row, earlier))
    yield from _each(connection, _lone_versions(), versions.c.number, _of_version)
    yield from _each(connection, _kept_versions(), versions.c.number, _of_version)
    of_comments = sa.select(comments, sources.c.location).outerjoin(
        sources, sources.c.id == comments.c.source_id
    )
    yield from _each(connection, of_comments, comments.c.number, _of_comment)
    yield from _that_belong_to_nothing(connection)


def _each(
    connection: sa.Connection, query: sa.Select[*tuple[Any, ...]], key: sa.Column[Any], judge: _Judge
) -> Iterator[Damage]:
    """The damage among the rows of a query, which are read some at a time in the order of a key."""
    last: str | int = "" if isinstance(key.type, sa.String) else -1
    ordered = query.order_by(key)
    of_batch = sa.select(key).order_by(key).limit(_AT_ONCE)
    while keys := connection.scalars(of_batch.where(key > last)).all():
        last = keys[-1]
        try:
            found = list(map(judge, connection.execute(ordered.where(key.in_(keys))).all()))
        except (ValueError, TypeError):
            found = [_judged(connection, ordered.where(key == each), judge, each) for each in keys]
        yield from (each for each in found if each)


def _judged(
    connection: sa.Connection, query: sa.Select[*tuple[Any, ...]], judge: _Judge, key: str | int
) -> Damage | None:
    """The same of one row, which may be such that it cannot even be read."""
    try:
        row = connection.execute(query).first()
        return judge(row) if row else None
    except (ValueError, TypeError):
        record = Record.POST if isinstance(key, str) else Record.VERSION
        record = Record.COMMENT if query.columns_clause_froms[0] is comments else record
        return Damage(record, key, key if isinstance(key, str) else "", _UNREADABLE)


def _of_post(row: _Row, earlier: frozenset[str]) -> Damage | None:
    if content_digest(rows.post_row(rows.post(row))) == row.digest or row.id in earlier:
        return None
    return Damage(Record.POST, row.id, row.id, _CHANGED, noted=row.digest == NOTED)


def _version_columns() -> list[sa.ColumnElement[Any]]:
    return [
        *(column for column in versions.columns if column.name != "digest"),
        versions.c.digest.label("version_digest"),
        versions.c.record_id.label("id"),
        sources.c.location,
    ]


def _lone_versions() -> sa.Select[*tuple[Any, ...]]:
    """The versions that are their post, each with what that says."""
    content = (posts.c[name] for name in CONTENT)
    tables = versions.join(posts, posts.c.id == versions.c.post_id)
    tables = tables.outerjoin(kept_posts, kept_posts.c.number == versions.c.number)
    tables = tables.outerjoin(sources, sources.c.id == versions.c.source_id)
    return sa.select(*_version_columns(), *content).select_from(tables).where(kept_posts.c.number.is_(None))


def _kept_versions() -> sa.Select[*tuple[Any, ...]]:
    """The versions that are one of several of their post, each with what it says itself."""
    content = (
        sa.func.coalesce(kept_posts.c[name], posts.c[name]).label(name)
        if name in AS_THE_POST
        else kept_posts.c[name]
        for name in CONTENT
    )
    tables = versions.join(kept_posts, kept_posts.c.number == versions.c.number)
    tables = tables.outerjoin(posts, posts.c.id == versions.c.post_id)
    tables = tables.outerjoin(sources, sources.c.id == versions.c.source_id)
    return sa.select(*_version_columns(), *content).select_from(tables)


def _of_version(row: _Row) -> Damage | None:
    if row.format == EARLIER and row.version_digest == _UNKNOWN:
        return None
    content = rows.post_row(rows.post(row))
    held = Held(row.format, Standing(row.standing), row.complete)
    recognised = rows.identity_row(rows.identity(row))
    if row.version_digest == digest(content_digest(content), content["origins"], held, recognised):
        return None
    noted = row.version_digest == NOTED
    return Damage(Record.VERSION, row.number, row.post_id, _CHANGED, row.location or "", noted)


def _of_comment(row: _Row) -> Damage | None:
    if row.format == EARLIER and row.digest == _UNKNOWN:
        return None
    said = rows.comment_row(rows.comment(row)) | {"parent": row.parent_record}
    del said["post_id"]
    said |= {
        "post_record": row.post_record,
        "known_by": list(row.known_by),
        "known_own": row.known_own,
        "known_words": row.known_words,
    }
    if row.digest == digest(said, Held(row.format, Standing(row.standing), row.complete)):
        return None
    return Damage(Record.COMMENT, row.number, row.post_id, _CHANGED, row.location or "", row.digest == NOTED)


def _that_belong_to_nothing(connection: sa.Connection) -> Iterator[Damage]:
    """Posts that no source holds, versions and comments whose post is gone, and lists that lead nowhere."""
    held = sa.exists().where(versions.c.post_id == posts.c.id)
    for post_id in connection.scalars(sa.select(posts.c.id).where(~held)):
        yield Damage(Record.UNHELD, post_id, post_id, "is in the store, but no source is known to hold it")
    there = sa.exists().where(posts.c.id == versions.c.post_id)
    lost = sa.select(versions.c.number, versions.c.post_id, versions.c.digest, sources.c.location)
    lost = lost.outerjoin(sources, sources.c.id == versions.c.source_id).where(~there)
    for number, post_id, known, location in connection.execute(lost):
        problem = "is not in the store, although a source holds it"
        yield Damage(Record.VERSION, number, post_id, problem, location or "", known == NOTED)
    yield from _comments_without_post(connection)
    yield from _strays(connection)


def _comments_without_post(connection: sa.Connection) -> Iterator[Damage]:
    there = sa.exists().where(posts.c.id == comments.c.post_id)
    lost = sa.select(comments.c.number, comments.c.post_id, comments.c.digest, sources.c.location)
    lost = lost.outerjoin(sources, sources.c.id == comments.c.source_id)
    for number, post_id, known, location in connection.execute(lost.where(comments.c.post_id != "", ~there)):
        problem = "is of a post that is not in the store"
        yield Damage(Record.COMMENT, number, post_id, problem, location or "", known == NOTED)


def _strays(connection: sa.Connection) -> Iterator[Damage]:
    of_version = sa.exists().where(versions.c.number == kept_posts.c.number)
    for number in connection.scalars(sa.select(kept_posts.c.number).where(~of_version)):
        yield Damage(Record.KEPT, number, "", "is kept, but belongs to no post")
    if keys_are_wrong(connection):
        yield Damage(Record.KEYS, "", "", "is not that of its posts")


def keys_are_wrong(connection: sa.Connection) -> bool:
    """Whether the keys of all versions are other than the table of keys says."""
    each_key = keys_of(versions)
    wanted = sa.select(each_key.c.value, versions.c.number).select_from(versions.join(each_key, sa.true()))
    written = sa.select(version_keys.c.key, version_keys.c.version)
    for one, other in ((wanted, written), (written, wanted)):
        if connection.execute(sa.except_(one, other).limit(1)).first():
            return True
    return False
