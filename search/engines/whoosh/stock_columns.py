"""Everything about posts that is not text, as columns: one number a post, its place, newest first.

A generation holds them as plain arrays and one JSON file; nothing here is pickled.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from pathlib import Path
from typing import Any, Final

import numpy as np

from search.engines.whoosh.arrays import Ints
from search.engines.whoosh.documents import folded
from search.engines.whoosh.segment.row import UNDATED, Row
from search.engines.whoosh.stock_facet_column import FacetColumn
from search.request import KEYWORD_FACETS

STRINGS_FILE: Final = "columns.json"


@dataclass(frozen=True)
class Numbers:
    """One number a post: see `Row` for what they mean."""

    level: Ints
    start: Ints
    first_day: Ints
    last_day: Ints
    comments: Ints


@dataclass(frozen=True)
class DocumentMap:
    """What each document of the index is: its post, and its comment or -1 for the post itself.

    Both are -1 for a document that was deleted.
    """

    post: Ints
    comment: Ints


@dataclass(frozen=True)
class Columns:
    """All columns. Posts are numbered newest first; `comment_ids` follow the posts' order."""

    ids: tuple[str, ...]
    titles: tuple[str, ...]
    comment_ids: tuple[str, ...]
    numbers: Numbers
    facets: Mapping[str, FacetColumn]

    @classmethod
    def of(cls, rows: Iterable[Row]) -> Columns:
        """Lay out rows, which may come in any order."""
        ordered = sorted(rows, key=lambda row: (row.level == UNDATED, -row.start, row.post_id))
        return cls(
            ids=tuple(row.post_id for row in ordered),
            titles=tuple(row.title for row in ordered),
            comment_ids=tuple(comment for row in ordered for comment in row.comment_ids),
            numbers=Numbers(
                level=np.array([row.level for row in ordered], np.int8),
                start=np.array([row.start for row in ordered], np.int64),
                first_day=np.array([row.first_day for row in ordered], np.int32),
                last_day=np.array([row.last_day for row in ordered], np.int32),
                comments=np.array([len(row.comment_ids) for row in ordered], np.int32),
            ),
            facets={
                name: FacetColumn.of([tuple(row.values[name].values()) for row in ordered])
                for name in KEYWORD_FACETS
            },
        )

    def rows(self) -> list[Row]:
        """The rows the columns were made of."""
        values: dict[str, list[list[str]]] = {}
        for name, facet in self.facets.items():
            values[name] = [[] for _ in self.ids]
            for owner, spelling in zip(facet.owner.tolist(), facet.spelling.tolist(), strict=True):
                values[name][owner].append(facet.spellings[spelling])
        ends = np.cumsum(self.numbers.comments).tolist()
        numbers = [getattr(self.numbers, field.name).tolist() for field in fields(Numbers)]
        return [
            Row(
                post_id=self.ids[post],
                title=self.titles[post],
                level=level,
                start=start,
                first_day=first_day,
                last_day=last_day,
                values={name: {folded(v): v for v in of_posts[post]} for name, of_posts in values.items()},
                comment_ids=self.comment_ids[ends[post] - comments : ends[post]],
                commenters=(("", ""),) * comments,
            )
            for post, (level, start, first_day, last_day, comments) in enumerate(zip(*numbers, strict=True))
        ]

    def document_map(self, keys: Sequence[str]) -> DocumentMap:
        """Number documents by their keys (`post` or `post/comment`); an empty key is a deleted one."""
        posts = {post_id: post for post, post_id in enumerate(self.ids)}
        owners = np.repeat(np.arange(len(self.ids)), self.numbers.comments).tolist()
        comments = {
            f"{self.ids[owner]}/{comment_id}": comment
            for comment, (owner, comment_id) in enumerate(zip(owners, self.comment_ids, strict=True))
        }
        return DocumentMap(
            np.array([posts.get(key.partition("/")[0], -1) for key in keys], np.int32),
            np.array([comments.get(key, -1) for key in keys], np.int32),
        )

    @cached_property
    def post_of(self) -> Mapping[str, int]:
        """The number of each post, by id."""
        return {post_id: post for post, post_id in enumerate(self.ids)}

    @cached_property
    def folded_titles(self) -> tuple[str, ...]:
        """The titles as they are compared."""
        return tuple(map(folded, self.titles))

    @cached_property
    def oldest_first(self) -> Ints:
        """The posts by date, the oldest first, undated ones last, then by id."""
        undated = self.numbers.level == UNDATED
        return np.lexsort((np.array(self.ids, dtype=np.str_), self.numbers.start, undated))

    def save(self, folder: Path) -> None:
        """Write them into a folder."""
        strings = {
            "ids": self.ids,
            "titles": self.titles,
            "comment_ids": self.comment_ids,
            "spellings": {name: facet.spellings for name, facet in self.facets.items()},
        }
        (folder / STRINGS_FILE).write_text(json.dumps(strings, ensure_ascii=False), encoding="utf-8")
        _save(folder, "post", self.numbers)
        for name, facet in self.facets.items():
            np.save(folder / f"{name}_owner.npy", facet.owner, allow_pickle=False)
            np.save(folder / f"{name}_spelling.npy", facet.spelling, allow_pickle=False)

    @classmethod
    def load(cls, folder: Path) -> Columns:
        """Read what `save` wrote; raises `OSError` or `ValueError` for anything else."""
        strings: dict[str, Any] = json.loads((folder / STRINGS_FILE).read_text(encoding="utf-8"))
        try:
            return cls(
                ids=tuple(strings["ids"]),
                titles=tuple(strings["titles"]),
                comment_ids=tuple(strings["comment_ids"]),
                numbers=Numbers(**_load(folder, "post", Numbers)),
                facets={
                    name: FacetColumn(
                        tuple(strings["spellings"][name]),
                        _array(folder / f"{name}_owner.npy"),
                        _array(folder / f"{name}_spelling.npy"),
                    )
                    for name in KEYWORD_FACETS
                },
            )
        except (KeyError, TypeError) as error:
            raise ValueError(f"{folder / STRINGS_FILE} does not hold the columns of an index") from error


def save_document_map(folder: Path, documents: DocumentMap) -> None:
    """Write the map into a folder."""
    _save(folder, "document", documents)


def load_document_map(folder: Path) -> DocumentMap:
    """Read what `save_document_map` wrote; raises `OSError` or `ValueError`."""
    return DocumentMap(**_load(folder, "document", DocumentMap))


def _save(folder: Path, prefix: str, arrays: Numbers | DocumentMap) -> None:
    for field in fields(arrays):
        np.save(folder / f"{prefix}_{field.name}.npy", getattr(arrays, field.name), allow_pickle=False)


def _load(folder: Path, prefix: str, kind: type[Numbers] | type[DocumentMap]) -> dict[str, Ints]:
    return {field.name: _array(folder / f"{prefix}_{field.name}.npy") for field in fields(kind)}


def _array(path: Path) -> Ints:
    array: Ints = np.load(path, allow_pickle=False)
    if array.ndim != 1 or array.dtype.kind != "i":
        raise ValueError(f"{path} does not hold whole numbers")
    return array
