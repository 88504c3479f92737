"""The disk full, and the disk failing, at each call of a run that changes something.

Each call fails in turn: once with EIO, and then with ENOSPC, which lasts: from there on nothing can be
written, made or linked any more, while removing goes on to work. A run either ends with 0, and then all that
it was to bring is there, or with 1, one line that says why, and nothing changed. A failed sync is never taken
for success: when a run ends with 0 all the same, the archive is looked at again as if the power had gone off
then, and all that was not synced with it (pages that could not be written are forgotten by Linux, and the
next sync tells of nothing).
"""

from __future__ import annotations

import errno
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.torture.archives import Version, verify
from tests.torture.following import Plan
from tests.torture.outcome import CannotRun, Outcome, Tell
from tests.torture.power_model import History, nothing_more
from tests.torture.scenarios import SCENARIOS, Scenario, Stage, spread
from tests.torture.small_disk import fill_more_and_more, mounted
from tests.torture.subject import Subject
from tests.torture.syscalls import Call, Does
from tests.torture.tracing import check_machine
from tests.torture.warm import Begin, Warm

TAKES_ROOM = frozenset({Does.CREATE, Does.WRITE, Does.RESIZE, Does.RENAME, Does.LINK, Does.MAKE_FOLDER})
"""What a full disk refuses."""


def run(
    times: int,
    folder: Path,
    tell: Tell,
    scenarios: Sequence[Scenario] = SCENARIOS[:3],
    begin: Begin = Warm,
) -> Outcome:
    """Let so many calls of each scenario fail; all, and a small disk be full, where `times` is 0."""
    check_machine()
    wrong: list[str] = []
    figures: Counter[str] = Counter()
    with begin() as warm:
        for place, scenario in enumerate(scenarios):
            stage = Stage(warm, folder / str(place), scenario)
            calls = stage.calls()
            found = 0
            for at in spread(len(calls), times):
                for plan in _plans(at, calls[at]):
                    lines = _failed(stage, plan, figures)
                    what = errno.errorcode[plan.error]
                    wrong += [f"{scenario.name}, {what} at call {at}, {calls[at]}: {line}" for line in lines]
                    found += bool(lines)
            tell(f"{scenario.name}: {len(calls)} calls, {found} wrong")
        if not times:
            wrong += _really_full(warm, folder / "small", tell, figures)
    return Outcome(sum(figures.values()), tuple(wrong), {what: str(n) for what, n in figures.items()})


def _really_full(warm: Warm, folder: Path, tell: Tell, figures: Counter[str]) -> list[str]:
    """The same on a small file system, where this is allowed."""
    try:
        with mounted(folder):
            subject = Subject(warm, folder, Version(0))
            subject.succeed()
            failed, wrong = fill_more_and_more(subject)
    except CannotRun as reason:
        tell(f"a small disk: left out, {reason}")
        return []
    figures["failed on a small disk"] += failed
    tell(f"a small disk: failed {failed} times with ever more room, {len(wrong)} wrong")
    return [f"a small disk, {line}" for line in wrong]


def _plans(at: int, call: Call) -> Iterator[Plan]:
    yield Plan(at, errno.EIO)
    if call.does in TAKES_ROOM:
        yield Plan(at, errno.ENOSPC, frozenset(TAKES_ROOM))


def _failed(stage: Stage, plan: Plan, figures: Counter[str]) -> list[str]:
    ended, calls = stage.run(plan)
    subject = stage.subject
    if ended.code == 0:
        figures["ended well all the same"] += 1
        wrong = _wrong_after(stage, stage.attempted)
        if not wrong:
            History.of(calls, stage.folder, stage.before).leave(nothing_more(), subject.data)
            wrong = [f"when power fails then: {line}" for line in _wrong_after(stage, stage.attempted)]
    else:
        figures["failed"] += 1
        wrong = [line for line in (ended.misbehaviour,) if line]
        wrong += _wrong_after(stage, stage.start)
    return wrong + subject.recover(stage.attempted)


def _wrong_after(stage: Stage, version: Version) -> list[str]:
    """What is wrong where the archive is to have this version and no other."""
    wrong, _ = verify(stage.subject.data, version, version)
    return [wrong] if wrong else []
