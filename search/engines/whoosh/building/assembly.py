"""One segment in the making: the numbers of its words so far, and the rows of its posts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from search.engines.whoosh.arrays import smallest
from search.engines.whoosh.building.inversion import invert, invert_words
from search.engines.whoosh.building.key_terms import key_terms
from search.engines.whoosh.building.lexicon import Lexicon
from search.engines.whoosh.building.pairs import common_stems, invert_pairs
from search.engines.whoosh.building.rows import row_of
from search.engines.whoosh.building.scratch import Scratch, Spill
from search.engines.whoosh.building.tokens import Tokens
from search.engines.whoosh.segment.columns import SegmentColumns
from search.engines.whoosh.segment.files import write_segment
from search.engines.whoosh.segment.row import Row
from search.model import PostWithComments
from search.text.vocabulary import Vocabulary

_OF_A_READING: Final = 100
"""Bytes that a reading takes at most, while terms are made of all: in order, and as a dictionary."""

_OF_A_TOKEN: Final = 3
"""Bytes that a word of a text takes then: encoded, and its share of the most frequent term at work."""

_OF_A_DOCUMENT: Final = 800
"""Bytes that a document takes besides its words: a row, and its part of the columns."""


class Assembly:
    """The posts of one segment, in the order in which they were added.

    Their words lie in files in a folder, so that only the distinct ones take memory.
    """

    def __init__(self, folder: Path, remembered: int) -> None:
        self._vocabulary = Vocabulary(remembered)
        self._room = Scratch(folder)
        self._titles, self._bodies, self._comments = (_Texts(folder) for _ in range(3))
        self._rows: list[Row] = []
        self._values: dict[tuple[tuple[str, str], ...], Mapping[str, str]] = {}
        self._strings: dict[str, str] = {}
        self.order: list[int] = []
        self.documents = 0
        self._tokens_added = 0

    def add(self, contents: Sequence[PostWithComments], places: Iterable[int], language: str) -> None:
        """Add posts of one language; `places` are kept in `order`."""
        replies = [comment.text for content in contents for comment in content.comments]
        for texts, added in (
            (self._titles, [content.post.title for content in contents]),
            (self._bodies, [content.post.readable for content in contents]),
            (self._comments, replies),
        ):
            looked = self._vocabulary.look_up(added, language)
            texts.words.add(looked.readings)
            texts.lengths.append(looked.counts)
            self._tokens_added += len(looked.readings)
        self._rows += (self._with_shared_values(row_of(content)) for content in contents)
        self.order += places
        self.documents += len(contents) + len(replies)

    def _with_shared_values(self, row: Row) -> Row:
        """The same row: values that many posts have are in memory once."""
        return replace(row, values={name: self._shared(values) for name, values in row.values.items()})

    def _shared(self, values: Mapping[str, str]) -> Mapping[str, str]:
        if len(values) < 2:
            return self._values.setdefault(tuple(values.items()), values)
        share = self._strings.setdefault
        return {share(value, value): share(written, written) for value, written in values.items()}

    @property
    def memory(self) -> int:
        """Bytes, about, that all of it takes, or will take while it is written, if that is more."""
        while_written = _OF_A_TOKEN * self._tokens_added + _OF_A_READING * len(self._vocabulary)
        return max(self._vocabulary.size, while_written) + _OF_A_DOCUMENT * self.documents

    def write(self, path: Path) -> None:
        """Invert and write it. The texts are given up on the way: nothing can be added any more."""
        titles, bodies = self._tokens()
        columns, posts = self._columns(), len(self._rows)
        for given_up in (self._rows, self._values, self._strings):
            given_up.clear()
        self._vocabulary.forget()
        title, body = (Lexicon.of(self._vocabulary, tokens) for tokens in (titles, bodies))
        self._vocabulary = Vocabulary(0)
        fields = {
            "title_word": invert_words(title, titles, self._room),
            "title": invert(title.stems, titles.renumbered(title.stem_of, self._room), room=self._room),
            "body_word": invert_words(body, bodies, self._room),
        }
        stems = bodies.renumbered(body.stem_of, self._room)
        common = common_stems(len(body.stems), stems)
        fields["body_pair"] = invert_pairs(body.stems, stems, common, self._room)
        fields["body"] = invert(body.stems, stems, room=self._room)
        key_starts, numbers = key_terms(fields["body"], posts)
        columns = replace(columns, key_starts=smallest(key_starts), key_terms=smallest(numbers))
        write_segment(path, fields, columns, [body.stems[number] for number in common.tolist()])

    def _columns(self) -> SegmentColumns:
        """The columns, still without key terms: rows take much memory, so they are not kept until then."""
        return SegmentColumns.of(self._rows, np.zeros(0, np.int64), np.zeros(0, np.int64))

    def _tokens(self) -> tuple[Tokens, Tokens]:
        """The words of all titles, of which comments have none, and of all bodies."""
        no_titles = np.zeros(self.documents - len(self._rows), np.int32)
        return (
            Tokens(self._titles.words.joined(), _all([*self._titles.lengths, no_titles])),
            Tokens(
                self._bodies.words.joined([self._comments.words]),
                _all(self._bodies.lengths + self._comments.lengths),
            ),
        )


class _Texts:
    """Texts one after the other: their words, and how many each has."""

    def __init__(self, folder: Path) -> None:
        self.words = Spill(folder)
        self.lengths: list[NDArray[np.int32]] = []


def _all(parts: Sequence[NDArray[np.int32]]) -> NDArray[np.int32]:
    return np.concatenate([np.zeros(0, np.int32), *parts])
