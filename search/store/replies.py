"""Comments find their posts, and the same comment of several sources is shown once.

Each source's version of a comment is a row. Those of a post with comments of one source only are all
shown, which takes one statement; where several sources have comments on a post, they are compared.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from itertools import groupby
from typing import Any

import sqlalchemy as sa

from search import rows
from search.history import ChangeCounts
from search.sameness.replies import Said, shown
from search.store import reply_changes
from search.store.changes import note_unpublished
from search.store.tables import comments, disturbed, seen, settled, staged_comments, version_keys, versions
from search.store.versions import EARLIER

_AT_ONCE = 200


class Replies:
    """Brings comments to what a source says of them, and to the posts that there are now.

    Versions of posts with a number over `newest_version` are new.
    """

    def __init__(self, connection: sa.Connection, source_id: int, newest_version: int) -> None:
        self._connection = connection
        self._source_id = source_id
        self._newest_version = newest_version

    def counts(self, *, keep_missing: bool) -> ChangeCounts:
        """Bring them; returns how many changed, and how many of the source wait for their post."""
        run = self._connection.execute
        outdated = _outdated(self._source_id, keep_missing=keep_missing)
        run(_see(outdated))
        run(sa.delete(comments).where(outdated))
        newest = self._connection.scalar(sa.select(sa.func.coalesce(sa.func.max(comments.c.number), 0))) or 0
        run(_insert_new(self._source_id))
        moved = sa.or_(
            comments.c.post_id == "",
            comments.c.post_id.in_(sa.select(settled.c.post_id)),
            self._has_address_of_a_new_post(),
        )
        run(_see(sa.and_(moved, comments.c.number <= newest)))
        self._find_posts(newest)
        run(sa.insert(disturbed).from_select(["post_id"], _disturbed_posts(newest)))
        run(
            _see(sa.and_(comments.c.post_id.in_(sa.select(disturbed.c.post_id)), comments.c.number <= newest))
        )
        self._show_threads_of_their_own()
        self._show_each_once()
        run(sa.update(comments).where(comments.c.post_id == "", comments.c.shown).values(shown=False))
        note_unpublished(self._connection, reply_changes.posts_shown_otherwise(newest))
        return reply_changes.counts(self._connection, self._source_id, newest)

    def _has_address_of_a_new_post(self) -> sa.ColumnElement[bool]:
        each = sa.func.json_each(comments.c.known_by).table_valued("value", name="each_address")
        return sa.exists(
            sa.select(sa.literal(1))
            .select_from(each.join(version_keys, version_keys.c.key == each.c.value))
            .where(version_keys.c.version > self._newest_version)
            .correlate(comments)
        )

    def _find_posts(self, newest: int) -> None:
        """Find the post of each comment that is new, waits for it, or whose post is another now."""
        open_ = sa.or_(comments.c.number > newest, comments.c.number.in_(sa.select(seen.c.number)))
        of_record = (
            sa.select(versions.c.post_id)
            .where(versions.c.record_id == comments.c.post_record)
            .limit(1)
            .scalar_subquery()
        )
        named = sa.update(comments).where(open_, comments.c.post_record != "")
        self._connection.execute(named.values(post_id=sa.func.coalesce(of_record, "")))
        self._find_by_addresses(open_)

    def _find_by_addresses(self, open_: sa.ColumnElement[bool]) -> None:
        """Do so for the comments that name no post of their source, or one that is not there."""
        homeless = sa.or_(comments.c.post_record == "", comments.c.post_id == "")
        query = sa.select(comments.c.number, comments.c.known_by, comments.c.post_id)
        query = query.where(open_, homeless, comments.c.known_by != []).order_by(comments.c.number)
        last = 0
        while batch := self._connection.execute(query.where(comments.c.number > last).limit(_AT_ONCE)).all():
            found = self._posts_at({address for row in batch for address in row.known_by})
            moved = [
                {"this": row.number, "to": post_id}
                for row in batch
                if (post_id := _only_post(row.known_by, found)) != row.post_id
            ]
            if moved:
                this = comments.c.number == sa.bindparam("this")
                move = sa.update(comments).where(this).values(post_id=sa.bindparam("to"))
                self._connection.execute(move, moved)
            last = batch[-1].number

    def _posts_at(self, addresses: Collection[int]) -> dict[int, list[str]]:
        """The posts that have these addresses."""
        query = (
            sa.select(version_keys.c.key, versions.c.post_id)
            .join(versions, versions.c.number == version_keys.c.version)
            .where(version_keys.c.key.in_(addresses))
            .distinct()
        )
        found: dict[int, list[str]] = {}
        for key, post_id in self._connection.execute(query):
            found.setdefault(key, []).append(post_id)
        return found

    def _show_threads_of_their_own(self) -> None:
        """Where all comments of a post are of one source, each is shown as it stands there."""
        same = (sa.func.min(column) == sa.func.max(column) for column in _THREAD)
        mine = comments.c.post_id.in_(sa.select(disturbed.c.post_id))
        alone = sa.select(comments.c.post_id).where(mine).group_by(comments.c.post_id).having(sa.and_(*same))
        otherwise = sa.or_(~comments.c.shown, comments.c.parent != comments.c.parent_record)
        stays = sa.update(comments).where(comments.c.post_id.in_(alone), otherwise)
        self._connection.execute(stays.values(shown=True, parent=comments.c.parent_record))
        self._connection.execute(sa.delete(disturbed).where(disturbed.c.post_id.in_(alone)))

    def _show_each_once(self) -> None:
        """Of the comments that several sources have of a post, show each by its best version."""
        query = sa.select(disturbed.c.post_id).order_by(disturbed.c.post_id).limit(_AT_ONCE)
        while batch := self._connection.scalars(query).all():
            those = sa.select(comments).where(comments.c.post_id.in_(batch)).order_by(comments.c.post_id)
            found = self._connection.execute(those).all()
            for _, thread in groupby(found, key=lambda row: row.post_id):
                self._show([*thread])
            self._connection.execute(sa.delete(disturbed).where(disturbed.c.post_id.in_(batch)))

    def _show(self, thread: list[sa.Row[*tuple[Any, ...]]]) -> None:
        parents = {each.number: each.parent for each in shown([_said(row) for row in thread])}
        changes = [
            {"this": row.number, "seen": row.number in parents, "to": parents.get(row.number, row.parent)}
            for row in thread
        ]
        this = comments.c.number == sa.bindparam("this")
        update = sa.update(comments).where(this)
        self._connection.execute(
            update.values(shown=sa.bindparam("seen"), parent=sa.bindparam("to")), changes
        )


_THREAD = (comments.c.source_id, comments.c.format, comments.c.post_record)
"""What no two versions of one comment have in common."""


def _only_post(addresses: Sequence[int], found: Mapping[int, list[str]]) -> str:
    """The post at the first address that any has; empty where there is none, or more than one."""
    candidates = next((found[address] for address in addresses if address in found), [])
    return candidates[0] if len(candidates) == 1 else ""


def _said(row: sa.Row[*tuple[Any, ...]]) -> Said:
    return Said(
        row.number,
        row.id,
        (row.source_id, row.format, row.post_record),
        row.standing,
        rows.period(row.date),
        row.place,
        row.known_own,
        row.known_words,
        row.parent_record,
    )


def _outdated(source_id: int, *, keep_missing: bool) -> sa.ColumnElement[bool]:
    """Whether a comment changed in the source, or is not in it any more."""
    old, new = comments.c, staged_comments.c
    same = sa.and_(new.id == old.id, new.format == old.format)
    changed = sa.exists().where(same, new.digest != old.digest)
    earlier = sa.and_(old.format == EARLIER, sa.exists().where(new.id == old.id, new.format != EARLIER))
    gone = sa.and_(old.complete, ~sa.exists().where(same), sa.literal(not keep_missing))
    return sa.and_(old.source_id == source_id, sa.or_(changed, earlier, gone))


def _see(which: sa.ColumnElement[bool]) -> sa.Insert:
    """Note how these comments were shown, unless it was noted already."""
    known = sa.exists().where(seen.c.number == comments.c.number)
    query = sa.select(
        comments.c.number, comments.c.id, comments.c.post_id, comments.c.shown, comments.c.parent
    ).where(which, ~known)
    return sa.insert(seen).from_select([column.name for column in seen.columns], query)


def _insert_new(source_id: int) -> sa.Insert:
    """Add the staged comments that are not there, without a post for the time being."""
    new = staged_comments.c
    there = sa.exists().where(
        comments.c.id == new.id, comments.c.source_id == source_id, comments.c.format == new.format
    )
    taken: dict[str, sa.ColumnElement[Any]] = {
        "source_id": sa.literal(source_id),
        "post_id": sa.literal(""),
        "shown": sa.literal(value=False),
        "parent_record": new.parent,
    }
    columns = [column.name for column in comments.columns if column.name != "number"]
    values = (taken[name] if name in taken else new[name] for name in columns)
    return sa.insert(comments).from_select(columns, sa.select(*values).where(~there))


def _disturbed_posts(newest: int) -> sa.Select[str]:
    """The posts that got other comments, or lost some."""
    moved = sa.select(comments.c.post_id).where(comments.c.number > newest)
    left = sa.select(seen.c.post_id).where(
        ~sa.exists().where(comments.c.number == seen.c.number, comments.c.post_id == seen.c.post_id)
    )
    came = (
        sa.select(comments.c.post_id)
        .join(seen, seen.c.number == comments.c.number)
        .where(comments.c.post_id != seen.c.post_id)
    )
    every = sa.union(moved, left, came).subquery()
    return sa.select(every.c.post_id).where(every.c.post_id != "")
