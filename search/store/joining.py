"""Versions of one post become one post.

Most versions share nothing with any other: they are their post, and `lone` copies them in one statement.
The others are read, some hundred at a time, with all that they could belong to, and joined by the rules
of `search.sameness`. So memory stays flat, and an archive of one source costs hardly more.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

import sqlalchemy as sa

from search import rows
from search.digests import content_digest
from search.history import ChangeCounts
from search.model import Post
from search.rows import Row
from search.sameness.grouping import Group, Version, groups
from search.sameness.merging import merged
from search.store.changes import note_unpublished, settle, settle_ids
from search.store.lone import take_over_lone
from search.store.reaching import reached
from search.store.tables import posts, settled, staged_posts, touched, versions
from search.store.wording import Wordings, kept_row

_AT_ONCE = 200


class Joining:
    """Brings posts to what their versions say, after those of one source have changed.

    Versions with a number over `newest` are new.
    """

    def __init__(self, connection: sa.Connection, source_id: int, newest: int) -> None:
        self._connection = connection
        self._source_id = source_id
        self._newest = newest
        self._wordings = Wordings(connection, source_id, newest)

    def counts(self) -> ChangeCounts:
        """Join all that is touched; returns how posts changed. `settled` then has those posts."""
        counts = take_over_lone(self._connection, self._newest)
        query = sa.select(touched.c.number).order_by(touched.c.number).limit(_AT_ONCE)
        while seeds := self._connection.scalars(query).all():
            found = reached(self._connection, seeds)
            counts += self._join(found)
            done = {version.number for version in found}.union(seeds)
            self._connection.execute(
                sa.delete(touched).where(touched.c.number == sa.bindparam("done")),
                [{"done": number} for number in done],
            )
        counts += ChangeCounts(removed=self._remove_what_nobody_holds())
        changed = sa.select(settled.c.post_id).where(settled.c.changed)
        note_unpublished(self._connection, changed)
        return counts + ChangeCounts(unchanged=self._unchanged(changed))

    def _unchanged(self, changed: sa.Select[str]) -> int:
        """How many posts the source holds that are as they were."""
        staged = sa.and_(
            versions.c.record_id == staged_posts.c.id, versions.c.format == staged_posts.c.format
        )
        query = sa.select(sa.func.count(versions.c.post_id.distinct())).join(staged_posts, staged)
        mine = versions.c.source_id == self._source_id
        return self._connection.scalar(query.where(mine, versions.c.post_id.not_in(changed))) or 0

    def _remove_what_nobody_holds(self) -> int:
        held = sa.exists().where(versions.c.post_id == posts.c.id)
        gone = sa.and_(posts.c.id.in_(sa.select(settled.c.post_id)), ~held)
        settle(self._connection, sa.select(posts.c.id).where(gone), changed=True)
        return self._connection.execute(sa.delete(posts).where(gone)).rowcount

    def _join(self, found: Sequence[Version]) -> ChangeCounts:
        """Make posts of all these versions, and of no other."""
        grouped = sorted(groups(found), key=lambda group: group.post_id)
        before = {version.post_id for version in found} - {""}
        present = self._digests(before.union(group.post_id for group in grouped))
        lost = self._that_lost_a_version(before)
        disturbed = [
            group
            for group in grouped
            if group.post_id not in present or group.post_id in lost or self._has_other_versions(group, found)
        ]
        made = self._made(disturbed)
        self._assign(disturbed)
        self._replace(before - {group.post_id for group in grouped}, made, present)
        return _counts(grouped, present, made)

    def _digests(self, ids: Collection[str]) -> dict[str, bytes]:
        query = sa.select(posts.c.id, posts.c.digest).where(posts.c.id.in_(ids))
        return {row.id: row.digest for row in self._connection.execute(query)}

    def _that_lost_a_version(self, ids: Collection[str]) -> set[str]:
        query = sa.select(settled.c.post_id).where(settled.c.post_id.in_(ids))
        return set(self._connection.scalars(query))

    def _has_other_versions(self, group: Group, found: Iterable[Version]) -> bool:
        now = {version.number for version in group.versions}
        before = {version.number for version in found if version.post_id == group.post_id}
        return now != before or max(now) > self._newest

    def _made(self, disturbed: Sequence[Group]) -> dict[str, Row]:
        """The posts of these groups as rows, by id; of those that have several versions, all are kept."""
        wordings = self._wordings.of([version for group in disturbed for version in group.versions])
        made: dict[str, Row] = {}
        kept: list[Row] = []
        for group in disturbed:
            row = rows.post_row(_post(group, wordings))
            made[group.post_id] = row | {"digest": content_digest(row)}
            if len(group.versions) > 1:
                numbers = [version.number for version in group.versions]
                kept += [kept_row(number, wordings[number], row) for number in numbers]
        self._wordings.keep(kept)
        self._wordings.forget([group.versions[0].number for group in disturbed if len(group.versions) == 1])
        return made

    def _assign(self, disturbed: Iterable[Group]) -> None:
        """Note of which post each version is."""
        moved = [
            {"moved": version.number, "to": group.post_id}
            for group in disturbed
            for version in group.versions
            if version.post_id != group.post_id
        ]
        if moved:
            this = versions.c.number == sa.bindparam("moved")
            self._connection.execute(
                sa.update(versions).where(this).values(post_id=sa.bindparam("to")), moved
            )

    def _replace(self, gone: Collection[str], made: Mapping[str, Row], present: Mapping[str, bytes]) -> None:
        """Bring the posts to what was made, and note in which a reader sees a difference."""
        self._connection.execute(sa.delete(posts).where(posts.c.id.in_({*gone, *made})))
        if made:
            self._connection.execute(sa.insert(posts), list(made.values()))
        new = {post_id for post_id, row in made.items() if present.get(post_id) != row["digest"]}
        changed = {*(gone & present.keys()), *new}
        settle_ids(self._connection, changed, changed=True)
        settle_ids(self._connection, {*gone, *made} - changed, changed=False)


def _post(group: Group, wordings: Mapping[int, Post]) -> Post:
    found = [wordings[version.number] for version in group.versions]
    return merged(group.post_id, found) if len(found) > 1 else found[0]


def _counts(grouped: Sequence[Group], present: Mapping[str, bytes], made: Mapping[str, Row]) -> ChangeCounts:
    """How many posts came, changed and went. One that goes on under another id has changed."""
    claimed = {group.post_id for group in grouped if group.post_id in present}
    added = moved = 0
    for group in grouped:
        if group.post_id in claimed and group.post_id in present:
            continue
        before = {version.post_id for version in group.versions} & present.keys()
        if free := sorted(before - claimed):
            claimed.add(free[0])
            moved += 1
        else:
            added += 1
    rewritten = sum(
        1 for post_id, row in made.items() if post_id in present and present[post_id] != row["digest"]
    )
    return ChangeCounts(added=added, updated=moved + rewritten, removed=len(present.keys() - claimed))
