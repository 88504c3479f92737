"""What is at an address: a feed, a page that leads to one, a list of feeds, or some other file."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cached_property
from threading import Event

from indexer.fetching import Conditions, Fetched, Fetcher
from indexer.formats import opml, page
from indexer.live.discovery import linked_feeds, linked_interface, well_known_feeds
from indexer.live.document import Document, Folder, Unchanged
from indexer.live.lists import feeds_listed
from indexer.relations import WORDPRESS_INTERFACE
from search.errors import FetchFailed
from search.model import Standing


@dataclass(frozen=True)
class Found:
    """A document, how it was asked for (`location`), and what to ask with the next time."""

    location: str
    document: Document
    moved_to: str
    conditions: Conditions

    @property
    def address(self) -> str:
        """Where it came from in the end."""
        return self.document.address

    @cached_property
    def is_feed(self) -> bool:
        """Whether it is a feed, which is worth asking for again."""
        return (format_ := self.document.format()) is not None and format_.standing is Standing.FEED

    @property
    def is_page(self) -> bool:
        """Whether it is HTML."""
        return page.sniff(self.document.source())

    @cached_property
    def listed(self) -> tuple[str, ...]:
        """The addresses of the feeds that it lists, where it is such a list."""
        return feeds_listed(self.document.source())

    @property
    def has_posts(self) -> bool:
        """Whether it is no mere list of feeds."""
        return not opml.is_list(self.document.source())


class Finder:
    """Fetches into a folder, with one fetcher that knows whose turn it is at each host."""

    def __init__(self, fetcher: Fetcher, folder: Folder) -> None:
        self._fetcher = fetcher
        self._folder = folder
        self._stopped = Event()

    def stop(self) -> None:
        """Fetch nothing more: whoever still does, in another thread, fails."""
        self._stopped.set()

    def find(self, address: str, *, discover: bool) -> Found:
        """What is at the address; with `discover` the feed that it leads to, where it is a page.

        Raises `FetchFailed` where there is nothing, or nothing that may be fetched.
        """
        found = self._fetched(address)
        if not discover or found.is_feed or not found.is_page:
            return found
        return next(self._feeds(found), found)

    def ask(self, address: str, etag: str, last_modified: str) -> Found | Unchanged:
        """What is at the address, if it is not as it was then; raises `FetchFailed`."""
        with self._asked(address, Conditions(etag, last_modified)) as fetched:
            if fetched.status == "unchanged":
                return Unchanged(fetched.moved_to)
            return self._kept(address, fetched)

    def interface(self, site: str) -> str:
        """The address of the REST interface that the page at an address names; empty where there is none."""
        with suppress(FetchFailed):
            return linked_interface(self._fetched(site).document.source())
        return ""

    def document(self, address: str) -> Document:
        """The document at the address; raises `FetchFailed`."""
        return self._fetched(address).document

    def _fetched(self, address: str) -> Found:
        with self._asked(address, Conditions()) as fetched:
            return self._kept(address, fetched)

    def _asked(self, address: str, known: Conditions) -> Fetched:
        if self._stopped.is_set():
            raise FetchFailed(f"{address}: not asked, as this run ends")
        return self._fetcher.fetch(address, known)

    def _kept(self, address: str, fetched: Fetched) -> Found:
        return Found(address, self._folder.keep(address, fetched), fetched.moved_to, fetched.conditions)

    def _feeds(self, page: Found) -> Iterator[Found]:
        """The feeds of the site that a page is of, the likeliest first, fetched as they are asked for."""
        source = page.document.source()
        linked = linked_feeds(source)
        named = {WORDPRESS_INTERFACE: interface} if (interface := linked_interface(source)) else {}
        for address in dict.fromkeys((*linked, *well_known_feeds(page.address))):
            with suppress(FetchFailed):
                found = self._fetched(address)
                if found.is_feed:
                    links = {**named, **found.document.links}
                    yield replace(found, document=replace(found.document, links=links))
