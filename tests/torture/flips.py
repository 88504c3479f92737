"""One bit flipped anywhere in an index: what is answered is right, or from the generation before, or refused.

The archive has three generations, which share a segment. A flip is tried by a fresh reader, then undone.
Some flips are in the store, which has no checksums of its own: there a wrong text may be shown, and has to
be found by `blogsearch check`.
"""

from __future__ import annotations

import logging
import random
import shutil
import sqlite3
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, TypeAlias

from search.archive import Archive
from search.checking.check import check
from search.engines.whoosh.merging.policy import FLOOR
from search.engines.whoosh.publishing.generations import Generations
from search.engines.whoosh.publishing.opening import open_generation
from search.errors import BlogsearchError, IndexUnreadable
from search.expectations import Expectations
from search.history import SourceRecord
from search.layout import index_folder, store_file
from search.model import Blog, Comment, Post
from search.query.parser import parse
from search.request import MatchMode, SearchRequest
from search.writer import open_for_writing
from tests.torture.outcome import Outcome, Tell

SEED: Final = 6
STORE_EVERY: Final = 100
"""One flip of so many is in the store: to check an archive takes as long as many searches."""

_PATIENCE: Final = 60.0
"""Seconds that a search may take, so that a busy machine makes no answer partial."""

_QUERIES = (
    "gulls",
    "harbour -mill",
    '"at the mill"',
    "gul* tag:boats",
    "tide OR ebb",
    "author:ada date:2019",
)
_ASKED = (*(SearchRequest(parse(query)) for query in _QUERIES), SearchRequest(match=MatchMode.ANY))

_Answers: TypeAlias = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Flip:
    """One bit of a file."""

    path: Path
    byte: int
    bit: int

    @contextmanager
    def done(self) -> Iterator[None]:
        """The file with the bit flipped, until the block ends."""
        with self.path.open("r+b") as file:
            file.seek(self.byte)
            [before] = file.read(1)
            file.seek(self.byte)
            file.write(bytes([before ^ 1 << self.bit]))
        try:
            yield
        finally:
            with self.path.open("r+b") as file:
                file.seek(self.byte)
                file.write(bytes([before]))

    def __str__(self) -> str:
        return f"bit {self.bit} of byte {self.byte:,} of {self.path.parent.name}/{self.path.name}"


def make(data: Path) -> None:
    """An archive of three generations: of many posts, with one more, and with one changed and one gone."""
    posts = [_post(number) for number in range(FLOOR + 20)]
    for step in (posts, [*posts, _post(len(posts))], [_post(0, "Ebb "), *posts[2:], _post(len(posts))]):
        with open_for_writing(data, jobs=1) as writer:
            staging = writer.stage(SourceRecord("/exports/blog.xml"))
            for post in step:
                staging.put_post(post)
            staging.put_comment(Comment("reply0000000", step[-1].id, author="Cleo", text="Lovely gulls"))
            staging.apply(keep_missing=False)
            writer.publish()
    with closing(sqlite3.connect(store_file(data))) as store:
        store.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _post(number: int, before: str = "") -> Post:
    place, author = ("harbour", "Ada") if number % 3 else ("mill", "Béla")
    return Post(
        f"post{number:08}",
        Blog("Tides"),
        f"{before}At the {place}, part {number}",
        text=f"{before}Gulls at the {place}. " + ("The tide is out." if number % 50 == 0 else ""),
        authors=(author,),
        tags=("boats",) if number % 7 == 0 else (),
        language="en",
    )


def answers(archive: Archive) -> _Answers:
    """What it answers to all that is asked here, without how long that took."""
    pages = tuple(replace(archive.search(request), took_ms=0.0) for request in _ASKED)
    return (*pages, archive.suggest("har"), archive.similar("post00000007", 3))


def answers_of_each(data: Path, scratch: Path) -> Mapping[str, _Answers]:
    """What each generation answers, by its name."""
    shutil.copytree(data, scratch)
    found = {}
    for name in Generations(index_folder(data)).names():
        with open_for_writing(scratch) as writer:
            writer.roll_back(name)
        with Archive.open(scratch, seconds=_PATIENCE) as archive:
            found[name] = answers(archive)
    shutil.rmtree(scratch)
    return found


