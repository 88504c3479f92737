"""Runs of the command to be disturbed, each from the same beginning every time."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from tests.torture.archives import Version
from tests.torture.following import COUNTED, Plan, run_followed
from tests.torture.subject import Subject
from tests.torture.syscalls import Call
from tests.torture.warm import Ended, Warm


@dataclass(frozen=True, slots=True)
class Scenario:
    """A run with some options of `reindex`, on an archive that so many imports made; or of another command.

    The source has `posts` and `replies`; see `Version`. With `damaged` the published generation is no longer
    whole when the run begins.
    """

    name: str
    imports: int
    options: tuple[str, ...] = ()
    posts: int = 40
    replies: int = 0
    command: str = "reindex"
    damaged: bool = False


SCENARIOS: Final = (
    Scenario("first import", 0),
    Scenario("incremental", 3),  # so that the next removes a generation
    Scenario("rebuild", 3, ("--rebuild",)),
    Scenario("with a segment that stays", 1, posts=12, replies=2_100),
)

OTHER_COMMANDS: Final = (
    Scenario("rollback", 2, command="rollback"),
    Scenario("check --repair", 2, ("--repair",), command="check", damaged=True),
)


@dataclass(slots=True)
class Stage:
    """A scenario set up in a folder of its own: it can be run again and again."""

    warm: Warm
    folder: Path
    scenario: Scenario
    subject: Subject = field(init=False)
    attempted: Version = field(init=False)

    def __post_init__(self) -> None:
        start = Version(0, self.scenario.posts, self.scenario.replies)
        self.folder.mkdir()
        self.subject = Subject(self.warm, self.folder, start)
        for _ in range(self.scenario.imports):
            assert self.subject.succeed().code == 0
        if self.scenario.damaged:
            _damage(self.subject.data / "index")
        if self.scenario.imports:
            shutil.copytree(self.subject.data, self.before)
        self.start = self.subject.acknowledged
        self.attempted = self.subject.next_version()

    start: Version = field(init=False)

    @property
    def before(self) -> Path:
        """A copy of the data folder as it is when the run begins; there is none before the first import."""
        return self.folder.with_suffix(".before")

    def restore(self) -> None:
        """Bring everything back to where the run begins."""
        if self.subject.data.exists():
            shutil.rmtree(self.subject.data)
        if self.before.exists():
            shutil.copytree(self.before, self.subject.data)
        self.subject.acknowledged = self.start

    def run(self, plan: Plan = Plan()) -> tuple[Ended, list[Call]]:  # noqa: B008 - it cannot be changed
        """Run it from the beginning, following the plan; returns also the calls that it came to."""
        self.restore()
        if self.scenario.command == "reindex":
            arguments = self.subject.reindex(*self.scenario.options)
        else:
            arguments = [self.scenario.command, "--data", str(self.subject.data), *self.scenario.options]
        return self.warm.call(run_followed, arguments, self.folder, plan)

    @property
    def brings(self) -> Version:
        """The version that the store has when the run has ended well."""
        return self.attempted if self.scenario.command == "reindex" else self.start

    def judge(self) -> tuple[list[str], Version | None]:
        """What is wrong where the run did not end well, and which version is found."""
        if self.scenario.command == "reindex":
            return self.subject.judge(self.attempted)
        return self.subject.judge_index()

    def calls(self) -> list[Call]:
        """The calls of an undisturbed run that can be disturbed."""
        ended, calls = self.run()
        assert ended.code == 0, ended.said
        return [call for call in calls if call.does in COUNTED]


def _damage(index: Path) -> None:
    """Cut the last byte off the largest file of the published generation."""
    published = index / (index / "CURRENT").read_text().strip()
    largest = max(published.iterdir(), key=lambda path: path.stat().st_size)
    content = largest.read_bytes()
    largest.unlink()  # another generation may have the same file
    largest.write_bytes(content[:-1])


def spread(calls: int, times: int) -> Iterator[int]:
    """So many of the places of calls, evenly spread; all where `times` is 0 or more than there are."""
    if not 0 < times < calls:
        return iter(range(calls))
    return ((2 * place + 1) * calls // (2 * times) for place in range(times))
