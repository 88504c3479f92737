"""tantivy by its Python package: Rust, and the quickest of the peers."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, Final

import tantivy
from tantivy import FieldType, Filter, Occur, Query, Schema, Tokenizer

from benchmarks.cases import Case, Joined
from benchmarks.peers.peer import FACET_SIZE, FACETS, RESULTS, TITLE_BOOST, Answer, Counted, bytes_in
from search.model import Post

_HEAP: Final = 256_000_000
"""Bytes that its writer may take before a segment is written."""
_TOTAL: Final = {"total": {"value_count": {"field": "number"}}}
_LATEST: Final = date.max.toordinal()
_BOOSTS: Final = {"title": TITLE_BOOST, "body": 1.0}


class Tantivy:
    """Words and positions inverted, facets as columns, nothing stored."""

    def __init__(self) -> None:
        self._schema = _schema()
        self._analyser = _analyser()

    def build(self, posts: Iterable[Post], folder: Path) -> None:
        """Index by as many threads as there are cores; see `Peer`."""
        folder.mkdir(parents=True, exist_ok=True)
        index = tantivy.Index(self._schema, path=str(folder))
        index.register_tokenizer("english", self._analyser)
        writer = index.writer(_HEAP, os.cpu_count() or 1)
        for post in posts:
            writer.add_document(tantivy.Document.from_dict(_document(post), self._schema))
        writer.commit()
        writer.wait_merging_threads()

    def open(self, folder: Path) -> OpenTantivy:
        """Open the index; see `Peer`."""
        index = tantivy.Index.open(str(folder))
        index.register_tokenizer("english", self._analyser)
        return OpenTantivy(index.searcher(), self._schema, self._analyser)

    def size(self, folder: Path) -> int:
        """Bytes of all its files; see `Peer`."""
        return bytes_in(folder)


class OpenTantivy:
    """A searcher, and what its queries are made with.

    A faceted search is two passes, which is what its package offers: the best ten with block-max
    pruning, and an aggregation of the facets and the total. Its counts can be a little too low where a
    value is not among the first hundred of a segment; that is how it is quick, so it is left so.
    """

    def __init__(self, searcher: tantivy.Searcher, schema: Schema, analyser: tantivy.TextAnalyzer) -> None:
        self._searcher = searcher
        self._schema = schema
        self._analyser = analyser

    def search(self, case: Case, facets: bool) -> Answer:
        """Answer a case; see `Opened`."""
        without_tag = self._query(case)
        query = self._tagged(without_tag, case.tag) if case.tag else without_tag
        order = "day" if case.by_date else None
        found = self._searcher.search(query, RESULTS, count=not facets, order_by_field=order)
        numbers = self._searcher.fast_field_values("number", [address for _, address in found.hits])
        if not facets:
            return Answer(found.count, tuple(map(_whole, numbers)))  # type: ignore[attr-defined] # its stub lacks it
        others = [facet for facet in FACETS if facet != "tag" or not case.tag]
        counted = self._searcher.aggregate(query, {**_TOTAL, **_terms(others)})
        if case.tag:
            counted |= self._searcher.aggregate(without_tag, _terms(["tag"]))
        total = int(counted["total"]["value"])
        return Answer(total, tuple(map(_whole, numbers)), partial(_facets, counted))

    def close(self) -> None:
        """Nothing to do: it goes with the object; see `Opened`."""

    def _query(self, case: Case) -> Query:
        query = self._words(case) if case.words else Query.all_query()
        if case.first is None and case.last is None:
            return query
        first = case.first.toordinal() if case.first else 1
        last = case.last.toordinal() if case.last else _LATEST
        days = Query.range_query(self._schema, "day", FieldType.Unsigned, first, last)
        return Query.boolean_query([(Occur.Must, query), (Occur.Must, Query.const_score_query(days, 0.0))])

    def _tagged(self, query: Query, tag: str) -> Query:
        tagged = Query.const_score_query(Query.term_query(self._schema, "tag", tag), 0.0)
        return Query.boolean_query([(Occur.Must, query), (Occur.Must, tagged)])

    def _words(self, case: Case) -> Query:
        terms = [self._analyser.analyze(word)[0] for word in case.words]
        match case.joined:
            case Joined.PREFIX:
                pattern = re.escape(case.words[0]) + ".*"
                return _either({f: Query.regex_query(self._schema, f, pattern) for f in _BOOSTS})
            case Joined.PHRASE:
                phrase: list[str | tuple[int, str]] = list(terms)
                return _either({f: Query.phrase_query(self._schema, f, phrase) for f in _BOOSTS})
            case Joined.ALL | Joined.ANY:
                occur = Occur.Must if case.joined is Joined.ALL else Occur.Should
                return Query.boolean_query([(occur, self._word(term)) for term in terms])

    def _word(self, term: str) -> Query:
        return _either({field: Query.term_query(self._schema, field, term) for field in _BOOSTS})


def _either(by_field: dict[str, Query]) -> Query:
    """In the title or in the body, each counting as much as its boost says."""
    return Query.boolean_query(
        [(Occur.Should, Query.boost_query(query, _BOOSTS[field])) for field, query in by_field.items()]
    )


def _schema() -> Schema:
    builder = tantivy.SchemaBuilder()
    for field in _BOOSTS:
        builder.add_text_field(field, tokenizer_name="english")
    for field in ("author", "tag", "blog"):
        builder.add_text_field(field, fast=True, tokenizer_name="raw", index_option="basic")
    for field in ("number", "month"):
        builder.add_unsigned_field(field, fast=True)
    builder.add_unsigned_field("day", fast=True, indexed=True)
    return builder.build()


def _analyser() -> tantivy.TextAnalyzer:
    """Its `en_stem`, and accents folded as the others do."""
    builder = tantivy.TextAnalyzerBuilder(Tokenizer.simple())
    for step in (Filter.remove_long(64), Filter.lowercase(), Filter.ascii_fold(), Filter.stemmer("english")):
        builder = builder.filter(step)
    return builder.build()


def _document(post: Post) -> dict[str, Any]:
    document: dict[str, Any] = {
        "number": int(post.id),
        "title": post.title,
        "body": post.text,
        "author": list(post.authors),
        "tag": list(post.tags),
        "blog": post.blog.name,
    }
    if post.date:
        day = post.date.first_day
        document |= {"day": day.toordinal(), "month": day.year * 100 + day.month}
    return document


def _terms(facets: Iterable[str]) -> dict[str, Any]:
    return {facet: {"terms": {"field": facet, "size": FACET_SIZE}} for facet in facets}


def _facets(counted: dict[str, Any]) -> dict[str, Counted]:
    return {facet: _counted(facet, counted[facet]["buckets"]) for facet in FACETS}


def _counted(facet: str, buckets: list[dict[str, Any]]) -> Counted:
    return tuple((_value(facet, bucket["key"]), bucket["doc_count"]) for bucket in buckets)


def _value(facet: str, key: Any) -> str:
    return f"{int(key) // 100}-{int(key) % 100:02}" if facet == "month" else str(key)


def _whole(number: int | float | bool | None) -> int:
    return int(number or 0)
