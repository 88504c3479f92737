"""Whoosh as it comes: its own codec, analyser, searcher and facets."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from pathlib import Path
from typing import Any, Final

import Stemmer
from whoosh import index, query
from whoosh.analysis import Analyzer, StemmingAnalyzer
from whoosh.fields import ID, KEYWORD, NUMERIC, TEXT, Schema
from whoosh.searching import Searcher
from whoosh.sorting import Count, FieldFacet

from benchmarks.cases import Case, Joined
from benchmarks.peers.peer import FACET_SIZE, FACETS, RESULTS, TITLE_BOOST, Answer, Counted, bytes_in
from search.model import Post

_MEMORY: Final = 256
"""Megabytes that its writer may take before a run of postings is written."""
_STEM: Final = Stemmer.Stemmer("english").stemWord
_SEVERAL: Final = ("author", "tag")


class Whoosh:
    """Stock Whoosh on one core."""

    def build(self, posts: Iterable[Post], folder: Path) -> None:
        """Index into one segment; see `Peer`."""
        folder.mkdir(parents=True, exist_ok=True)
        writer = index.create_in(str(folder), _schema(_analyser())).writer(limitmb=_MEMORY)
        for post in posts:
            writer.add_document(**_document(post))
        writer.commit()

    def open(self, folder: Path) -> OpenWhoosh:
        """Open the index and a searcher; see `Peer`."""
        return OpenWhoosh(index.open_dir(str(folder)).searcher())

    def size(self, folder: Path) -> int:
        """Bytes of all its files; see `Peer`."""
        return bytes_in(folder)


class OpenWhoosh:
    """Its searcher; facets as its results group them."""

    def __init__(self, searcher: Searcher) -> None:
        self._searcher = searcher
        self._analyser = _analyser()

    def search(self, case: Case, facets: bool) -> Answer:
        """Answer a case; see `Opened`."""
        words = self._words(case) if case.words else query.Every()
        tagged = [query.Term("tag", case.tag)] if case.tag else []
        order: dict[str, Any] = {"sortedby": "day", "reverse": True} if case.by_date else {}
        groups = {facet: _facet(facet) for facet in FACETS} if facets else None
        found = self._searcher.search(
            words, limit=RESULTS, filter=_all([*tagged, *_days(case)]), groupedby=groups, **order
        )
        # With groups its results go on beyond their limit.
        numbers = tuple(hit["number"] for hit in islice(found, RESULTS))
        counted = {facet: _counted(found.groups(facet)) for facet in FACETS} if facets else {}
        if facets and case.tag:
            tags = {"tag": _facet("tag")}
            others = self._searcher.search(words, limit=1, filter=_all(_days(case)), groupedby=tags)
            counted["tag"] = _counted(others.groups("tag"))
        return Answer(len(found), numbers, lambda: counted)

    def close(self) -> None:
        """Close the searcher; see `Opened`."""
        self._searcher.close()

    def _words(self, case: Case) -> query.Query:
        terms = [token.text for token in self._analyser(" ".join(case.words), mode="query")]
        match case.joined:
            case Joined.PREFIX:
                return query.Or([query.Prefix(field, case.words[0]) for field in ("title", "body")])
            case Joined.PHRASE:
                return query.Or([query.Phrase(field, terms) for field in ("title", "body")])
            case Joined.ALL:
                return query.And([_word(term) for term in terms])
            case Joined.ANY:
                return query.Or([_word(term) for term in terms])


def _days(case: Case) -> list[query.Query]:
    if case.first is None and case.last is None:
        return []
    first = case.first.toordinal() if case.first else None
    last = case.last.toordinal() if case.last else None
    return [query.NumericRange("day", first, last)]


def _all(filters: list[query.Query]) -> query.Query | None:
    return query.And(filters) if filters else None


def _word(term: str) -> query.Query:
    return query.Or([query.Term(field, term) for field in ("title", "body")])


def _facet(name: str) -> FieldFacet:
    return FieldFacet(name, allow_overlap=name in _SEVERAL, maptype=Count)


def _counted(groups: dict[Any, int]) -> Counted:
    known = [(str(value), count) for value, count in groups.items() if value]
    return tuple(sorted(known, key=lambda value: (-value[1], value[0]))[:FACET_SIZE])


def _schema(analyser: Analyzer) -> Schema:
    return Schema(
        number=NUMERIC(bits=64, stored=True),
        title=TEXT(analyzer=analyser, field_boost=TITLE_BOOST),
        body=TEXT(analyzer=analyser),
        author=KEYWORD(),
        tag=KEYWORD(),
        blog=ID(sortable=True),
        month=ID(sortable=True),
        day=NUMERIC(sortable=True),
    )


def stem(word: str) -> str:
    """The stem of an English word. A function by name, because Whoosh pickles its schema."""
    stemmed: str = _STEM(word)
    return stemmed


def _analyser() -> Analyzer:
    """Its analyser for English with the stemmer and the word breaks of the others, and no stop words."""
    return StemmingAnalyzer(r"[^\W_]+", stoplist=None, minsize=1, stemfn=stem)


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
        document |= {"day": day.toordinal(), "month": f"{day:%Y-%m}"}
    return document
