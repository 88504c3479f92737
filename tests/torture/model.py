"""Random operations on an archive, beside a model of it: a dictionary of posts.

Posts are added, changed and deleted in an export, others come with a feed; both are imported by the command
in a process of its own, which is sometimes killed. The folder is copied and put back, exported and restored,
gone back to an older generation and forward again, checked and opened anew. After every step the archive has
the posts of the model, as a whole: each text, tag and comment, each total, each post by a word of its own.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from multiprocessing import get_context
from pathlib import Path
from typing import ClassVar, Final

from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as some
from hypothesis.errors import FlakyFailure
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from search.archive import Archive
from search.checking.check import Means, check
from search.checking.finding import Remedy
from search.errors import BlogsearchError
from search.expectations import NOTHING
from search.query.parser import parse
from search.request import MAX_PAGE_SIZE, SearchRequest
from tests.torture.model_sources import Post, Posts, write_export, write_feed
from tests.torture.outcome import Outcome, Tell
from tests.torture.warm import Ended, Warm

STEPS: Final = 50
"""Steps of one archive; then another one begins."""

PORTION: Final = 1_000
"""Steps of one seed, by which the same steps can be taken again."""

ARCHIVES: Final = 3
"""How many there are at least: what the first is asked to do is the simplest there is."""

PROCESSES: Final = 2

_LONGEST_IMPORT: Final = 0.25  # seconds; a process that is killed after them has mostly ended well
_MEMORY: Final = Path("/dev/shm")  # noqa: S108 - where Linux has files that are on no disk

PLACES = some.integers(0, 10_000)
"""Which of what there is, counted round and round: what is drawn must not depend on what a kill left."""

_KILLED: Final = "of these killed"

TAGS = some.sets(some.sampled_from(("Boats", "Snow", "Träume")))


def run(times: int, folder: Path, tell: Tell) -> Outcome:
    """Take so many steps."""
    if times <= PORTION:  # not worth another process
        return take(0, times, folder)
    taken, wrong = Counter[str](), list[str]()
    with ProcessPoolExecutor(PROCESSES, mp_context=get_context("spawn")) as processes:
        portions = [
            processes.submit(take, number, min(PORTION, times - number * PORTION), folder)
            for number in range(-(-times // PORTION))
        ]
        for portion in portions:
            outcome = portion.result()
            wrong += outcome.wrong
            taken.update({what: int(count) for what, count in outcome.figures.items()})
            tell(f"{sum(taken.values()) - taken[_KILLED]:,} steps, {len(wrong)} lines of what is wrong")
    return _outcome(taken, wrong)


def take(number: int, times: int, folder: Path) -> Outcome:
    """Take so many steps, those of the seed of this number."""
    taken = Counter[str]()
    archives = max(ARCHIVES, times // STEPS)
    with Warm() as warm, _quickly(folder) as quick:
        ArchiveMachine.means = _Means(quick, folder, warm, taken)
        try:
            run_state_machine_as_test(
                seed(number)(ArchiveMachine),
                settings=settings(
                    max_examples=archives,
                    stateful_step_count=max(times // archives, 1),
                    database=None,
                    deadline=None,
                    phases=(Phase.generate,),
                    suppress_health_check=list(HealthCheck),
                    print_blob=False,
                ),
            )
        except FlakyFailure as errors:  # a process that is killed does not die at the same place again
            said = f"seed {number}, not each time"
            return _outcome(taken, [f"{said}: {type(each).__name__}: {each}" for each in errors.exceptions])
        except (AssertionError, BlogsearchError, OSError) as error:
            steps = ", ".join(ArchiveMachine.means.last)
            return _outcome(taken, [f"seed {number}: {type(error).__name__}: {error}; after {steps}"])
    return _outcome(taken, [])


def _outcome(taken: Counter[str], wrong: list[str]) -> Outcome:
    figures = {what: str(count) for what, count in sorted(taken.items())}
    return Outcome(sum(taken.values()) - taken[_KILLED], tuple(wrong), figures)


@contextmanager
def _quickly(folder: Path) -> Iterator[Path]:
    """A folder in memory, where there is one, as nobody loses power here; else the folder itself."""
    if not os.access(_MEMORY, os.W_OK):
        yield folder
        return
    with tempfile.TemporaryDirectory(prefix="torture-model-", dir=_MEMORY) as quick:
        yield Path(quick)


@dataclass(slots=True)
class _Means:
    """What all machines of a portion have in common, and the steps of the `last` one.

    Archives are in a `folder` that may be in memory; what is wrong is kept in another.
    """

    folder: Path
    kept: Path
    warm: Warm
    taken: Counter[str]
    last: list[str] = field(default_factory=list)


class ArchiveMachine(RuleBasedStateMachine):
    """One archive, and what it should hold: the posts that were `acknowledged`.

    `export` and `feed` are what lies in the sources, imported or not.
    """

    means: ClassVar[_Means]

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="model-", dir=self.means.folder))
        self.data = self.folder / "data"
        self.export: dict[int, Post] = {}
        self.feed: dict[int, Post] = {}
        self.acknowledged: Posts = {}
        self.generations: dict[str, Posts] = {}
        self.backup: tuple[Posts, bool] | None = None  # with whether a writer had been killed
        self.number = 0
        self.archive: Archive | None = None
        self.is_wrong = False
        self.is_compared = self.is_checked = self.was_killed = False
        self.means.last.clear()

    def teardown(self) -> None:
        """Close and remove it; one that was not as it should be stays, for whoever looks into it."""
        self._close()
        if self.is_wrong and self.means.kept not in self.folder.parents:
            shutil.copytree(self.folder, self.means.kept / self.folder.name)
        if not self.is_wrong or self.means.kept not in self.folder.parents:
            shutil.rmtree(self.folder)

    @initialize()
    def first_import(self) -> None:
        """There is an archive of one post."""
        self._new_post(frozenset(), 1)
        self._import_export()

    @rule(tags=TAGS, comments=some.integers(0, 3))
    def add(self, tags: set[str], comments: int) -> None:
        """A post comes into the export."""
        self._took("add")
        self._new_post(frozenset(tags), comments)

    @rule(place=PLACES, tags=TAGS, comments=some.integers(0, 3))
    def change(self, place: int, tags: set[str], comments: int) -> None:
        """A post of the export changes in every way that it can."""
        self._took("change")
        if number := _one_of(self.export, place):
            self.export[number] = Post(number, self._word(), frozenset(tags), self._words(comments))

    @rule(place=PLACES)
    def change_only_comments(self, place: int) -> None:
        """A comment is added to a post of the export, or all are taken away."""
        self._took("change comments")
        if number := _one_of(self.export, place):
            before = self.export[number]
            said = (*before.comments, self._word()) if place % 3 else ()
            self.export[number] = replace(before, comments=said)

    @rule(place=PLACES)
    def delete(self, place: int) -> None:
        """A post goes from the export; the last one stays, as nothing is removed by an empty export."""
        self._took("delete")
        number = _one_of(self.export, place)
        if number and len(self.export) > 1:
            del self.export[number]

    @rule()
    def import_export(self) -> None:
        """The export is imported."""
        self._took("import")
        self._import_export()

    @rule(tags=TAGS, comes=some.booleans())
    def import_feed(self, tags: set[str], *, comes: bool) -> None:
        """A feed of the three newest posts is imported, maybe with another one: feeds only add."""
        self._took("import a feed")
        if comes or not self.feed:
            self.number += 1
            self.feed[self.number] = Post(self.number, self._word(), frozenset(tags), feed=True)
        newest = [self.feed[number] for number in sorted(self.feed)[-3:]]
        ended = self._reindex(write_feed(self.folder, newest))
        assert ended.code == 0, ended.said
        self._acknowledge({**self.acknowledged, **{post.link: post for post in newest}})

    @rule(seconds=some.floats(0, _LONGEST_IMPORT), rebuild=some.booleans())
    def crash(self, seconds: float, *, rebuild: bool) -> None:
        """An import is killed: all of it is stored and found, or nothing of it."""
        self._took("crash")
        options = ("--rebuild",) if rebuild else ()
        ended = self._reindex(write_export(self.folder, self.export.values()), *options, kill_after=seconds)
        attempted = self._with_export()
        if ended.code == 0 or not differences(self.data, attempted):
            self._acknowledge(attempted)
        self.means.taken[_KILLED] += ended.code < 0

    @rule()
    def reopen(self) -> None:
        """Whoever had the archive open opens it again."""
        self._took("reopen")
        self.is_compared = False
        self._close()

    @rule()
    def rebuild(self) -> None:
        """The index is built anew of the store."""
        self._took("rebuild")
        ended = self._run("reindex", "--quiet", "--jobs", "1", "--data", self.data, "--rebuild")
        assert ended.code == 0, ended.said
        self._acknowledge(self.acknowledged)

    @rule()
    def back_up(self) -> None:
        """The folder is copied, as it lies there."""
        self._took("back up")
        shutil.rmtree(self.folder / "backup", ignore_errors=True)
        self._copy(self.data, self.folder / "backup")
        self.backup = self.acknowledged, self.was_killed

    @rule()
    def restore(self) -> None:
        """The copy is put in the place of the archive."""
        self._took("restore")
        if self.backup is not None:
            self._close()
            shutil.rmtree(self.data)
            self.is_compared = self.is_checked = False
            self._copy(self.folder / "backup", self.data)
            self.generations.clear()
            posts, self.was_killed = self.backup
            self._acknowledge(posts)

    @rule()
    def export_and_restore(self) -> None:
        """Everything is written to a file, of which the same archive can be made elsewhere."""
        self._took("export and restore")
        elsewhere, file = self.folder / "elsewhere", self.folder / "backup.json.gz"
        shutil.rmtree(elsewhere, ignore_errors=True)
        file.unlink(missing_ok=True)
        for arguments in (
            ("export", file, "--data", self.data),
            ("reindex", "--quiet", "--data", elsewhere, "--restore", file),
        ):
            ended = self.means.warm.run(*arguments)
            assert ended.code == 0, ended.said
        assert (wrong := differences(elsewhere, self.acknowledged)) == [], wrong
        assert _ids(elsewhere) == _ids(self.data)

    @rule(place=PLACES)
    def go_back(self, place: int) -> None:
        """Searches are answered from an older generation, and then from the last one again."""
        self._took("go back")
        names = sorted(self.generations)[:-1]
        kept = [name for name in names if (self.data / "index" / name).is_dir()]
        if not kept:
            return
        name = kept[place % len(kept)]
        ended = self._run("rollback", name, "--data", self.data)
        assert ended.code == 0, ended.said
        with Archive.open(self.data) as archive:
            assert archive.generation == name
            then = self.generations[name]
            for post in then.values():
                assert archive.search(SearchRequest(parse(post.word))).total == 1, post
        ended = self._run("rollback", max(self.generations), "--data", self.data)
        assert ended.code == 0, ended.said

    @rule()
    def check(self) -> None:
        """The store and the index agree; a writer that was killed may have left what it was building."""
        self._took("check")
        if self.is_checked:
            return
        self.is_checked = True
        report = check(self.data, NOTHING, lambda _: None, Means(jobs=1))
        wrong = [each for each in report.findings if not (self.was_killed and each.remedy is Remedy.REMOVE)]
        assert not wrong, wrong

    @invariant()
    def the_archive_is_the_model(self) -> None:
        """What was acknowledged is stored and found, and nothing else."""
        if not self.acknowledged or self.is_compared:  # before the first import, or nothing was done to it
            return
        self.is_compared = True
        if self.archive is None:
            self.archive = Archive.open(self.data)
        wrong = [*_differences(self.archive, self.acknowledged)]
        self.is_wrong = bool(wrong)
        assert not wrong, wrong

    def _took(self, step: str) -> None:
        self.means.taken[step] += 1
        self.means.last.append(step)

    def _word(self) -> str:
        """A word that nothing else has, nor ever had."""
        self.number += 1
        return f"q{self.number}z"

    def _words(self, many: int) -> tuple[str, ...]:
        return tuple(self._word() for _ in range(many))

    def _new_post(self, tags: frozenset[str], comments: int) -> None:
        word = self._word()
        self.export[self.number] = Post(self.number, word, tags, self._words(comments))

    def _with_export(self) -> Posts:
        """What the archive holds once the export as it lies there was imported."""
        others = {link: post for link, post in self.acknowledged.items() if post.feed}
        return others | {post.link: post for post in self.export.values()}

    def _import_export(self) -> None:
        ended = self._reindex(write_export(self.folder, self.export.values()))
        assert ended.code == 0, ended.said
        self._acknowledge(self._with_export())

    def _reindex(self, source: Path, *options: str, kill_after: float | None = None) -> Ended:
        arguments = ["reindex", "--quiet", "--jobs", "1", "--data", str(self.data), *options]
        return self._run(*arguments, source, kill_after=kill_after)

    def _run(self, *arguments: str | Path, kill_after: float | None = None) -> Ended:
        """Run what may change the archive."""
        self.is_compared = self.is_checked = False
        ended = self.means.warm.run(*arguments, kill_after=kill_after)
        if arguments[0] == "reindex":
            self.was_killed = ended.code < 0
        return ended

    def _acknowledge(self, posts: Posts) -> None:
        self.acknowledged = posts
        self.generations[(self.data / "index" / "CURRENT").read_text().strip()] = posts

    def _copy(self, folder: Path, to: Path) -> None:
        """Copy a folder in another process: to close a file of SQLite's gives up the locks of a process."""
        self.means.warm.call(shutil.copytree, folder, to)

    def _close(self) -> None:
        if self.archive is not None:
            self.archive.close()
            self.archive = None


