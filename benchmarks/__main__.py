"""`python -m benchmarks CORPUS`: this project beside its peers, in one run and one report.

CORPUS is a gzipped file of one JSON object a line, with `id`, `blog`, `title`, `date`, `authors`,
`tags`, `body` and `format` (html or markdown). Generated posts are drawn from it.
"""

from __future__ import annotations

import argparse
import os
import platform
import tempfile
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from benchmarks.collection import Plan, measure_collection, prepare_collection
from benchmarks.generator import MEDIAN_LENGTH, Model, generate
from benchmarks.importing import measure_importing, measure_starting
from benchmarks.kept import Collection, collect, digest, release
from benchmarks.peers.registry import PEERS, WHOLE
from benchmarks.plot import draw
from benchmarks.posts import corpus_posts, numbered
from benchmarks.progress import say
from benchmarks.report import Report, SizeReport
from benchmarks.searching import Effort
from benchmarks.tables import as_markdown
from search.model import Post

CORPUS = "corpus"
WANTED = (
    "no corpus given: name a file of posts, make bench CORPUS=posts.jsonl.gz "
    "(gzipped, one JSON object a line: id, blog, title, date, authors, tags, body, format)"
)
OTHERS = {**{name: name for name in PEERS}, "whole": WHOLE}
"""What this project's engine is measured beside, by the names of the command line."""


@dataclass(frozen=True, slots=True)
class Size:
    """A collection to measure: its posts, 0 for the corpus itself, and others of its own."""

    posts: int
    others: tuple[str, ...] = ()


class _Corpus:
    """The posts that others are drawn from, read when they are needed first."""

    def __init__(self, options: argparse.Namespace) -> None:
        self._options = options

    @cached_property
    def posts(self) -> list[Post]:
        say("reading the corpus")
        return corpus_posts(self._options.corpus, self._options.posts, self._options.seed)

    @cached_property
    def model(self) -> Model:
        return Model.of(self.posts, self._options.seed)

    def collection(self, size: Size, folder: Path) -> Collection:
        """The posts of a size, in a folder of their own."""
        options, count = self._options, size.posts
        drawn = digest(options.corpus, count or CORPUS, options.posts, options.seed, options.median_length)
        place = folder / f"{count or CORPUS}-{drawn}"
        if not count:
            return collect("The corpus", lambda: numbered(self.posts), place)
        say(f"{count:,} posts")
        return collect(
            "Generated",
            lambda: generate(self.model, count, seed=options.seed, median=options.median_length),
            place,
        )


def main() -> None:
    """Measure what was asked for and print the report."""
    parser = _parser()
    options = parser.parse_args()
    if options.corpus is None:
        parser.error(WANTED)
    if not options.corpus.is_file():
        parser.error(f"there is no file {options.corpus}")
    if options.prepare and not options.keep:
        parser.error("--prepare is of use with --keep FOLDER only")
    sizes = _sizes(options)
    if options.prepare:
        return
    importing = {} if options.skip_importing else _figures(options.corpus, options.export_size)
    report = Report(_machine(), sizes, importing)
    if options.json:
        options.json.write_text(report.as_json(), "utf-8")
    if options.svg:
        draw(report, options.svg)
    print(as_markdown(report))


def _sizes(options: argparse.Namespace) -> list[SizeReport]:
    corpus = _Corpus(options)
    reports = []
    for size in options.sizes:
        others = size.others or tuple(OTHERS[name] for name in options.peers)
        with tempfile.TemporaryDirectory(dir=options.folder) as scratch:
            collection = corpus.collection(size, options.keep or Path(scratch))
            if options.prepare:
                prepare_collection(collection, others)
                continue
            effort = Effort(options.rounds, options.seconds)
            plan = Plan(others, options.builds, effort, options.queries, options.seed)
            reports.append(measure_collection(collection, Path(scratch), plan))
    return reports


def _figures(corpus: Path, megabytes: float) -> dict[str, float]:
    say("importing the corpus as exports")
    with tempfile.TemporaryDirectory() as folder:
        return measure_importing(corpus, Path(folder), megabytes) | measure_starting()


def _machine() -> dict[str, str]:
    versions = {name: release(name) for name in ("blogsearch", "numpy", "tantivy", "whoosh3")}
    return {"cores": str(os.cpu_count()), "Python": platform.python_version(), **versions}


def _size(text: str) -> Size:
    posts, _, others = text.partition(":")
    known = tuple(OTHERS[name] for name in others.split(",") if name)
    return Size(0 if posts == CORPUS else int(posts.replace("_", "")), known)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("python -m benchmarks", description=__doc__)
    add = parser.add_argument
    add("corpus", type=Path, nargs="?", help="a gzipped file of posts")
    add(
        "--sizes",
        type=_size,
        nargs="+",
        default=[Size(0)],
        metavar="SIZE",
        help="'corpus', or posts to generate; 1000000:tantivy,whole names its own others",
    )
    names = list(OTHERS)
    add("--peers", nargs="*", choices=names, default=names, metavar="PEER", help=f"of {', '.join(names)}")
    add("--posts", type=int, help="take only so many posts of the corpus, drawn at random")
    add("--median-length", type=int, default=MEDIAN_LENGTH, help="characters of the middle generated post")
    add("--builds", type=int, default=3, help="builds in turns with the peers (%(default)s)")
    add("--queries", type=int, default=20, help="queries a class (%(default)s)")
    add("--rounds", type=int, default=20, help="rounds over the queries of a class (%(default)s)")
    add("--seconds", type=float, default=10, help="seconds a pair of engines and a class (%(default)s)")
    add("--seed", type=int, default=1, help="of generated posts and drawn queries")
    add("--folder", type=Path, help="where to build (default: the system's folder for temporary files)")
    add("--keep", type=Path, help="keep posts and the peers' indexes here, and use those of an earlier run")
    add("--prepare", action="store_true", help="only make what is kept, and measure nothing")
    add("--json", type=Path, help="write the figures here as well")
    add("--svg", type=Path, help="draw the figures as pictures into this folder")
    add(
        "--export-size",
        type=float,
        default=0,
        metavar="MB",
        help="repeat the corpus in exports up to this size",
    )
    add("--skip-importing", action="store_true", help="leave out importing and starting")
    return parser


if __name__ == "__main__":
    main()
