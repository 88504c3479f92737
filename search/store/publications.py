"""Which generation of the index the store is at: four facts, which change with what it holds, at once."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from search.publication import Publication
from search.store.tables import facts

_NAMES = ("generation", "digest", "since", "rolled_back")


def read(connection: sa.Connection) -> Publication:
    """The generation noted last."""
    query = sa.select(facts.c.name, facts.c.value).where(facts.c.name.in_(_NAMES))
    found: dict[str, str] = {name: value for name, value in connection.execute(query)}  # noqa: C416 - of tuples
    since = found.get("since")
    return Publication(
        generation=found.get("generation", ""),
        digest=found.get("digest", ""),
        since=datetime.fromisoformat(since) if since else None,
        rolled_back=found.get("rolled_back", ""),
    )


def note(connection: sa.Connection, publication: Publication) -> None:
    """Note this one in the place of the one before."""
    connection.execute(sa.delete(facts).where(facts.c.name.in_(_NAMES)))
    since = publication.since.isoformat() if publication.since else ""
    values = (publication.generation, publication.digest, since, publication.rolled_back)
    rows = [{"name": name, "value": value} for name, value in zip(_NAMES, values, strict=True) if value]
    if rows:
        connection.execute(sa.insert(facts), rows)
