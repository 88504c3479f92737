"""Completions of what is being typed: tags, authors and titles."""

from __future__ import annotations

import re

import numpy as np

from search.engines.whoosh.documents import folded
from search.engines.whoosh.stock_columns import Columns
from search.results import Suggestion

COMPLETED_FACETS = ("tag", "author")


def complete(columns: Columns, prefix: str, size: int) -> list[Suggestion]:
    """Values and titles with a word that begins so: values by how many posts have them, titles newest first.

    Where there are many of both, values take at most half of the places.
    """
    prefix = folded(prefix)
    if not prefix:
        return []
    begins = re.compile(rf"(?<!\w){re.escape(prefix)}").search
    values: list[tuple[int, Suggestion]] = []
    for facet in COMPLETED_FACETS:
        column = columns.facets[facet]
        used = np.bincount(column.codes, minlength=len(column.values)).tolist()
        values += [
            (-count, Suggestion(label, facet))
            for value, label, count in zip(column.values, column.labels, used, strict=True)
            if begins(value)
        ]
    values.sort(key=lambda value: value[0])
    titles = [
        Suggestion(title, "title", post_id)
        for post_id, title, value in zip(columns.ids, columns.titles, columns.folded_titles, strict=True)
        if begins(value)
    ][:size]
    places = max(size - len(titles), (size + 1) // 2)
    return ([suggestion for _, suggestion in values][:places] + titles)[:size]
