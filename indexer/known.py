"""What an archive remembers of its sources, before any of them is asked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from indexer.live.asked import Asked
from search.history import FeedState, SourceRecord
from search.layout import store_file
from search.presence import require_not_lost
from search.writer import open_for_writing


@dataclass(frozen=True, slots=True)
class Known:
    """The sources of an archive and the states of the live feeds among them, both by location."""

    records: Mapping[str, SourceRecord]
    states: Mapping[str, FeedState]

    def location_of(self, address: str) -> str:
        """What a feed is called here that is asked for by its address, old or new."""
        if address in self.records:
            return address
        moved = (state.location for state in self.states.values() if state.moved_to == address)
        return next(moved, address)

    def asked(self, record: SourceRecord) -> Asked:
        """The source, with what is remembered of it if it is a feed."""
        return Asked(record, self.states.get(record.location))

    def at(self, address: str) -> Asked:
        """The source at an address, old or new; one that nothing is remembered of where it is new."""
        location = self.location_of(address)
        return self.asked(self.records.get(location, SourceRecord(location)))

    def listed(self, lists: Iterable[tuple[SourceRecord, Iterable[str]]]) -> list[Asked]:
        """The feeds at the addresses in lists, each once; a new one has the blog that its list was given."""
        feeds = {
            self.location_of(address): record.blog for record, addresses in lists for address in addresses
        }
        return [
            self.asked(self.records.get(location, SourceRecord(location, blog=blog)))
            for location, blog in feeds.items()
        ]


def known_in(data: Path, *, wait: bool) -> Known:
    """What the archive in a folder knows, which is nothing where there is none.

    The lock is held for a moment: a store of an earlier version is brought up to date, and who would find
    the archive locked in the end is told before anything is fetched. Raises `ArchiveLocked`, unless told
    to `wait`, and `StoreUnreadable`.
    """
    require_not_lost(data)
    if not store_file(data).is_file():
        return Known({}, {})
    with open_for_writing(data, wait=wait) as writer:
        records = {record.location: record for record in writer.sources()}
        return Known(records, {state.location: state for state in writer.feeds()})