def differences(data: Path, posts: Posts) -> list[str]:
    """Where an archive is not as the model says; empty where it is."""
    try:
        with Archive.open(data) as archive:
            return [*_differences(archive, posts)]
    except BlogsearchError as error:
        return [f"{type(error).__name__}: {error}"]


def _differences(archive: Archive, posts: Posts) -> Iterator[str]:
    found = archive.search(SearchRequest(size=MAX_PAGE_SIZE))
    if found.total != len(posts):
        yield f"{found.total} posts are found instead of {len(posts)}"
    stored = {hit.post.link: hit.post.id for hit in found.hits}
    if stored.keys() != posts.keys():
        yield f"the posts are {sorted(stored)} instead of {sorted(posts)}"
    for post in posts.values():
        if post.link in stored:
            has = archive.post(stored[post.link])
            replies = {each.text for each in has.comments}
            said = (has.post.title, has.post.text, frozenset(has.post.tags), replies)
            if said != (post.title, post.text, post.tags, {*post.comments}):
                yield f"{post.link} is {said} instead of {post}"
        for word in (post.word, *post.comments):
            hits = archive.search(SearchRequest(parse(word), facets=())).hits
            if [hit.post.link for hit in hits] != [post.link]:
                yield f"{word} finds {[hit.post.link for hit in hits]} instead of {post.link}"
    expected = Counter(tag for post in posts.values() for tag in post.tags)
    counted = {value.label: value.count for value in found.facets["tag"].values}
    if counted != expected:
        yield f"tags are counted as {counted} instead of {dict(expected)}"


def _ids(data: Path) -> list[str]:
    with Archive.open(data) as archive:
        return [listed.id for listed in archive.listing(0, 1_000)]


def _one_of(posts: Mapping[int, Post], place: int) -> int:
    numbers = sorted(posts)
    return numbers[place % len(numbers)] if numbers else 0
