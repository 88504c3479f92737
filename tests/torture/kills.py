"""kill -9 at random moments of an import, of all its kinds, also while the archive is being served.

Moments are spread evenly over the time that a run of the kind takes. After each kill the archive has what was
last acknowledged or what the killed run was to bring, as a whole, and the next run succeeds and brings it.
Every third kill is of a run that follows upon a killed one, before anything was repaired.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.torture.archives import Version
from tests.torture.outcome import Outcome, Tell
from tests.torture.serving import Served
from tests.torture.subject import Subject
from tests.torture.warm import Begin, Warm

SEED: Final = 6

_BEYOND: Final = 1.1
"""How far after the usual end of a run the last moments are: some runs take longer than the one measured."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of run: options of `reindex`, and whether somebody searches meanwhile."""

    name: str
    options: tuple[str, ...] = ()
    served: bool = False
    share: int = 1


KINDS: Final = (
    Kind("incremental", share=3),
    Kind("rebuild", ("--rebuild",), share=2),
    Kind("incremental with two processes", ("--jobs", "2")),
    Kind("rebuild with two processes", ("--rebuild", "--jobs", "2")),
    Kind("incremental while serving", served=True, share=2),
    Kind("rebuild while serving", ("--rebuild",), served=True),
)


def run(times: int, folder: Path, tell: Tell, kinds: Sequence[Kind] = KINDS, begin: Begin = Warm) -> Outcome:
    """Kill so many runs, each kind its share of them."""
    wrong: list[str] = []
    left: Counter[str] = Counter()
    chance = random.Random(SEED)
    shares = sum(kind.share for kind in kinds)
    killed = 0
    with begin() as warm:
        for place, kind in enumerate(kinds):
            number = round(times * sum(k.share for k in kinds[: place + 1]) / shares) - killed
            home = folder / str(place)
            home.mkdir()
            subject = Subject(warm, home, Version(0))
            found = _killed(subject, kind, number, chance, left)
            wrong += [f"{kind.name}, {line}" for line in found]
            killed += number
            tell(f"{kind.name}: {number} killed, {len(found)} wrong")
    return Outcome(killed, tuple(wrong), {what: str(count) for what, count in left.items()})


def _killed(
    subject: Subject, kind: Kind, number: int, chance: random.Random, left: Counter[str]
) -> list[str]:
    """Kill so many runs of this kind; returns what was wrong, and counts what was `left`."""
    subject.succeed()
    version = subject.next_version()
    seconds = subject.warm.run(*subject.reindex(*kind.options)).seconds
    subject.acknowledged = version
    if not kind.served:
        return _one_after_another(subject, kind, number, chance, seconds, left)
    with Served(subject.data, subject.acknowledged) as served:
        wrong = _one_after_another(subject, kind, number, chance, seconds, left)
        left["answers meanwhile"] += served.answers
        return [*wrong, *served.wrong()]


def _one_after_another(
    subject: Subject, kind: Kind, number: int, chance: random.Random, seconds: float, left: Counter[str]
) -> list[str]:
    wrong: list[str] = []
    for place in range(number):
        attempted = subject.next_version()
        after = seconds * _BEYOND * (place + chance.random()) / number  # one in each equal part of the time
        ended = subject.warm.run(*subject.reindex(*kind.options), kill_after=after)
        found, has = subject.judge(attempted)
        if ended.code == 0:
            left["ended before"] += 1
            seconds = ended.seconds  # what else the machine has to do changes how long a run takes
            subject.acknowledged = attempted
            found += [f"it ended well, and left version {has.number}"] if has and has != attempted else []
        else:
            left["killed before the commit" if has != attempted else "killed after the commit"] += 1
        if place % 3 != 2 or found:
            found += subject.recover(attempted)
        wrong += [f"killed after {after:.3f} of {seconds:.3f} s: {line}" for line in found]
    return wrong
