"""`python -m benchmarks CORPUS`: this project beside its peers, in one run and one report.

CORPUS is a gzipped file of one JSON object a line, with `id`, `blog`, `title`, `date`, `authors`,
`tags`, `body` and `format` (html or markdown). Generated posts are drawn from it.
"""

from __future__ import annotations

import argparse
import os
import platform
import tempfile
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from benchmarks.collection import Plan, measure_collection
from benchmarks.generator import MEDIAN_LENGTH, Model, generate
from benchmarks.importing import measure_importing, measure_starting
from benchmarks.peers.registry import PEERS
from benchmarks.posts import corpus_posts, numbered
from benchmarks.progress import say
from benchmarks.report import Report, SizeReport
from benchmarks.searching import Effort
from search.model import Post

CORPUS = "corpus"
WANTED = (
    "no corpus given: name a file of posts, make bench CORPUS=posts.jsonl.gz "
    "(gzipped, one JSON object a line: id, blog, title, date, authors, tags, body, format)"
)


def main() -> None:
    """Measure what was asked for and print the report."""
    parser = _parser()
    options = parser.parse_args()
    if options.corpus is None:
        parser.error(WANTED)
    if not options.corpus.is_file():
        parser.error(f"there is no file {options.corpus}")
    report = Report(_machine(), _sizes(options), {} if options.skip_importing else _figures(options.corpus))
    if options.json:
        options.json.write_text(report.as_json(), "utf-8")
    print(report.as_markdown())


def _sizes(options: argparse.Namespace) -> list[SizeReport]:
    plan = Plan(options.peers, Effort(options.rounds, options.seconds), options.queries, options.seed)
    say("reading the corpus")
    corpus = corpus_posts(options.corpus, options.posts, options.seed)
    reports = []
    for size in options.sizes:
        with tempfile.TemporaryDirectory(dir=options.folder) as folder:
            title, posts = _collection(size, corpus, options)
            reports.append(measure_collection(title, posts, Path(folder), plan))
    return reports


def _collection(
    size: int | str, corpus: list[Post], options: argparse.Namespace
) -> tuple[str, Iterator[Post]]:
    if isinstance(size, str):
        return "The corpus", numbered(corpus)
    model = Model.of(corpus, options.seed)
    return "Generated", generate(model, size, seed=options.seed, median=options.median_length)


def _figures(corpus: Path) -> dict[str, float]:
    say("importing the corpus as an export")
    with tempfile.TemporaryDirectory() as folder:
        return measure_importing(corpus, Path(folder)) | measure_starting()


def _machine() -> dict[str, str]:
    versions = {name: _version(name) for name in ("blogsearch", "tantivy", "whoosh3")}
    return {"cores": str(os.cpu_count()), "Python": platform.python_version(), **versions}


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"


def _size(text: str) -> int | str:
    return CORPUS if text == CORPUS else int(text.replace(",", "").replace("_", ""))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("python -m benchmarks", description=__doc__)
    add = parser.add_argument
    add("corpus", type=Path, nargs="?", help="a gzipped file of posts")
    add(
        "--sizes",
        type=_size,
        nargs="+",
        default=[CORPUS],
        metavar="SIZE",
        help="'corpus', or posts to generate",
    )
    add("--peers", nargs="*", choices=PEERS, default=PEERS, metavar="PEER", help=f"of {', '.join(PEERS)}")
    add("--posts", type=int, help="take only so many posts of the corpus, drawn at random")
    add("--median-length", type=int, default=MEDIAN_LENGTH, help="characters of the middle generated post")
    add("--queries", type=int, default=20, help="queries a class (%(default)s)")
    add("--rounds", type=int, default=20, help="rounds over the queries of a class (%(default)s)")
    add("--seconds", type=float, default=10, help="seconds a pair of engines and a class (%(default)s)")
    add("--seed", type=int, default=1, help="of generated posts and drawn queries")
    add("--folder", type=Path, help="where to build (default: the system's folder for temporary files)")
    add("--json", type=Path, help="write the figures here as well")
    add("--skip-importing", action="store_true", help="leave out importing and starting")
    return parser


if __name__ == "__main__":
    main()
