"""Completions of what is being typed: tags, authors, titles and words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
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

_ENOUGH_TITLES: Final = 500
"""After so many, those that were found will do, though none may begin with what was typed."""

_PHRASES: Final = 3
"""How many words are offered after others: the rest seldom follow these."""

_LETTER: Final = re.compile(r"\w")

_AFTER_ALL: Final = b"\xff"
"""Sorts after every character in UTF-8."""


def complete(columns: Columns, segments: Sequence[Segment], prefix: str, size: int) -> list[Suggestion]:
    """Values and titles with a word that begins so, then words: the most used first, titles newest first.

    Titles that begin so themselves come before others. Where there are many titles and values, values take at
    most half of the places. Words take what is left: after several typed words, those that texts with
    the others have most often.
    """
    prefix = folded(prefix)
    if not prefix:
        return []
    titles = _titles(columns, segments, prefix, size)
    places = max(size - len(titles), (size + 1) // 2)
    found = (_values(columns, prefix, places) + titles)[:size]
    if len(found) < size:
        known = {folded(each.text) for each in found}
        words = (word for word in _words(columns, segments, prefix, size) if word not in known)
        found += [Suggestion(word, "word") for word in islice(words, size - len(found))]
    return found


def _values(columns: Columns, prefix: str, size: int) -> list[Suggestion]:
    values: list[Suggestion] = []
    for facet in COMPLETED_FACETS:
        column = columns.facets[facet]
        codes = column.starting(prefix)
        used = column.totals[codes]
        best = [place for place in highest(used, size).tolist() if used[place]]
        values += [
            Suggestion(column.label(int(codes[place])), facet, count=int(used[place])) for place in best
        ]
    values.sort(key=lambda value: -value.count)
    return values[:size]


def _titles(columns: Columns, segments: Sequence[Segment], prefix: str, size: int) -> list[Suggestion]:
    """Titles that begin so, then those in which a word does, newest first."""
    search = re.compile(rf"(?<!\w){re.escape(prefix)}").search
    first: list[Suggestion] = []
    others: list[Suggestion] = []
    for compared, post in enumerate(islice(_likely(columns, segments, prefix), _MOST_TITLES), 1):
        title = columns.title(post)
        plain = folded(title)
        if begun := search(plain):
            begins_with_it = not _LETTER.search(plain, 0, begun.start())
            (first if begins_with_it else others).append(Suggestion(title, "title", columns.id(post)))
        if len(first) >= size or (compared >= _ENOUGH_TITLES and len(first) + len(others) >= size):
            break
    return [*first, *others][:size]


def _words(columns: Columns, segments: Sequence[Segment], prefix: str, size: int) -> list[str]:
    """The prefix with its last word completed from texts: by the word of most of those that have the others.

    Of each segment the most used words that begin so are tried.
    """
    *whole, begun = terms(prefix, "") or [""]
    if not begun or not prefix.endswith(begun):
        return []
    used: Counter[str] = Counter()
    for segment, post_of in zip(segments, columns.post_of, strict=True):
        field = segment.fields["body_word"]
        having = post_of >= 0
        if whole:
            among = np.zeros(len(post_of), np.bool_)
            among[_with_all(field, whole)] = True
            having &= among
        numbers = _numbers(field, begun)
        for number in numbers[highest(field.document_frequencies(numbers), size)].tolist():
            [word] = field.terms(range(number, number + 1))
            used[word.decode("utf-8", "replace")] += int(np.count_nonzero(having[field.documents(number)]))
    best = sorted(used.items(), key=lambda entry: (-entry[1], entry[0]))
    words = [word for word, count in best if count and not PIECED.search(word)]
    return [prefix.removesuffix(begun) + word for word in (words[:_PHRASES] if whole else words)]


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
