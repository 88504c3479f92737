"""Segments made in memory from few words, by the simplest way there is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from search.engines.whoosh.merging.pairs import merge_pairs
from search.engines.whoosh.segment.columns import SegmentColumns
from search.engines.whoosh.segment.inverted import Inverted
from search.engines.whoosh.segment.row import Row
from search.engines.whoosh.segment.segment import Segment
from search.request import KEYWORD_FACETS
from tests.search.engines.whoosh.segment.memory import MemoryField


@dataclass(frozen=True, slots=True)
class Text:
    """One post: the words of its title, of its body and of each comment, and its tags."""

    post_id: str
    title: tuple[str, ...]
    body: tuple[str, ...]
    comments: tuple[tuple[str, ...], ...] = ()
    tags: tuple[str, ...] = ()


def segment_of(texts: Sequence[Text], name: str = "made") -> Segment:
    """The segment of these posts."""
    comments = [comment for text in texts for comment in text.comments]
    title = inverted([text.title for text in texts] + [()] * len(comments), stem)
    body = inverted([text.body for text in texts] + comments, stem)
    fields = {"title": MemoryField(title), "body": MemoryField(body)}
    words = {
        "title_word": sharing(inverted([text.title for text in texts] + [()] * len(comments), str), title),
        "body_word": sharing(inverted([text.body for text in texts] + comments, str), body),
    }
    pairs, common = merge_pairs(body)
    return Segment(
        name=name,
        fields={
            **fields,
            "title_word": MemoryField(words["title_word"], fields["title"]),
            "body_word": MemoryField(words["body_word"], fields["body"]),
            "body_pair": MemoryField(pairs),
        },
        columns=columns_of(texts, body),
        common=common,
    )


def stem(word: str) -> str:
    """A word without its s."""
    return word.rstrip("s")


def inverted(documents: Iterable[Sequence[str]], term_of: Callable[[str], str]) -> Inverted:
    """Terms with their positions in each document."""
    return _inverted([[(term_of(word), place) for place, word in enumerate(words)] for words in documents])


def sharing(words: Inverted, stems: Inverted) -> Inverted:
    """Words without positions, of which those with a stem's documents have none of their own."""
    documents_of = {term: _documents(stems, number) for number, term in enumerate(stems.terms)}
    same, starts, documents = [], [0], []
    for number, word in enumerate(words.terms):
        own = _documents(words, number)
        of_stem = stem(word.decode()).encode()
        shares = documents_of[of_stem] == own
        same.append(list(stems.terms).index(of_stem) if shares else -1)
        documents += [] if shares else own
        starts.append(len(documents))
    return Inverted(words.terms, np.array(starts), _int32(documents), words.lengths, same=_int32(same))


def columns_of(texts: Sequence[Text], body: Inverted) -> SegmentColumns:
    """The columns; the key terms of a post are those of its body, in order."""
    rows = [
        Row(
            post_id=text.post_id,
            title=" ".join(text.title),
            level=1,
            start=1000 + len(text.body),
            first_day=3 + len(text.body),
            last_day=9 + len(text.body),
            values={
                **{name: {} for name in KEYWORD_FACETS},
                "tag": {tag.lower(): tag for tag in text.tags},
            },
            comment_ids=tuple(f"{text.post_id}-{number}" for number in range(len(text.comments))),
            commenters=tuple((words[0].lower(), words[0]) if words else ("", "") for words in text.comments),
        )
        for text in texts
    ]
    terms = [sorted({stem(word).encode() for word in text.body}) for text in texts]
    number_of = {term: number for number, term in enumerate(body.terms)}
    starts = np.cumsum([0, *map(len, terms)])
    return SegmentColumns.of(
        rows, starts, np.array([number_of[term] for each in terms for term in each], np.int64)
    )


def _inverted(documents: Sequence[Sequence[tuple[str, int]]]) -> Inverted:
    found: dict[bytes, dict[int, list[int]]] = {}
    for document, placed in enumerate(documents):
        for term, place in placed:
            found.setdefault(term.encode(), {}).setdefault(document, []).append(place)
    terms = sorted(found)
    postings = [posting for term in terms for posting in found[term].items()]
    return Inverted(
        terms=terms,
        starts=np.cumsum([0, *(len(found[term]) for term in terms)]),
        documents=_int32([document for document, _ in postings]),
        lengths=_int32([len(placed) for placed in documents]),
        frequencies=_int32([len(places) for _, places in postings]),
        positions=_int32([place for _, places in postings for place in places]),
    )


def _documents(field: Inverted, number: int) -> list[int]:
    found: list[int] = field.documents[field.starts[number] : field.starts[number + 1]].tolist()
    return found


def _int32(numbers: Sequence[int]) -> NDArray[np.int32]:
    return np.array(numbers, np.int32)