def try_index(data: Path, flip: Flip, right: Mapping[str, _Answers]) -> tuple[str, str]:
    """What came of a flip in the index, in a word, and what was wrong, if anything was."""
    current = max(right)
    try:
        with Archive.open(data, seconds=_PATIENCE) as archive:
            told, health = answers(archive), archive.health()
    except IndexUnreadable:
        return "refused", ""
    if told != right[health.serving]:
        asked = [
            str(one)[:300] for one, other in zip(told, right[health.serving], strict=True) if one != other
        ]
        return "wrong", f"{flip}: not what generation {health.serving} answers: {asked}"
    if health.serving == current:
        return _elsewhere(data, flip, current)
    if health.is_whole or health.published != current or current not in {each.name for each in health.broken}:
        return "silent", f"{flip}: generation {health.serving} answers, and health says {health}"
    return "the one before", ""


def _elsewhere(data: Path, flip: Flip, current: str) -> tuple[str, str]:
    """Of a flip that the current generation need not notice: whether the one that it is in does."""
    generations, name = Generations(index_folder(data)), flip.path.parent.name
    if name in (current, index_folder(data).name):
        return "harmless", ""
    try:
        open_generation(generations, name)
    except (OSError, ValueError):
        return "in one that is kept, and refused", ""
    return "harmless", ""


def try_store(data: Path, flip: Flip, right: _Answers) -> tuple[str, str]:
    """What came of a flip in the store: a wrong text may be shown, and then `check` has to find it."""
    try:
        with Archive.open(data, seconds=_PATIENCE) as archive:
            told = answers(archive)
    except BlogsearchError:
        return "store: refused", ""
    if told == right:
        return "store: harmless, or not asked for", ""
    if check(data, Expectations(data / "expect.toml"), lambda _: None).findings:
        return "store: shown, and found by check", ""
    return "store: wrong", f"{flip}: another answer, and check finds nothing"


def flips(data: Path, chance: random.Random) -> Iterator[Flip]:
    """Flips in the index for ever: in any file as often as in any other, and in any byte as in any other."""
    files = sorted(path for path in index_folder(data).rglob("*") if path.is_file())
    sizes = [path.stat().st_size for path in files]
    while True:
        for weights in ([1] * len(files), sizes):
            [path] = chance.choices(files, weights)
            yield _somewhere_in(path, chance)


def _somewhere_in(path: Path, chance: random.Random) -> Flip:
    return Flip(path, chance.randrange(path.stat().st_size), chance.randrange(8))


def run(times: int, folder: Path, tell: Tell) -> Outcome:
    """Try so many flips in the index, and some in the store."""
    logging.disable()  # each flip is told there, as it should be
    try:
        return _run(times, folder, tell)
    finally:
        logging.disable(logging.NOTSET)


def _run(times: int, folder: Path, tell: Tell) -> Outcome:
    chance = random.Random(SEED)
    data = folder / "data"
    make(data)
    right = answers_of_each(data, folder / "scratch")
    came: Counter[str] = Counter()
    wrong = []
    for number, flip in zip(range(times), flips(data, chance), strict=False):
        with flip.done():
            tried = [try_index(data, flip, right)]
        if number % STORE_EVERY == 0:
            stored = _somewhere_in(store_file(data), chance)
            with stored.done():
                tried.append(try_store(data, stored, right[max(right)]))
        came.update(outcome for outcome, _ in tried)
        problems = [problem for _, problem in tried if problem]
        wrong += problems
        for problem in problems:
            tell(problem)
        if (number + 1) % 1_000 == 0:
            tell(f"{number + 1:,} flips: {dict(came)}")
    with Archive.open(data, seconds=_PATIENCE) as archive:
        if answers(archive) != right[max(right)]:
            wrong.append("with every flip undone, the archive answers otherwise than before")
    return Outcome(times, tuple(wrong), {outcome: f"{count:,}" for outcome, count in came.items()})
