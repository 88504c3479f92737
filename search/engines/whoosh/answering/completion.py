"""Completions of what is being typed: tags, authors, titles and words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import partial, reduce
from itertools import islice
from typing import Final

import numpy as np
from numpy.typing import NDArray

from search.engines.whoosh.arrays import Ints
from search.engines.whoosh.columns.columns import Columns
from search.engines.whoosh.counting.ordering import highest
from search.engines.whoosh.segment.field import Field
from search.engines.whoosh.segment.segment import Segment
from search.engines.whoosh.values import folded
from search.results import Suggestion
from search.text.words import PIECED, terms

COMPLETED_FACETS: Final = ("tag", "author")

_COMMON: Final = 16
"""Where one in so many titles has such a word, the newest titles are compared without looking for it."""

_MOST_TITLES: Final = 2_000
"""How many titles are compared at most, the newest ones."""

_AFTER_ALL: Final = b"\xff"
"""Sorts after every character in UTF-8."""


def complete(columns: Columns, segments: Sequence[Segment], prefix: str, size: int) -> list[Suggestion]:
    """Values and titles with a word that begins so, then words: the most used first, titles newest first.

    Where there are many of both, values take at most half of the places. Words take what is left.
    """
    prefix = folded(prefix)
    if not prefix:
        return []
    titles = list(islice(_titles(columns, segments, prefix), size))
    places = max(size - len(titles), (size + 1) // 2)
    found = (_values(columns, prefix, places) + titles)[:size]
    if len(found) < size and terms(prefix, "") == [prefix]:
        known = {folded(each.text) for each in found}
        words = (word for word in _words(columns, segments, prefix, size) if word not in known)
        found += [Suggestion(word, "word") for word in islice(words, size - len(found))]
    return found


def _values(columns: Columns, prefix: str, size: int) -> list[Suggestion]:
    values: list[tuple[int, Suggestion]] = []
    for facet in COMPLETED_FACETS:
        column = columns.facets[facet]
        codes = column.starting(prefix)
        used = column.totals[codes]
        best = [place for place in highest(used, size).tolist() if used[place]]
        values += [(-int(used[place]), Suggestion(column.label(int(codes[place])), facet)) for place in best]
    values.sort(key=lambda value: value[0])
    return [suggestion for _, suggestion in values[:size]]


def _titles(columns: Columns, segments: Sequence[Segment], prefix: str) -> Iterator[Suggestion]:
    """Titles in which the prefix begins at the beginning of a word, newest first."""
    begins = re.compile(rf"(?<!\w){re.escape(prefix)}").search
    for post in islice(_likely(columns, segments, prefix), _MOST_TITLES):
        title = columns.title(post)
        if begins(folded(title)):
            yield Suggestion(title, "title", columns.id(post))


def _words(columns: Columns, segments: Sequence[Segment], prefix: str, size: int) -> list[str]:
    """Words of texts that begin so, those of most posts and comments first: the most used of each segment."""
    used: Counter[str] = Counter()
    for segment, post_of in zip(segments, columns.post_of, strict=True):
        field = segment.fields["body_word"]
        numbers = _numbers(field, prefix)
        for number in numbers[highest(field.document_frequencies(numbers), size)].tolist():
            [word] = field.terms(range(number, number + 1))
            live = np.count_nonzero(post_of[field.documents(number)] >= 0)
            used[word.decode("utf-8", "replace")] += int(live)
    best = sorted(used.items(), key=lambda entry: (-entry[1], entry[0]))
    return [word for word, count in best if count and not PIECED.search(word)]


def _likely(columns: Columns, segments: Sequence[Segment], prefix: str) -> Sequence[int]:
    """Posts, newest first, among them all whose titles have the words of the prefix, the last one begun."""
    *whole, begun = terms(prefix, "") or [""]
    fields = [segment.fields["title_word"] for segment in segments]
    if whole:
        found = [_with_all(field, whole) for field in fields]
    elif begun:
        meant = [_numbers(field, begun) for field in fields]
        among = sum(
            int(field.document_frequencies(each).sum()) for field, each in zip(fields, meant, strict=True)
        )
        if among * _COMMON > columns.posts:
            return range(columns.posts)
        found = [field.documents_of_any(each) for field, each in zip(fields, meant, strict=True)]
    else:
        return ()
    posts = [post_of[each] for post_of, each in zip(columns.post_of, found, strict=True)]
    newest_first = np.sort(np.concatenate([np.zeros(0, np.int32), *posts]))
    likely: list[int] = newest_first[newest_first >= 0].tolist()
    return likely


def _with_all(field: Field, words: Iterable[str]) -> NDArray[np.int32]:
    """The documents that have all of these words."""
    numbers = [field.find(word.encode()) for word in words]
    if -1 in numbers:
        return np.zeros(0, np.int32)
    return reduce(partial(np.intersect1d, assume_unique=True), map(field.documents, numbers))


def _numbers(field: Field, beginning: str) -> Ints:
    """The numbers of the words that begin so."""
    first = beginning.encode()
    return np.arange(field.first_from(first), field.first_from(first + _AFTER_ALL))
