"""Which versions of posts a source holds now: what is new, what changed, and what has gone."""

from __future__ import annotations

import sqlalchemy as sa

from search.sameness.grouping import POPULAR
from search.store.tables import (
    kept_posts,
    outdated,
    settled,
    staged_posts,
    touched,
    version_keys,
    versions,
)

EARLIER = ""
"""The format of versions from a store of the first schema, which did not note it."""


def take_over(connection: sa.Connection, source_id: int, *, keep_missing: bool) -> int:
    """Replace the versions that are new, changed or gone; those to be joined anew are then in `touched`.

    Returns the number after which versions are new. `settled` has the posts that lost a version.
    """
    run = connection.execute
    run(_note_outdated(source_id, keep_missing=keep_missing))
    run(sa.insert(settled).from_select(["post_id", "changed"], _posts_that_lost_a_version()))
    run(sa.insert(touched).from_select(["number"], _neighbours()))
    of_outdated = sa.select(outdated.c.number)
    run(sa.delete(version_keys).where(sa.tuple_(version_keys.c.key, version_keys.c.version).in_(_old_keys())))
    run(sa.delete(kept_posts).where(kept_posts.c.number.in_(of_outdated)))
    run(sa.delete(versions).where(versions.c.number.in_(of_outdated)))
    newest = connection.scalar(sa.select(sa.func.coalesce(sa.func.max(versions.c.number), 0))) or 0
    _insert_new(connection, source_id)
    new = versions.c.number > newest
    each_key = keys_of(versions)
    keys = sa.select(each_key.c.value, versions.c.number).where(new).distinct()
    run(sa.insert(version_keys).from_select(["key", "version"], keys.select_from(_with(each_key))))
    run(sa.insert(touched).from_select(["number"], sa.select(versions.c.number).where(new)))
    run(sa.insert(touched).from_select(["number"], _of_keys_become_popular(newest)))
    return newest


def keys_of(table: sa.FromClause) -> sa.TableValuedAlias:
    """The keys of each version of a table or its alias, to be joined to it."""
    return sa.func.json_each(table.c.known_by).table_valued("value", name="each_key")


def _with(each_key: sa.TableValuedAlias) -> sa.FromClause:
    return versions.join(each_key, sa.true())


def _note_outdated(source_id: int, *, keep_missing: bool) -> sa.Insert:
    old, new = versions.c, staged_posts.c
    same = sa.and_(new.id == old.record_id, new.format == old.format)
    changed = sa.exists().where(same, new.version_digest != old.digest)
    earlier = sa.and_(
        old.format == EARLIER, sa.exists().where(new.id == old.record_id, new.format != EARLIER)
    )
    gone = sa.and_(old.complete, ~sa.exists().where(same), sa.literal(not keep_missing))
    query = sa.select(old.number, old.record_id, old.format, old.post_id).where(
        old.source_id == source_id, sa.or_(changed, earlier, gone)
    )
    return sa.insert(outdated).from_select([column.name for column in outdated.columns], query)


def _posts_that_lost_a_version() -> sa.Select[str, bool]:
    return sa.select(outdated.c.post_id, sa.literal(value=False)).distinct()


def _old_keys() -> sa.Select[int, int]:
    each_key = keys_of(versions)
    return (
        sa.select(each_key.c.value, versions.c.number)
        .select_from(_with(each_key))
        .where(versions.c.number.in_(sa.select(outdated.c.number)))
    )


def _neighbours() -> sa.Select[int]:
    """The versions that stay, but were in one post with an outdated one, or could have been."""
    keys = sa.select(_old_keys().subquery().c[0])
    sharing = sa.select(version_keys.c.version.label("number")).where(version_keys.c.key.in_(keys))
    post_ids = sa.select(outdated.c.post_id)
    joined = sa.select(versions.c.number).where(versions.c.post_id.in_(post_ids))
    both = sa.union(sharing, joined).subquery()
    return sa.select(both.c.number).where(both.c.number.not_in(sa.select(outdated.c.number)))


def _insert_new(connection: sa.Connection, source_id: int) -> None:
    """Add the staged versions that are new or changed, the latter to the post that they were part of."""
    new = staged_posts.c
    before = (
        sa.select(outdated.c.post_id)
        .where(outdated.c.record_id == new.id, outdated.c.format.in_([new.format, EARLIER]))
        .limit(1)
        .scalar_subquery()
    )
    there = sa.exists().where(
        versions.c.record_id == new.id, versions.c.source_id == source_id, versions.c.format == new.format
    )
    taken = {
        "record_id": new.id,
        "source_id": sa.literal(source_id),
        "post_id": sa.func.coalesce(before, ""),
        "digest": new.version_digest,
    }
    columns = [column.name for column in versions.columns if column.name != "number"]
    query = sa.select(*(taken[name] if name in taken else new[name] for name in columns)).where(~there)
    connection.execute(sa.insert(versions).from_select(columns, query.order_by(new.id)))


def _of_keys_become_popular(newest: int) -> sa.Select[int]:
    """The older versions whose key tells nothing any more, for now too many have it."""
    keys = version_keys.alias("keys")
    old = sa.func.count().filter(keys.c.version <= newest)
    new = sa.select(version_keys.c.key).where(version_keys.c.version > newest)
    popular = (
        sa.select(keys.c.key)
        .where(keys.c.key.in_(new))
        .group_by(keys.c.key)
        .having(sa.func.count() > POPULAR, old.between(2, POPULAR))
    )
    query = sa.select(version_keys.c.version).where(
        version_keys.c.key.in_(popular),
        version_keys.c.version <= newest,
        version_keys.c.version.not_in(sa.select(touched.c.number)),
    )
    return query.distinct()
