"""An hour of mixed load and imports: is nothing refused, and does nothing grow?

Visitors ask for everything there is, and some are slow; a folder that changes is imported again and again,
and a feed is kept in sync with; one of two processes of the server is killed now and then. What the
processes take is sampled all the time, and written to `samples.csv`. `times` are seconds.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from random import Random
from typing import Final

from tests.indexer.fetching.faulty_server import FaultyServer
from tests.torture.mixed.asking import Lexicon
from tests.torture.mixed.changing import ChangingFeed, ChangingFolder, Imports
from tests.torture.mixed.footprint import Footprint, need_proc, size_of
from tests.torture.mixed.invented import all_posts, make_archive
from tests.torture.mixed.processes import Served, served, syncing
from tests.torture.mixed.samples import Samples, quantile
from tests.torture.mixed.visitors import Answers, Kills, Visitor, at_once, crawl
from tests.torture.outcome import Outcome, Tell
from tests.torture.warm import Warm

AMPLE: Final = 60
"""Seconds from which on it has an archive of a realistic size, and the paces of operation."""
JUDGED: Final = 600
"""Seconds from which on it is judged what grows: before, caches still fill."""
POSTS: Final = 3_000
_VISITORS: Final = 6
_SLOW: Final = 4


@dataclass(frozen=True, slots=True)
class Paces:
    """Seconds between an import, a kill, a sample, a line that is told, and the next."""

    importing: float = 12
    killing: float = 40
    sampling: float = 5
    telling: float = 60

    @classmethod
    def of(cls, seconds: int) -> Paces:
        """Shorter ones where there is little time."""
        return cls() if seconds >= AMPLE else cls(importing=1, killing=seconds / 2, sampling=0.2)


def run(times: int, folder: Path, tell: Tell) -> Outcome:
    """Try it for so many seconds; see `Run`."""
    need_proc()
    paces = Paces.of(times)
    with Warm() as warm, FaultyServer() as feeds:
        data = make_archive(warm, folder, POSTS if times >= AMPLE else 0)
        texts = [post.text for post in all_posts(data)[:500]]
        feeds.answer("/feed", ChangingFeed(texts, Random(1)))
        followed = warm.run("reindex", "--data", data, "--private-addresses", feeds.address("/feed"))
        assert followed.code == 0, followed.said
        imports = Imports(warm, data, ChangingFolder(folder / "changing", texts, Random(2)), paces.importing)
        kills, lexicon = Kills(), Lexicon.of(data)
        with served(data, folder / "serve.log") as server, syncing(data, folder / "sync.log") as sync:
            answers, samples = Answers(times), Samples(folder / "samples.csv")
            visitors = [Visitor(server.port, lexicon, seed, kills, answers) for seed in range(_VISITORS)]
            slow = [partial(crawl, server.port)] * _SLOW
            watch = _Watch(server, {"supervisor": server.supervisor, "sync": sync}, kills, samples, data)
            with at_once(imports.go_on, *(visitor.visit for visitor in visitors), *slow):
                for seconds in watch.go_on(times, paces):
                    tell(_line(seconds, answers, imports, kills))
    growing = tuple(samples.growing()) if times >= JUDGED else ()
    wrong = (*answers.wrong, *imports.wrong, *watch.wrong, *server.complaints(), *growing)
    return Outcome(times, wrong, _figures(answers, imports, kills, samples))


class _Watch:
    """Looks at the processes all the time, and kills one now and then."""

    def __init__(
        self, server: Served, others: Mapping[str, int], kills: Kills, samples: Samples, data: Path
    ) -> None:
        self._server = server
        self._watched = {"worker": server.workers()[0], **others}
        self._kills = kills
        self._samples = samples
        self._data = data
        self.wrong: list[str] = []

    def go_on(self, seconds: int, paces: Paces) -> Iterator[float]:
        """So long; comes back at the pace of telling, with the second it is."""
        started = time.monotonic()
        due = {"sample": 0.0, "kill": paces.killing, "tell": paces.telling}
        while (second := time.monotonic() - started) < seconds:
            if second >= due["sample"]:
                self._sample(second)
                due["sample"] += paces.sampling
            if second >= due["kill"]:
                self._kill()
                due["kill"] += paces.killing
            if second >= due["tell"]:
                yield second
                due["tell"] += paces.telling
            time.sleep(max(0.0, min(due.values()) - (time.monotonic() - started)))

    def _sample(self, second: float) -> None:
        for what, process in [*self._watched.items()]:
            try:
                self._samples.note(second, what, Footprint.of(process))
            except OSError:
                self.wrong.append(f"the {what} ended after {second:.0f} s, though nobody killed it")
                del self._watched[what]
        self._samples.note_folder(second, size_of(self._data))

    def _kill(self) -> None:
        if len(self._server.workers()) > 1:  # else the one before was not replaced yet
            with suppress(ProcessLookupError):
                self._server.kill_youngest()
                self._kills.note()


def _line(second: float, answers: Answers, imports: Imports, kills: Kills) -> str:
    return (
        f"minute {second / 60:.0f}: {answers.count:,} answers, {answers.faults} wrong, "
        f"{imports.done} imports, {len(kills)} kills"
    )


def _figures(answers: Answers, imports: Imports, kills: Kills, samples: Samples) -> dict[str, str]:
    counted = {
        "answers": f"{answers.count:,}",
        "wrong": f"{answers.faults:,}",
        "unchanged (304)": f"{answers.unchanged:,}",
        "asked again after a kill": f"{answers.asked_again:,}",
        "imports": f"{imports.done:,}",
        "kills": f"{len(kills):,}",
    }
    took = {
        f"quarter {number}, p50 and p99 in ms": f"{quantile(values, 0.5) * 1000:.1f}, "
        f"{quantile(values, 0.99) * 1000:.1f}"
        for number, values in enumerate(answers.quarters, 1)
    }
    return counted | took | samples.slopes()
