"""Asking live sources: what each gives now, without the archive's lock and without changing anything.

A `Gatherer` fetches into a folder of its own and tells, as `Catch`es, what there is to import and what to
remember. Nothing it tells is true of the archive until it was imported: whoever is interrupted before
that asks again for the same.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from indexer.formats import page
from indexer.live.addresses import host_of
from indexer.live.asked import Asked
from indexer.live.catch import Catch
from indexer.live.document import Document, Unchanged
from indexer.live.feed_report import Outcome
from indexer.live.history import DONE, History, comment_feeds, first_steps
from indexer.live.lists import listing, vanished
from indexer.live.options import LiveOptions
from indexer.live.outlook import Outlook
from indexer.live.schedule import Clock, answered, failed, is_due, postponed
from search.errors import FetchFailed, SourceError, SourceRefused
from search.history import FeedState, SourceRecord

if TYPE_CHECKING:
    from indexer.live.finding import Finder, Found

PORTION = 50
"""Pages of an archive that are imported at once, so that an interruption loses no more."""

_DOUBTS = 3
"""After so many failures in a row the address is asked that the feed had before it moved."""


class Gatherer:
    """Asks live sources, from several threads if need be, each source by one.

    It remembers how far their archives were followed in this run.
    """

    def __init__(
        self, finder: Finder, clock: Clock, options: LiveOptions, known: Callable[[str], Asked]
    ) -> None:
        self._finder = finder
        self._known = known
        self._clock = clock
        self._options = options
        self._histories: dict[str, History] = {}

    def named(self, record: SourceRecord, state: FeedState | None) -> Catch:
        """What is at an address that a user named: a feed, a page that leads to one, or a file.

        Raises `SourceError` where nothing can be fetched.
        """
        catch = self._whatever(record, state, discover=not (record.format or state))
        return replace(catch, required=True)

    def again(self, record: SourceRecord, state: FeedState | None) -> Catch:
        """What is at a known address now, whether that is new or not; trouble is told in the catch."""
        if state and state.retired:
            return Catch(record, Outcome.GONE, state=state, before=state)
        try:
            return self._whatever(record, state, discover=False)
        except SourceError as error:
            return self._failed(record, state, error)

    def stop(self) -> None:
        """Ask nothing more: whoever still does, in another thread, fails."""
        self._finder.stop()

    def listed(self, record: SourceRecord, state: FeedState | None) -> Catch:
        """What a feed has that somebody put into a list; trouble is told in the catch."""
        return self.again(record, state or FeedState(record.location))

    def _whatever(self, record: SourceRecord, state: FeedState | None, *, discover: bool) -> Catch:
        asked = state.moved_to if state and state.moved_to else record.location
        found = self._finder.find(asked, discover=discover)
        if not found.is_feed:
            if found.listed:
                return self._list(record, state or FeedState(record.location), found, None)
            if state:
                raise SourceRefused(_no_feed(record, found))
            return Catch(record, Outcome.FETCHED, (found.document,))
        if found.location != asked:
            known = self._known(found.location)
            format_name, blog = record.format or known.record.format, record.blog or known.record.blog
            record, state = SourceRecord(known.record.location, format_name, blog), known.state
        before = state or FeedState(record.location)
        if self._options.history:
            before = replace(before, history="")
        return self._fresh(record, before, found, None)

    def _failed(self, record: SourceRecord, state: FeedState | None, error: SourceError) -> Catch:
        if state is None:
            return Catch(record, Outcome.FAILED, trouble=str(error))
        if isinstance(error, FetchFailed) and error.not_asked:
            return Catch(record, Outcome.WAITING, state=postponed(state, error, self._clock), before=state)
        after = failed(state, error, self._clock)
        return Catch(record, Outcome.GONE if after.retired else Outcome.FAILED, state=after, before=state)

    def due(self, every: timedelta | None, record: SourceRecord, state: FeedState | None) -> Catch:
        """What a feed has that is new, if it is due; what goes wrong is told in the catch."""
        state = state or FeedState(record.location)
        if not is_due(state, self._clock.now(), paced=every is not None):
            outcome = Outcome.GONE if state.retired else Outcome.WAITING
            return Catch(record, outcome, state=state, before=state)
        try:
            return self._asked(record, state, every)
        except SourceError as error:
            return self._failed(record, state, error)

    def _asked(self, record: SourceRecord, state: FeedState, every: timedelta | None) -> Catch:
        moved = state.moved_to if state.failures < _DOUBTS else ""
        # To follow its archive the feed itself has to be seen.
        to_follow = (self._options.history and not state.history) or self._resumed(record.location, state)
        known = ("", "") if to_follow else (state.etag, state.last_modified)
        found = self._finder.ask(moved or record.location, *known)
        if isinstance(found, Unchanged):
            now = replace(answered(state, self._clock, every), moved_to=found.moved_to or state.moved_to)
            return Catch(record, Outcome.UNCHANGED, state=now, before=state)
        if found.is_feed:
            return self._fresh(record, state, found, every)
        if found.listed:
            return self._list(record, state, found, every)
        raise SourceRefused(_no_feed(record, found))

    def _list(self, record: SourceRecord, before: FeedState, found: Found, every: timedelta | None) -> Catch:
        """The catch of a list of feeds, whose feeds are for the caller to ask."""
        state = replace(self._after(before, found, every), history=listing(found.listed))
        return Catch(
            record,
            Outcome.FETCHED,
            (replace(found.document, asked=record.location),) if found.has_posts else (),
            state,
            before,
            listed=found.listed,
            vanished=vanished(before.history, found.listed),
        )

    def _after(self, before: FeedState, found: Found, every: timedelta | None) -> FeedState:
        """What is to be remembered of anything that answered."""
        return replace(
            answered(before, self._clock, every),
            moved_to=found.moved_to or before.moved_to,
            etag=found.conditions.etag,
            last_modified=found.conditions.last_modified,
            retired=False,
        )

    def _fresh(self, record: SourceRecord, before: FeedState, found: Found, every: timedelta | None) -> Catch:
        """The catch of a feed that was fetched, with its newest comments where their number changed."""
        outlook = found.document.outlook()
        documents: tuple[Document, ...] = (replace(found.document, asked=record.location),)
        state = replace(self._after(before, found, every), comments=str(outlook.comments or ""))
        more = self._resumed(record.location, before)
        if self._options.history and not before.history:
            more = self._begun(record.location, found.address, outlook)
            state = replace(state, history=self._histories[record.location].told())
        elif outlook.comments and state.comments != before.comments:
            try:
                documents += self._comments(found.address, outlook)
            except FetchFailed:  # the posts matter more; they are tried again with the next ones
                state = replace(state, comments=before.comments)
        return Catch(record, Outcome.FETCHED, documents, state, before, blog=outlook.title, more=more)

    def _comments(self, feed: str, outlook: Outlook) -> tuple[Document, ...]:
        """The newest comments, of the feed's own site; raises `FetchFailed`."""
        hosts = {host_of(feed), host_of(outlook.site)}
        addresses = [address for address in comment_feeds(feed, outlook) if host_of(address) in hosts]
        found = [self._finder.document(address) for address in addresses]
        return tuple(document for document in found if document.outlook().entries)

    def _begun(self, location: str, address: str, outlook: Outlook) -> bool:
        """Begin the history of a feed; says whether there is any to follow."""
        if outlook.site and not (outlook.software or outlook.interface or outlook.older):
            # A site that hides what made it may still say so on its pages.
            outlook = replace(outlook, interface=self._finder.interface(outlook.site))
        hosts = map(host_of, (location, address, outlook.site))
        steps = first_steps(address, outlook)
        history = History(steps, hosts, self._options.most_pages, outlook)
        self._histories[location] = history
        return history.step is not None

    def _resumed(self, location: str, state: FeedState) -> bool:
        """Go on with the history that an earlier run began; says whether there is any left."""
        if state.history in ("", DONE):
            return False
        if location not in self._histories:
            self._histories[location] = History.resumed(state.history, self._options.most_pages)
        return self._histories[location].step is not None

    def older(self, catch: Catch) -> Catch:
        """The next pages of the archive of a feed that has `more`, as many as are imported at once."""
        history = self._histories[catch.record.location]
        documents: list[Document] = []
        trouble = ""
        while (step := history.step) and len(documents) < PORTION:
            try:
                document = self._finder.document(step.address)
            except FetchFailed as error:
                if history.failed(error.status) and not trouble:
                    trouble = f"older posts could not be fetched: {error}"
                continue
            outlook = document.outlook()
            if outlook.entries or outlook.older:
                if history.found(outlook):
                    documents.append(document)
            elif page.sniff(document.source()):
                history.no_list()
            else:
                history.empty()
        state = catch.state or FeedState(catch.record.location)
        return replace(
            catch,
            documents=tuple(documents),
            before=state,
            state=replace(state, history=history.told(), note=trouble or state.note),
            required=False,
            archive=True,
            more=history.step is not None,
        )


def _no_feed(record: SourceRecord, found: Found) -> str:
    what = "a page" if found.is_page else "something else"
    return f"{record.location}: {what} came instead of a feed; its posts are kept"
