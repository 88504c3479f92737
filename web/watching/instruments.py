"""What one application is watched with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from search.archive import Archive
from web.watching.access import may_read, token
from web.watching.archive_facts import FactReader
from web.watching.caches import CacheMeter, Readers
from web.watching.counters import OTHER, Counters
from web.watching.exposition import exposed
from web.watching.peer import Peer
from web.watching.searches import Searched, Searches


@dataclass(frozen=True, slots=True)
class Instruments:
    """Where an application notes what it does, and where that is read.

    Who knows the `secret` may read it; where there is none, programs of this machine.
    """

    counters: Counters
    searches: Searches
    facts: FactReader
    caches: CacheMeter
    secret: bytes

    @classmethod
    def of(cls, archive: Archive, counters: Counters, slow: float, caches: Readers) -> Self:
        """The instruments for an archive, of which a search of more than `slow` seconds is told."""
        return cls(
            counters,
            Searches(counters, slow),
            FactReader(archive),
            CacheMeter(counters.cache_uses, caches),
            token(),
        )

    def searched(self, searched: Searched) -> None:
        """Note a search."""
        self.searches.note(searched)

    def problem(self, kind: str) -> None:
        """Note an error that is answered; one without a kind of its own is another one."""
        self.counters.problems.add(kind or OTHER)

    def let_in(self, peer: Peer, authorization: str) -> bool:
        """Whether who asks so may read what is exposed."""
        return may_read(peer, authorization, self.secret)

    def exposed(self, accept: str) -> tuple[bytes, str]:
        """All numbers, in the format that the header `Accept` asks for, and its media type."""
        self.caches.read()
        return exposed(self.counters, self.facts, accept)
