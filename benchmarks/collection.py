"""One collection of posts, measured from building to searching."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from benchmarks.building import measure_building, measure_serving
from benchmarks.cases import save_cases
from benchmarks.drawing import draw_cases
from benchmarks.peers.peer import Opened
from benchmarks.peers.registry import THIS, WHOLE, peer
from benchmarks.posts import load, save
from benchmarks.progress import say
from benchmarks.report import SizeReport
from benchmarks.searching import Effort, measure_searching, measure_stages
from search.model import Post


@dataclass(frozen=True, slots=True)
class Plan:
    """What is measured of each collection."""

    peers: Sequence[str]
    effort: Effort
    queries: int
    seed: int


def measure_collection(title: str, posts: Iterable[Post], folder: Path, plan: Plan) -> SizeReport:
    """Build every engine on the posts, open it, and search it beside this project."""
    file, cases = folder / "posts.jsonl", folder / "cases.jsonl"
    count = save(posts, file)
    classes = draw_cases(load(file), plan.queries, plan.seed)
    save_cases(chain.from_iterable(classes.values()), cases)
    names = (THIS, *plan.peers)
    built, served = {}, {}
    for name in names:
        say(f"{title}: building {name}")
        built[name] = measure_building(name, folder / name, file, count)
        served[name] = measure_serving(name, folder / name, cases)
    say(f"{title}: storing the texts")
    peer(WHOLE).build(load(file), folder / THIS)
    known = {name: drawn for name, drawn in classes.items() if drawn}
    compared = []
    with _open((*names, WHOLE), folder) as engines:
        for result in measure_searching(known, engines, plan.effort):
            say(f"{title}: {result.queries}, {result.other}: {result.pair.p50_ratio:.2f}")
            compared.append(result)
    with _open((THIS, WHOLE), folder) as engines:
        say(f"{title}: stages")
        stages = measure_stages(known, engines, plan.effort)
    text_mb = sum(len(post.text) for post in load(file)) / 1e6
    return SizeReport(title, count, text_mb, built, served, compared, stages)


@contextmanager
def _open(names: Iterable[str], folder: Path) -> Iterator[dict[str, Opened]]:
    """The engines of these names, open; the whole search is of the folder of the engine."""
    with ExitStack() as stack:
        engines = {}
        for name in names:
            opened = peer(name).open(folder / (THIS if name == WHOLE else name))
            engines[name] = stack.enter_context(closing(opened))
        yield engines
