"""Read sources, store what is new or changed, publish a generation of the index, and report."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path

from indexer.input import Input
from indexer.known import Known, known_in
from indexer.live.addresses import address_of, is_address, likely_address
from indexer.live.catch import Catch
from indexer.live.gather import Gatherer
from indexer.live.lists import feeds_listed_in
from indexer.live.schedule import Clock
from indexer.live.session import Session, session
from indexer.options import Options
from indexer.portions import Run
from indexer.report import Report
from indexer.restoring import restore
from indexer.source import walk
from indexer.steps import NoSteps, Steps
from search.errors import NoSources, SourceNotFound, SourceRefused
from search.history import SourceRecord
from search.layout import store_file
from search.presence import require_not_lost

__all__ = ["Options", "reindex"]


def reindex(
    sources: Sequence[str], options: Options, steps: Steps | None = None, clock: Clock | None = None
) -> Report:
    """Import the sources, or read again every known one where none is given.

    With `rebuild` and no source nothing is read, and the index is built anew from the store; with `restore`
    the one source is an export that becomes the archive again. After an
    error nothing is stored: raises `NoSources`, `ArchiveLocked`, `StoreUnreadable` and every other
    `SourceError`.
    """
    for source in sources:
        _check_location(source)
    if options.restore:
        return _restored(sources, options, steps or NoSteps(), clock or Clock())
    require_not_lost(options.data)
    if not sources and not store_file(options.data).is_file():
        raise NoSources(f"nothing was imported into {options.data} yet: name the files or folders to read")
    known = known_in(options.data, wait=options.wait)
    if not sources and not known.records:
        raise NoSources(f"{options.data} knows no sources yet: name the files or folders to read")
    run = Run(options, steps or NoSteps(), clock or Clock())
    with session(run.clock, options.live, known.at) as live:
        if not sources and options.rebuild:
            return run.import_all(live)
        chosen, warnings = _named(sources, options, known) if sources else _known_ones(known)
        files = [record for record in chosen if not is_address(record.location)]
        addresses = [record for record in chosen if is_address(record.location)]
        ask = Gatherer.named if sources else Gatherer.again
        catches = live.all(ask, [known.asked(record) for record in addresses])
        catches = tuple({catch.record.location: catch for catch in catches}.values())
        catches += _listed(live, files, catches, known)
        warnings += tuple(warning for catch in catches for warning in catch.warnings())
        return run.import_all(live, [Input.at(record) for record in files], catches, warnings)


def _restored(sources: Sequence[str], options: Options, steps: Steps, clock: Clock) -> Report:
    if len(sources) != 1 or is_address(sources[0]):
        raise NoSources("name the one file to restore, that blogsearch export wrote")
    return restore(sources[0], options, steps, clock)


def _check_location(source: str) -> None:
    """Raise a `SourceError` for what cannot be a source, before anything is read or created."""
    if not source:
        raise SourceNotFound("a source without a name was given")
    if any("\ud800" <= character <= "\udfff" for character in source):
        raise SourceRefused(f"{source}: its name is not UTF-8, so it could not be remembered; rename it")
    if is_address(source):
        return
    if (likely := likely_address(source)) and not Path(source).exists():
        raise SourceNotFound(f"{source}: there is no such file or folder; for a blog on the web say {likely}")
    walk(source)


def _named(
    sources: Sequence[str], options: Options, known: Known
) -> tuple[list[SourceRecord], tuple[str, ...]]:
    """The sources the user names, with the options they were imported with before, if any."""
    chosen = {}
    for source in sources:
        location = known.location_of(address_of(source)) if is_address(source) else _absolute(source)
        before = known.records.get(location, SourceRecord(location))
        format_name, blog = options.format or before.format, options.blog or before.blog
        chosen[location] = SourceRecord(location, format_name, blog)
    return list(chosen.values()), ()


def _absolute(source: str) -> str:
    """The whole path: with links kept, unlike `resolve`, and without "..", unlike `absolute`."""
    return os.path.abspath(source)  # noqa: PTH100


def _known_ones(known: Known) -> tuple[list[SourceRecord], tuple[str, ...]]:
    """The known sources that are on the web or still here, and a warning for each of the others."""
    locations = known.records
    present = [where for where in locations if is_address(where) or Path(where).exists()]
    if not present:
        raise SourceNotFound(f"no known source is there any more: {', '.join(locations)}")
    gone = [where for where in locations if where not in present]
    warnings = tuple(f"{where} is not there any more; its posts are kept" for where in gone)
    return [locations[where] for where in present], warnings


def _listed(
    live: Session, files: Iterable[SourceRecord], catches: Iterable[Catch], known: Known
) -> tuple[Catch, ...]:
    """What the feeds have that are in the lists among the sources, but for those asked already."""
    lists = [(record, feeds_listed_in(record.location)) for record in files]
    lists += [(catch.record, catch.listed) for catch in catches]
    asked = {catch.record.location for catch in catches}
    new = [one for one in known.listed(lists) if one.record.location not in asked]
    return live.all(Gatherer.listed, new)
