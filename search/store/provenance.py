"""Which files the posts of a source came from, as far as the store knows."""

from __future__ import annotations

import json
from collections.abc import Iterable

import sqlalchemy as sa

from search.store.tables import comments, kept_posts, posts, sources, versions


def may_come_from(connection: sa.Connection, location: str, files: Iterable[str]) -> bool:
    """Whether any of these files may have given records when the source was last read.

    Origins tell it of posts. Comments do not say which file they stood in, so all files may have
    given them where a format gave the source comments alone.
    """
    source_id = sa.select(sources.c.id).where(sources.c.location == location).scalar_subquery()
    these = sa.func.json_each(json.dumps(list(files))).table_valued("value", name="these")
    conditions = (
        _given_post(posts, versions.c.post_id == posts.c.id, source_id, these),
        _given_post(kept_posts, versions.c.number == kept_posts.c.number, source_id, these),
        _given_comments_alone(source_id),
    )
    return any(connection.scalar(sa.select(condition)) for condition in conditions)


def _given_post(
    table: sa.Table,
    is_of_version: sa.ColumnElement[bool],
    source_id: sa.ScalarSelect[int],
    these: sa.TableValuedAlias,
) -> sa.Exists:
    """Whether a version of the source in this table says that it is from one of these files."""
    origin = sa.func.json_each(table.c.origins).table_valued("value", name="origin")
    file = sa.func.json_extract(origin.c.value, "$[1]")
    held = sa.select(sa.literal(1)).select_from(versions.join(table, is_of_version).join(origin, sa.true()))
    return held.where(versions.c.source_id == source_id, file.in_(sa.select(these.c.value))).exists()


def _given_comments_alone(source_id: sa.ScalarSelect[int]) -> sa.Exists:
    of_posts = sa.select(versions.c.format).where(versions.c.source_id == source_id)
    held = sa.select(sa.literal(1)).where(
        comments.c.source_id == source_id, comments.c.complete, comments.c.format.not_in(of_posts)
    )
    return held.exists()
