"""Which post is meant by an id or by a link."""

from __future__ import annotations

from collections.abc import Collection, Iterator

import sqlalchemy as sa

from search.store.tables import kept_posts, posts, versions

_SCHEMES = ("https://", "http://")


def named(connection: sa.Connection, names: Collection[str]) -> dict[str, str]:
    """The ids of posts by what they are called; who is called otherwise is not in it.

    A post also has the ids and links of its versions. Whether a link begins with `https:` or ends with a
    slash makes no difference.
    """
    wanted: dict[str, list[str]] = {}
    for name in names:
        for each in _alike(name):
            wanted.setdefault(each, []).append(name)
    found: dict[str, str] = {}
    of_kept = versions.join(kept_posts, kept_posts.c.number == versions.c.number)
    for query in (
        sa.select(kept_posts.c.link, versions.c.post_id).select_from(of_kept),
        sa.select(posts.c.link, posts.c.id),
        sa.select(versions.c.record_id, versions.c.post_id),
        sa.select(posts.c.id, posts.c.id),
    ):  # the surest last
        called = query.selected_columns[0]
        for name, post_id in connection.execute(query.where(called.in_(wanted))):
            found |= dict.fromkeys(wanted[name], post_id)
    return found


def _alike(name: str) -> Iterator[str]:
    """The name and, of a link, all other ways to write it."""
    yield name
    for scheme in _SCHEMES:
        if name.startswith(scheme):
            rest = name.removeprefix(scheme).rstrip("/")
            yield from (f"{each}{rest}{end}" for each in _SCHEMES for end in ("", "/"))
