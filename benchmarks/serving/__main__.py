"""`python -m benchmarks.serving CORPUS`: what HTTP adds to a search, and its pace beside Datasette."""

from __future__ import annotations

import argparse
import random
import tempfile
from itertools import chain
from pathlib import Path
from urllib.parse import urlencode

from benchmarks.cases import Case, Joined
from benchmarks.drawing import draw_cases
from benchmarks.exports import rendered, write_export
from benchmarks.measure import BLOGSEARCH, run_process
from benchmarks.posts import corpus_posts, numbered
from benchmarks.progress import say
from benchmarks.serving import database
from benchmarks.serving.agreement import agreement
from benchmarks.serving.client import requests_per_second
from benchmarks.serving.latency import Cost, measure_latency
from benchmarks.serving.report import Rates, as_markdown
from benchmarks.serving.servers import blogsearch, datasette, free_port, serving
from search.model import Post

DATA, DATABASE = "data", "posts.db"
CLASSES = ("rare word", "common word", "two words, all", "phrase", "filter only")
"""The kinds of searches that both servers can be asked."""


def main() -> None:
    """Measure both and print them as Markdown."""
    options = _parser().parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = options.keep or Path(scratch)
        posts = list(numbered(corpus_posts(options.corpus)))
        _prepare(options.corpus, posts, folder)
        drawn = draw_cases(posts, options.queries, options.seed)
        cases = list(chain.from_iterable(drawn[name] for name in CLASSES))
        random.Random(options.seed).shuffle(cases)
        costs = _latency(folder, cases, options)
        rates, same = _throughput(folder, cases, options)
    print(as_markdown(costs, rates, same, options))


def _prepare(corpus: Path, posts: list[Post], folder: Path) -> None:
    """Make the archive and Datasette's database of the same posts, where they are not kept."""
    export, data, table = (folder / name for name in ("posts.xml", DATA, DATABASE))
    if not data.exists():
        say("importing the corpus")
        folder.mkdir(exist_ok=True)
        write_export("wxr", rendered(corpus), export)
        run_process([BLOGSEARCH, "reindex", "--quiet", "--data", str(data), str(export)])
    if not table.exists():
        say("making Datasette's database of it")
        database.make_database(posts, table)


def path(case: Case, ending: str = "") -> str:
    """The address of a case at our server."""
    words = " ".join(case.words)
    text = f'"{words}"' if case.joined is Joined.PHRASE else words
    query = urlencode([(name, value) for name, value in (("q", text), ("tag", case.tag)) if value])
    return f"/search{ending}?{query}"


def _latency(folder: Path, cases: list[Case], options: argparse.Namespace) -> list[Cost]:
    say("one request after the other")
    port = free_port()
    with serving(blogsearch(folder / DATA, 1, port), port):
        return measure_latency(folder / DATA, port, [path(case) for case in cases], options.rounds)


def _throughput(
    folder: Path, cases: list[Case], options: argparse.Namespace
) -> tuple[dict[str, list[Rates]], float]:
    """The paces of JSON and pages by our names, and how often both servers find as many posts."""
    ours, theirs = free_port(), free_port()
    rates: dict[str, list[Rates]] = {"/search.json": [], "/search": []}
    means = {"connections": options.connections, "seconds": options.seconds}
    with (
        serving(blogsearch(folder / DATA, options.workers, ours), ours),
        serving(datasette(folder / DATABASE, theirs), theirs),
    ):
        for number in range(options.rounds + 1):
            say(f"many at once, round {number} of {options.rounds}")
            for name, ending in (("/search.json", ".json"), ("/search", "")):
                here = requests_per_second(ours, [path(case, ending) for case in cases], **means)
                there = [database.path(case, ending) for case in cases]
                if number:  # the first round only warms up
                    rates[name].append(Rates(here, requests_per_second(theirs, there, **means)))
        json = ([make(case, ".json") for case in cases] for make in (path, database.path))
        same = agreement(ours, next(json), theirs, next(json))
    return rates, same


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("python -m benchmarks.serving", description=__doc__)
    add = parser.add_argument
    add("corpus", type=Path, help="a gzipped file of posts, as python -m benchmarks takes it")
    add("--queries", type=int, default=20, help="queries a class (%(default)s)")
    add("--rounds", type=int, default=5, help="rounds that are measured (%(default)s)")
    add("--workers", type=int, default=2, help="of our server (%(default)s)")
    add("--connections", type=int, default=8, help="clients at once (%(default)s)")
    add("--seconds", type=float, default=4, help="of each server in a round (%(default)s)")
    add("--keep", type=Path, help="keep the archive and the database here, and use those of an earlier run")
    add("--seed", type=int, default=1, help="of the drawn queries")
    return parser


if __name__ == "__main__":
    main()
