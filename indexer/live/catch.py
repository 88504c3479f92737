"""What asking one live source gave."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from indexer.input import Input
from indexer.live.addresses import host_of
from indexer.live.document import Document, walk_all
from indexer.live.feed_report import Outcome
from search.history import FeedState, SourceRecord


@dataclass(frozen=True, slots=True)
class Catch:
    """What asking one source gave: files to import, maybe none, and what to remember of it.

    `state` is to be remembered of a feed or list of feeds, `before` what was so far; both are None for an
    address that is neither. `blog` is what a feed calls its blog, for files of its archive that do not say.
    What is wrong with a source that is `required` is an error; else it is noted, and the others go on.
    `more` says that there are further pages of its archive to fetch, and `archive` that these are such pages
    alone, of which a bad one harms no other. `listed` are the addresses of feeds in a list of them, and
    `vanished` those that it held when it was read before.
    `trouble` is what is wrong with an address that is no feed.
    """

    record: SourceRecord
    outcome: Outcome
    documents: tuple[Document, ...] = ()
    state: FeedState | None = None
    before: FeedState | None = None
    blog: str = ""
    required: bool = False
    archive: bool = False
    listed: tuple[str, ...] = ()
    vanished: tuple[str, ...] = ()
    trouble: str = ""
    more: bool = False

    @property
    def size(self) -> int:
        """How many bytes were fetched."""
        return sum(document.size for document in self.documents)

    def warnings(self) -> tuple[str, ...]:
        """What to say of the feeds that a list does not hold any more."""
        return tuple(
            f"{self.record.location} does not list {address} any more; it is still asked, and its posts stay"
            for address in self.vanished
        )

    def input(self) -> Input:
        """The documents as one source, which only adds: the web never shows all that there was."""
        name = "" if self.archive else self.documents[0].name
        blog = host_of(self.record.location)
        walk = partial(walk_all, self.documents)
        return Input(self.record, name, self.size, walk, blog, only_adds=True, title=self.blog)
