"""Versions that share nothing with any other: they are their post, and are taken over all at once."""

from __future__ import annotations

import sqlalchemy as sa

from search.history import ChangeCounts
from search.sameness.grouping import POPULAR
from search.store.changes import settle
from search.store.tables import alone, posts, staged_posts, touched, version_keys, versions
from search.store.versions import keys_of
from search.store.wording import CONTENT


def take_over_lone(connection: sa.Connection, newest: int) -> ChangeCounts:
    """Make posts of the touched versions with a number over `newest` that nothing is to be joined with."""
    run = connection.execute
    run(sa.insert(alone).from_select(["number", "record_id", "format"], _lone(newest)))
    lone = sa.and_(staged_posts.c.id == alone.c.record_id, staged_posts.c.format == alone.c.format)
    there = sa.exists().where(posts.c.id == staged_posts.c.id)
    same = sa.exists().where(posts.c.id == staged_posts.c.id, posts.c.digest == staged_posts.c.digest)
    staged = sa.select(staged_posts.c.id).join(alone, lone)
    added, differing = staged.where(~there), staged.where(~same)
    counts = ChangeCounts(added=_number(connection, added))
    counts += ChangeCounts(updated=_number(connection, differing) - counts.added)
    settle(connection, differing, changed=True)
    run(sa.delete(posts).where(posts.c.id.in_(sa.select(alone.c.record_id))))
    names = ("id", "digest", *CONTENT)
    content = sa.select(*(staged_posts.c[name] for name in names)).join(alone, lone)
    run(sa.insert(posts).from_select(names, content))
    numbers = sa.select(alone.c.number)
    run(sa.update(versions).where(versions.c.number.in_(numbers)).values(post_id=versions.c.record_id))
    run(sa.delete(touched).where(touched.c.number.in_(numbers)))
    return counts


def _number(connection: sa.Connection, query: sa.Select[str]) -> int:
    return connection.scalar(sa.select(sa.func.count()).select_from(query.subquery())) or 0


def _lone(newest: int) -> sa.Select[int, str, str]:
    """The new versions that share neither an id, a key nor a post with another."""
    other = versions.alias("other")
    same_record = sa.exists().where(
        other.c.record_id == versions.c.record_id, other.c.number != versions.c.number
    )
    same_post = sa.exists().where(
        other.c.post_id.in_([sa.func.nullif(versions.c.post_id, ""), versions.c.record_id]),
        other.c.number != versions.c.number,
    )
    return sa.select(versions.c.number, versions.c.record_id, versions.c.format).where(
        versions.c.number > newest, ~same_record, ~_shares_a_key(), ~same_post
    )


def _shares_a_key() -> sa.ColumnElement[bool]:
    """Whether a version has a key with one that it could be joined with.

    Nothing is joined by a key that too many have, nor with another post of the same source, of which no more
    than so many are looked at: however often a title is repeated, no post takes longer.
    """
    each_key, other = keys_of(versions), versions.alias("other")
    counted, others_key = version_keys.alias("counted"), version_keys.alias("others_key")
    few = sa.select(sa.literal(1)).where(counted.c.key == each_key.c.value).limit(POPULAR + 1)
    number = sa.select(sa.func.count()).select_from(few.correlate(each_key).subquery()).scalar_subquery()
    apart = sa.and_(
        other.c.source_id == versions.c.source_id,
        other.c.known_scheme == versions.c.known_scheme,
        other.c.known_scheme != 0,
        other.c.known_own != versions.c.known_own,
    )
    joinable = (
        sa.select(sa.literal(1))
        .select_from(others_key.join(other, other.c.number == others_key.c.version))
        .where(others_key.c.key == each_key.c.value, other.c.number != versions.c.number, ~apart)
        .correlate(each_key, versions)
    )
    telling = sa.and_(number.between(2, POPULAR), sa.exists(joinable))
    return sa.exists(sa.select(sa.literal(1)).select_from(each_key).where(telling).correlate(versions))
