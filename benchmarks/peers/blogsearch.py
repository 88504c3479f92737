"""This project: its engine alone, and the whole search of an archive."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from benchmarks.cases import Case, Joined
from benchmarks.peers.peer import FACET_SIZE, RESULTS, Answer, Counted, bytes_in
from search.archive import Archive
from search.engine import Change
from search.engines.whoosh.engine import WhooshEngine
from search.history import SourceRecord
from search.layout import index_folder, store_file
from search.model import Period, Post, PostWithComments
from search.publication import Publication
from search.query.parser import parse
from search.request import Filters, SearchRequest, Sort, ValueFilter
from search.results import Facet
from search.store import Store

_FACETS = ("author", "tag", "blog", "date")
_MEGABYTES = 512  # what building may take: the target, and what others take


class Blogsearch:
    """The engine alone."""

    def build(self, posts: Iterable[Post], folder: Path) -> None:
        """Index the posts and publish them; see `Peer`."""
        with WhooshEngine(index_folder(folder), megabytes=_MEGABYTES) as engine:
            engine.publish(_changes(posts), rebuild=True)

    def open(self, folder: Path) -> OpenEngine:
        """Open the index; see `Peer`."""
        return OpenEngine(WhooshEngine(index_folder(folder)))

    def size(self, folder: Path) -> int:
        """Bytes of the index, without the texts; see `Peer`."""
        return bytes_in(index_folder(folder))


class OpenEngine:
    """From the text of a query to ids, total and counts, as `Archive` asks the engine."""

    def __init__(self, engine: WhooshEngine) -> None:
        self._engine = engine

    def search(self, case: Case, facets: bool) -> Answer:
        """Parse, match, rank and count; see `Opened`."""
        matches = self._engine.search(request(case, facets))
        numbers = tuple(int(match.post_id) for match in matches.matches)
        return Answer(matches.total, numbers, partial(_facets, matches.facets.values()))

    def close(self) -> None:
        """Close the index; see `Opened`."""
        self._engine.close()


class WholeSearch:
    """The archive: the engine, and the texts in the store."""

    def build(self, posts: Iterable[Post], folder: Path) -> None:
        """Store the posts beside an index that `Blogsearch` built."""
        with (
            WhooshEngine(index_folder(folder)) as engine,
            closing(Store.open(store_file(folder), create=True)) as store,
            store.transaction() as transaction,
        ):
            staging = transaction.stage(SourceRecord("benchmark"))
            for post in posts:
                staging.put_post(post)
            staging.apply(keep_missing=False)
            name, _, digest = engine.edition.partition("-")
            transaction.commit(publication=Publication(name, digest, datetime.now(UTC)))

    def open(self, folder: Path) -> OpenArchive:
        """Open the archive; see `Peer`."""
        return OpenArchive(Archive.open(folder))

    def size(self, folder: Path) -> int:
        """Bytes of index and texts; see `Peer`."""
        return bytes_in(folder)


class OpenArchive:
    """What the engine finds, its texts from the store, and their snippets."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive

    def search(self, case: Case, facets: bool) -> Answer:
        """Search and cut the snippets; see `Opened`."""
        page = self._archive.search(request(case, facets))
        numbers = tuple(int(hit.post.id) for hit in page.hits)
        return Answer(page.total, numbers, partial(_facets, page.facets.values()))

    def close(self) -> None:
        """Close the archive; see `Opened`."""
        self._archive.close()


def request(case: Case, facets: bool) -> SearchRequest:
    """A case as a reader would ask for it."""
    return SearchRequest(
        query=parse(_text(case)),
        filters=Filters(
            values=(ValueFilter("tag", (case.tag,)),) if case.tag else (),
            after=Period.parse(case.first.isoformat()) if case.first else None,
            before=Period.parse(case.last.isoformat()) if case.last else None,
        ),
        sort=Sort.NEWEST if case.by_date else Sort.RELEVANCE,
        size=RESULTS,
        facets=_FACETS if facets else (),
        facet_size=FACET_SIZE,
    )


def _text(case: Case) -> str:
    match case.joined:
        case Joined.ALL:
            return " ".join(case.words)
        case Joined.ANY:
            return " OR ".join(case.words)
        case Joined.PHRASE:
            return f'"{" ".join(case.words)}"'
        case Joined.PREFIX:
            return f"{case.words[0]}*"


def _changes(posts: Iterable[Post]) -> Iterator[Change]:
    for post in posts:
        yield Change(post.id, PostWithComments(post))


def _facets(facets: Iterable[Facet]) -> dict[str, Counted]:
    return {_name(facet): _counted(facet) for facet in facets}


def _name(facet: Facet) -> str:
    return "month" if facet.name == "date" else facet.name


def _counted(facet: Facet) -> Counted:
    values = facet.values
    if facet.name == "date":
        values = tuple(month for year in values for month in year.children)
    most_first = sorted(((v.value, v.count) for v in values), key=lambda value: (-value[1], value[0]))
    # A chosen value is listed beyond the ten most frequent ones.
    return tuple(most_first[:FACET_SIZE])
