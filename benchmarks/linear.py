"""How the time of each parser grows with a trap: `python -m benchmarks.linear`.

Each trap is doubled several times. The exponent is the slope of the time over the size on logarithmic scales:
1 is linear, 2 quadratic. Times are of the processor, the best of two, so that other work matters little.
"""

from __future__ import annotations

import argparse
import io
import json
import math
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from functools import partial

from benchmarks.traps import FRONT_MATTER, HTML, JSON, MARKDOWN, TEXT, WARC, WHOLE_FILES, XML, Trap
from indexer.containers import Container, members
from indexer.containers.member import Member
from indexer.formats import FORMATS
from indexer.formats.reading.json_list import NotJson, load_items
from indexer.formats.reading.repair import mended
from indexer.formats.sites.asciidoc import asciidoc_markdown
from indexer.formats.sites.metadata_block import UnsafeBlock, split
from indexer.formats.sites.org import org_markdown
from indexer.formats.sites.rest import rest_html
from indexer.live.discovery import linked_feeds
from indexer.normalise.batch import Batch, Item, normalise
from indexer.normalise.bodies.html import read_html
from indexer.normalise.bodies.markup import read_body
from indexer.normalise.bylines.byline import find_byline_in
from indexer.normalise.dates import read_date
from indexer.normalise.language import detected_language
from indexer.normalise.text import clean
from indexer.record import Markup, RawPost, Skipped
from indexer.source import Source
from search.errors import SourceRefused
from search.query.parser import parse
from search.sameness.identity import Held

SIZES = (4_096, 8_192, 16_384, 32_768)
"""Bytes of a trap, each twice the one before."""

LINEAR = 1.35
"""The largest exponent that is called linear: noise, caches and `n log n` raise it above 1."""

_ENOUGH = 0.01  # seconds below which a growth is noise
_ROUNDS = 2


def _read(name: str, path: str, text: str) -> None:
    chosen = next(format_ for format_ in FORMATS if format_.name == name)
    content = text.encode()
    source = Source(path, lambda: io.BytesIO(content), len(content))
    held = Held(chosen.name, chosen.standing, chosen.complete)
    chosen.sniff(source)
    try:
        items = tuple(
            Item(path, record, held) for record in chosen.read(source) if not isinstance(record, Skipped)
        )
    except SourceRefused:
        return
    normalise("", "a blog", Batch(items))


def _json(text: str) -> None:
    try:
        load_items(text, "items")
    except NotJson:
        return


def _front_matter(text: str) -> None:
    try:
        split(text)
    except UnsafeBlock:
        return


def _discovery(text: str) -> None:
    linked_feeds(Source("page", lambda: io.BytesIO(text.encode()), address="https://a.example/"))


class _All:
    def __call__(self, name: str) -> bool:
        return bool(name)

    def pass_over(self) -> None:
        """Counts nothing."""


def _web_archive(text: str) -> None:
    try:
        for member in members(io.BytesIO(text.encode()), Container.WEB_ARCHIVE, "a.warc", _All()):
            if isinstance(member, Member):
                member.open().read()
    except SourceRefused:
        return


def _tags(text: str) -> None:
    raw = RawPost("one", title="x", tags=tuple(text.split()), authors=tuple(text.split()[:1_000]))
    normalise("", "a blog", Batch((Item("one", raw, Held("wxr", FORMATS[0].standing, True)),)))


