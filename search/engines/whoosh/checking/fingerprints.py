"""What a segment holds of each document, as two numbers: one for its words, one for all else.

They follow from the content alone and not from how segments divide the documents, nor from how terms are
numbered there; so documents of two indexes are compared by comparing numbers. Each occurrence of a term
counts with a number of 64 bits that is made of the term, its field and its place, and a document with the sum
of these. That two contents have one sum by chance happens once in 2^64; nothing here is a defence against
malice.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import pairwise
from typing import Any, Final, Self

import numpy as np
from numpy.typing import NDArray

from search.engines.whoosh.arrays import Bools, Ints
from search.engines.whoosh.merging.sharing import unshared
from search.engines.whoosh.segment.columns import COMMENTER, SegmentColumns
from search.engines.whoosh.segment.inverted import Inverted
from search.engines.whoosh.segment.keyword import Keyword
from search.engines.whoosh.segment.segment import Segment
from search.engines.whoosh.segment.spans import edges, sizes
from search.engines.whoosh.segment.strings import Strings

Sums = NDArray[np.uint64]
"""One number a document, which wraps around."""

SEPARATOR: Final = b"/"
"""Stands between the ids of a post and of its comment."""

_PORTION: Final = 1 << 20
"""Occurrences that are looked at together, unless one term has more."""

_NUMBERS: Final = ("level", "start", "first_day", "last_day")
_TEXTS: Final = {"title": "title_word", "body": "body_word"}
"""Fields of stems, and the field of the words they are the stems of."""


@dataclass(frozen=True, slots=True)
class Fingerprints:
    """One entry a document: `keys` are the id of a post, or those of a post and its comment."""

    keys: NDArray[np.bytes_]
    words: Sums
    fields: Sums

    @classmethod
    def of(cls, segment: Segment, inverted: Mapping[str, Inverted], kept: Bools) -> Self:
        """Those of the documents that are `kept`; `inverted` are the segment's fields, decoded."""
        return cls(
            _keys(segment.columns)[kept],
            _of_words(inverted, segment.documents)[kept],
            _of_fields(segment.columns)[kept],
        )

    @classmethod
    def joined(cls, parts: Sequence[Self]) -> Self:
        """All of several, in the order of their keys."""
        keys = np.concatenate([np.zeros(0, "S1"), *(part.keys for part in parts)])
        order = np.argsort(keys, kind="stable")
        none = np.zeros(0, np.uint64)
        words = np.concatenate([none, *(part.words for part in parts)])
        fields = np.concatenate([none, *(part.fields for part in parts)])
        return cls(keys[order], words[order], fields[order])


def decoded(segment: Segment) -> dict[str, Inverted]:
    """The fields of running text of a segment, with all their postings."""
    found = {}
    for stems, words in _TEXTS.items():
        found[stems] = segment.fields[stems].inverted()
        found[words] = unshared(segment.fields[words].inverted(), found[stems])
    return found


def _keys(columns: SegmentColumns) -> NDArray[np.bytes_]:
    posts = np.char.add(columns.ids[columns.parents.astype(np.int64)], SEPARATOR)
    return np.concatenate([columns.ids, np.char.add(posts, columns.comment_ids)])


def _of_words(fields: Mapping[str, Inverted], documents: int) -> Sums:
    found = np.zeros(documents, np.uint64)
    for name, field in fields.items():
        found += _mixed(field.lengths.astype(np.uint64) + _number(name))
        for owners, each in _occurrences(field, _numbers(name, field.terms)):
            np.add.at(found, owners, each)
    return found


def _occurrences(field: Inverted, terms: Sums) -> Iterator[tuple[Ints, Sums]]:
    """The documents that have terms and, beside each, the number of what it has there; in portions."""
    counts = sizes(field.starts) if field.frequencies is None else _times(field, field.frequencies)
    ends = edges(counts)
    portions = np.flatnonzero(np.diff(ends[:-1] // _PORTION)) + 1
    for first, last in _pairs([0, *portions.tolist(), len(terms)]):
        postings = slice(int(field.starts[first]), int(field.starts[last]))
        documents = field.documents[postings]
        numbers = np.repeat(terms[first:last], sizes(field.starts[first : last + 1]))
        if field.frequencies is None or field.positions is None:
            yield documents, _mixed(numbers)
            continue
        times = field.frequencies[postings]
        places = field.positions[int(ends[first]) : int(ends[last])].astype(np.uint64)
        yield np.repeat(documents, times), _mixed(np.repeat(numbers, times) + _mixed(places))


def _times(field: Inverted, frequencies: NDArray[np.int32]) -> NDArray[np.int64]:
    """How often each term occurs."""
    return sizes(edges(frequencies)[field.starts])


def _pairs(bounds: Sequence[int]) -> Iterator[tuple[int, int]]:
    return ((first, last) for first, last in pairwise(bounds) if first < last)


def _of_fields(columns: SegmentColumns) -> Sums:
    posts, comments = len(columns.ids), len(columns.comment_ids)
    found = np.zeros(posts + comments, np.uint64)
    of_posts, of_comments = found[:posts], found[posts:]
    of_posts += _mixed(_numbers("title", _bytes(columns.titles)))
    for name in _NUMBERS:
        values = getattr(columns, name).astype(np.int64).view(np.uint64)
        of_posts += _mixed(_mixed(values) + _number(name))
    replies = np.bincount(columns.parents.astype(np.int64), minlength=posts).astype(np.uint64)
    of_posts += _mixed(replies + _number("comments"))
    for name, keyword in columns.keywords.items():
        _add_keyword(of_comments if name == COMMENTER else of_posts, name, keyword)
    return found


def _add_keyword(found: Sums, name: str, keyword: Keyword) -> None:
    values = np.repeat(_numbers(name, _bytes(keyword.values)), sizes(keyword.starts))
    spellings = _numbers(f"{name} as written", _bytes(keyword.spellings))[keyword.spelling.astype(np.int64)]
    np.add.at(found, keyword.owners.astype(np.int64), _mixed(values + _mixed(spellings)))


def _bytes(strings: Strings) -> Iterator[bytes]:
    return (string.encode("utf-8", "surrogatepass") for string in strings)


def _number(name: str) -> np.uint64:
    number: np.uint64 = _numbers("", [name.encode()])[0]
    return number


def _numbers(name: str, strings: Iterable[bytes]) -> Sums:
    """A number for each string, another in each field."""
    begun = blake2b(name.encode(), digest_size=8)

    def digest(string: bytes) -> bytes:
        each = begun.copy()
        each.update(string)
        return each.digest()

    return np.frombuffer(b"".join(map(digest, strings)), "<u8").astype(np.uint64)


def _mixed(numbers: NDArray[Any]) -> Sums:
    """Numbers whose bits all depend on all bits of each (as SplitMix64 ends: Steele et al., 2014)."""
    mixed = numbers.astype(np.uint64) + np.uint64(0x9E3779B97F4A7C15)
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return mixed ^ (mixed >> np.uint64(31))
