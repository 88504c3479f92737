"""One collection of posts, measured from building to searching."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Final

from benchmarks.building import Built, Served, measure_building, measure_serving
from benchmarks.cases import Case, save_cases
from benchmarks.drawing import draw_cases
from benchmarks.growth import touched
from benchmarks.kept import Collection, clear, keep, kept
from benchmarks.pacing import measure_paces
from benchmarks.peers.peer import Opened
from benchmarks.peers.registry import PEERS, PRUNING, THIS, WHOLE, peer
from benchmarks.posts import load
from benchmarks.progress import say
from benchmarks.report import SizeReport
from benchmarks.searching import Compared, Effort, measure_searching, measure_stages

_ASKED_COLD: Final = (THIS, WHOLE, PRUNING)
"""Those that are also measured with nothing decoded or cached yet."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is measured of a collection: beside which others, how often it is built, and how much is asked."""

    others: Sequence[str]
    builds: int
    effort: Effort
    queries: int
    seed: int


def measure_collection(collection: Collection, scratch: Path, plan: Plan) -> SizeReport:
    """Build every engine on the posts, open it, and search it beside this project."""
    drawn = draw_cases(load(collection.file), plan.queries, plan.seed)
    classes = {queries: cases for queries, cases in drawn.items() if cases}
    say(f"{collection.title}: building in turns")
    ours, paced = measure_paces(plan.others, collection, scratch, plan.builds)
    built = {THIS: ours, **{name: _build(name, collection) for name in plan.others if name in PEERS}}
    if WHOLE in plan.others:
        say(f"{collection.title}: storing the texts")
        peer(WHOLE).build(load(collection.file), collection.index(THIS))
    served = _serve((THIS, *plan.others), collection, classes, scratch)
    gc.freeze()  # the corpus that posts were drawn from is none of the engines' garbage to look through
    with _open((THIS, *plan.others), collection) as engines:
        work = {queries: touched(engines[THIS], cases) for queries, cases in classes.items()}
        compared = list(_told(collection, measure_searching(classes, engines, plan.effort)))
    with _open([name for name in (THIS, WHOLE) if name == THIS or name in plan.others], collection) as own:
        say(f"{collection.title}: stages")
        stages = measure_stages(classes, own, plan.effort)
    return SizeReport(
        collection.title, collection.posts, collection.text_mb, built, paced, served, compared, stages, work
    )


def prepare_collection(collection: Collection, others: Iterable[str]) -> None:
    """Build the peers that are not kept yet."""
    for name in others:
        if name in PEERS:
            _build(name, collection)


def _build(name: str, collection: Collection) -> Built:
    """What building a peer takes, or took."""
    built = kept(collection, name)
    if built is None:
        say(f"{collection.title}: building {name}")
        clear(collection, name)
        built = measure_building(name, collection.index(name), collection.file, collection.posts)
        keep(collection, name, built)
    return built


def _serve(
    names: Iterable[str], collection: Collection, classes: Mapping[str, Sequence[Case]], scratch: Path
) -> dict[str, Served]:
    everything = scratch / "cases.jsonl"
    save_cases(chain.from_iterable(classes.values()), everything)
    files = {queries: scratch / f"cases-{number}.jsonl" for number, queries in enumerate(classes)}
    for queries, file in files.items():
        save_cases(classes[queries], file)
    served = {}
    for name in names:
        say(f"{collection.title}: serving {name}")
        cold = files if name in _ASKED_COLD else {}
        served[name] = measure_serving(name, _index(name, collection), everything, cold)
    return served


@contextmanager
def _open(names: Iterable[str], collection: Collection) -> Iterator[dict[str, Opened]]:
    """The engines of these names, open."""
    with ExitStack() as stack:
        yield {
            name: stack.enter_context(closing(peer(name).open(_index(name, collection)))) for name in names
        }


def _index(name: str, collection: Collection) -> Path:
    """The whole search is of the folder of the engine."""
    return collection.index(THIS if name == WHOLE else name)


def _told(collection: Collection, results: Iterable[Compared]) -> Iterator[Compared]:
    for result in results:
        say(f"{collection.title}: {result.queries}, {result.other}: {result.pair.p50_ratio:.3f}")
        yield result