PARSERS: Sequence[tuple[str, Callable[[str], object], Sequence[Trap]]] = (
    ("html", read_html, HTML),
    *(
        (f"{markup} body", partial(lambda markup, text: read_body(text, markup), markup), (*HTML, *MARKDOWN))
        for markup in (Markup.WORDPRESS, Markup.LINES, Markup.MARKDOWN, Markup.TEXT)
    ),
    ("front matter", _front_matter, FRONT_MATTER),
    ("asciidoc", asciidoc_markdown, (*MARKDOWN, Trap("tables", "|===\n"), Trap("blocks", "----\n"))),
    ("org", org_markdown, (*MARKDOWN, Trap("blocks", "#+BEGIN_SRC\n"), Trap("links", "[["))),
    ("restructuredtext", rest_html, (*MARKDOWN, Trap("targets", "`a`_ "), Trap("directives", ".. a::\n"))),
    ("json", _json, JSON),
    ("repair", lambda text: mended(text.encode()), XML),
    ("discovery", _discovery, (*HTML, Trap("links", '<link rel="alternate" href="/feed">'))),
    ("web archive", _web_archive, WARC),
    ("tags", _tags, (Trap("many", "tag "), Trap("long", "x"))),
    ("byline", find_byline_in, TEXT),
    ("date", lambda text: read_date([text]), TEXT),
    ("language", detected_language, TEXT),
    ("text", clean, TEXT),
    ("query", parse, (*TEXT, Trap("brackets", "("), Trap("nots", "NOT "), Trap("stars", "*a"))),
    *((name, partial(_read, name, path), traps) for name, (path, traps) in WHOLE_FILES.items()),
)
"""Each parser with the traps that are set for it."""


@dataclass(frozen=True, slots=True)
class Growth:
    """Seconds at each size of one trap."""

    parser: str
    trap: str
    seconds: tuple[float, ...]

    @property
    def exponent(self) -> float:
        """The power of the size that the time grows with, from the middle size to the largest."""
        first, last = self.seconds[-3], self.seconds[-1]
        return math.log(last / first) / math.log(4) if first > 0 else 0.0

    @property
    def is_linear(self) -> bool:
        """Whether it grows no faster than is allowed, or is too quick to say."""
        return self.seconds[-1] < _ENOUGH or self.exponent <= LINEAR


def measured(name: str, run: Callable[[str], object], trap: Trap, sizes: Sequence[int]) -> Growth:
    """The best time of several at each size."""
    return Growth(name, trap.name, tuple(_best(run, trap.of(size)) for size in sizes))


def _best(run: Callable[[str], object], text: str) -> float:
    times = []
    for _ in range(_ROUNDS):
        before = time.process_time()
        run(text)
        times.append(time.process_time() - before)
        if times[-1] > 1:
            break
    return min(times)


def table(found: Sequence[Growth], sizes: Sequence[int]) -> str:
    """The slowest trap of each parser, and all that grow faster than they may."""
    head = " | ".join(f"{size >> 10} KiB, ms" for size in sizes)
    lines = [f"| parser | trap | {head} | exponent |", "| --- | --- |" + " --: |" * (len(sizes) + 1)]
    slowest = {one.parser: one for one in sorted(found, key=lambda one: one.seconds[-1])}
    shown = {
        (one.parser, one.trap): one
        for one in (*slowest.values(), *(one for one in found if not one.is_linear))
    }
    for one in sorted(shown.values(), key=lambda one: (one.parser, one.trap)):
        times = " | ".join(f"{seconds * 1000:.1f}" for seconds in one.seconds)
        lines.append(
            f"| {one.parser} | {one.trap} | {times} | {one.exponent:.2f}{'' if one.is_linear else ' !'} |"
        )
    worse = sum(not one.is_linear for one in found)
    return "\n".join(
        (*lines, "", f"{len(found)} traps, {worse} of them above linear (exponent over {LINEAR}).")
    )


def main() -> int:
    """Measure, print the table; 1 where something is above linear."""
    arguments = argparse.ArgumentParser(prog="python -m benchmarks.linear", description=__doc__)
    arguments.add_argument("--only", nargs="*", default=[], help="these parsers alone")
    arguments.add_argument("--json", action="store_true", help="print every trap, one JSON object a line")
    given = arguments.parse_args()
    found = []
    for name, run, traps in PARSERS:
        for trap in traps if not given.only or name in given.only else ():
            found.append(measured(name, run, trap, SIZES))
            if given.json:
                print(json.dumps(asdict(found[-1])), flush=True)
    if not given.json:
        print(table(found, SIZES))
    return 0 if all(one.is_linear for one in found) else 1


if __name__ == "__main__":
    sys.exit(main())
