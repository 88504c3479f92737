"""Segments of a few posts, inverted word by word in plain Python: slow, and right at a glance."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from typing import Any

import numpy as np
from whoosh.filedb.filestore import RamStorage
from whoosh.searching import Searcher

from search.engines.whoosh.cache import Cache
from search.engines.whoosh.evaluating.scoring import RANKING
from search.engines.whoosh.index import Statistics
from search.engines.whoosh.schema import COMMENT, POST, SCHEMA
from search.engines.whoosh.segment.columns import SegmentColumns
from search.engines.whoosh.segment.inverted import Inverted
from search.engines.whoosh.segment.row import Row
from search.engines.whoosh.segment.segment import Segment
from search.request import KEYWORD_FACETS
from tests.search.engines.whoosh.segment.memory import MemoryField


@dataclass(frozen=True)
class Said:
    """A comment: its words, and who made it."""

    body: Sequence[str] = ()
    commenter: str = ""


@dataclass(frozen=True)
class Written:
    """A post: its words, the days it may be of (0: undated), its folded values and its comments."""

    title: Sequence[str] = ()
    body: Sequence[str] = ()
    day: int = 0
    last_day: int = 0
    values: Mapping[str, Sequence[str]] = field(default_factory=dict)
    comments: Sequence[Said] = ()


def stem(word: str) -> str:
    """The only stemming there is here."""
    return word.rstrip("s") or word


def inverted(texts: Sequence[Sequence[str]], *, counted: bool = True) -> Inverted:
    """The terms of texts, one text a document."""
    terms = sorted({term.encode() for text in texts for term in text})
    starts, documents, frequencies, positions = [0], list[int](), list[int](), list[int]()
    for term in terms:
        for document, text in enumerate(texts):
            places = [place for place, other in enumerate(text) if other.encode() == term]
            if places:
                documents.append(document)
                frequencies.append(len(places))
                positions += places
        starts.append(len(documents))
    return Inverted(
        terms=terms,
        starts=np.array(starts, np.int64),
        documents=np.array(documents, np.int32),
        lengths=np.array([len(text) for text in texts], np.int32),
        frequencies=np.array(frequencies, np.int32) if counted else None,
        positions=np.array(positions, np.int32) if counted else None,
    )


def pairs(text: Sequence[str], common: frozenset[bytes]) -> list[tuple[int, str]]:
    """The pairs of two common words that stand together in a text, and where."""
    return [
        (place, f"{one} {other}")
        for place, (one, other) in enumerate(pairwise(text))
        if one.encode() in common and other.encode() in common
    ]


def inverted_pairs(texts: Sequence[Sequence[str]], common: frozenset[bytes]) -> Inverted:
    """As `inverted`, of pairs of common words: a text with a hole wherever there is none."""
    holed = [["" for _ in text] for text in texts]
    for text, holes in zip(texts, holed, strict=True):
        for place, pair in pairs(text, common):
            holes[place] = pair
    found = inverted(holed)
    assert found.frequencies is not None
    assert found.positions is not None
    if not found.terms or found.terms[0]:
        return found
    skipped = int(found.starts[1])
    return Inverted(
        terms=found.terms[1:],
        starts=found.starts[1:] - skipped,
        documents=found.documents[skipped:],
        lengths=found.lengths,
        frequencies=found.frequencies[skipped:],
        positions=found.positions[int(found.frequencies[:skipped].sum()) :],
    )


def texts_of(posts: Sequence[Written]) -> dict[str, list[list[str]]]:
    """The terms that each document of a segment has in each field of text: posts, then their comments."""
    bodies = [post.body for post in posts] + [said.body for post in posts for said in post.comments]
    titles = [post.title for post in posts] + [() for post in posts for _ in post.comments]
    words = {"title_word": titles, "body_word": bodies}
    stems = {"title": titles, "body": bodies}
    return {
        **{name: [sorted(set(text)) for text in texts] for name, texts in words.items()},
        **{name: [[stem(word) for word in text] for text in texts] for name, texts in stems.items()},
    }


def segment_of(name: str, posts: Sequence[Written], common: Iterable[str] = ()) -> Segment:
    """A segment in memory of these posts, whose ids are the segment's name and a number."""
    texts, very_common = texts_of(posts), frozenset(word.encode() for word in common)
    fields: dict[str, Inverted] = {
        name: inverted(texts[name], counted=name in ("title", "body")) for name in texts
    }
    fields["body_pair"] = inverted_pairs(texts["body"], very_common)
    rows = [_row(f"{name}{number}", post) for number, post in enumerate(posts)]
    columns = SegmentColumns.of(rows, np.zeros(len(posts) + 1, np.int64), np.zeros(0, np.int64))
    memory = {name: MemoryField(each) for name, each in fields.items()}
    return Segment(name=name, fields=memory, columns=columns, common=very_common)


def _row(post_id: str, post: Written) -> Row:
    return Row(
        post_id=post_id,
        title=" ".join(post.title),
        level=3 if post.day else 0,
        start=0,
        first_day=post.day,
        last_day=max(post.day, post.last_day),
        values={name: {value: value for value in post.values.get(name, ())} for name in KEYWORD_FACETS},
        comment_ids=tuple(f"{post_id}c{number}" for number in range(len(post.comments))),
        commenters=tuple((said.commenter, said.commenter) for said in post.comments),
    )


class MadeIndex:
    """An index of posts, one list for each segment. Whoosh's searcher is that of its stock codec."""

    def __init__(self, posts: Sequence[Sequence[Written]], common: Iterable[str] = ()) -> None:
        common = tuple(common)
        self.posts = posts
        self.segments = tuple(segment_of(chr(97 + number), each, common) for number, each in enumerate(posts))
        self.statistics = Statistics.of(self.segments)
        self.cache = Cache()

    def searcher(self) -> Searcher:
        """Whoosh's own, over the same documents in the same segments."""
        return self._searcher

    @cached_property
    def _searcher(self) -> Searcher:
        index = RamStorage().create_index(SCHEMA)
        for number, posts in enumerate(self.posts):
            writer = index.writer()
            for document in stock_documents(posts, chr(97 + number)):
                writer.add_document(**document)
            writer.commit(merge=False)
        searcher: Searcher = index.searcher(weighting=RANKING)
        return searcher


def stock_documents(posts: Sequence[Written], name: str) -> list[dict[str, Any]]:
    """What Whoosh's own writer takes: all posts, then all comments."""
    texts = texts_of(posts)
    shared = [_shared(post, f"{name}{number}") for number, post in enumerate(posts)]
    documents = [{**fields, "kind": [POST]} for fields in shared]
    for fields, post in zip(shared, posts, strict=True):
        for said in post.comments:
            words = {"commenter": [said.commenter], "commenter_word": said.commenter.split()}
            documents.append({**fields, "kind": [COMMENT], **(words if said.commenter else {})})
    for number, document in enumerate(documents):
        document.update({name: each[number] for name, each in texts.items() if each[number]})
    return documents


def _shared(post: Written, post_id: str) -> dict[str, Any]:
    words = sorted({word for author in post.values.get("author", ()) for word in author.split()})
    values = {name: list(each) for name, each in post.values.items() if each}
    days = {"first_day": post.day, "last_day": max(post.day, post.last_day)} if post.day else {}
    return {**values, **({"author_word": words} if words else {}), **days, "post": [post_id]}
