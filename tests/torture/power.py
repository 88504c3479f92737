"""Power lost at any moment of an import, or right after it was acknowledged: the old archive or the new one.

One run of each scenario is followed, with every byte that it writes. From what it did, many states are made
in which a disk can be when the power fails, by the rules of `power_model`; each is opened as an archive.
Before the run has ended well, it has what was acknowledged before, or what the run was to bring, as a whole;
after, only the latter. On a part of the states, the next run is tried as well.
"""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Final

from tests.torture.archives import verify
from tests.torture.outcome import Outcome, Tell
from tests.torture.power_model import (
    Chance,
    History,
    anything,
    contents_only,
    everything,
    in_order,
    names_only,
    nothing_more,
)
from tests.torture.scenarios import SCENARIOS, Scenario, Stage
from tests.torture.tracing import check_machine
from tests.torture.warm import Begin, Warm

SEED: Final = 6

RECOVERED: Final = 5
"""Of so many states, one is given to the next run."""

ACKNOWLEDGED: Final = 4
"""Of so many states, one is of a power failure after the run ended."""


KINDS: Final[Mapping[str, tuple[int, Callable[[Random], Chance]]]] = {
    "nothing": (1, lambda _: nothing_more()),
    "names": (1, lambda _: names_only()),
    "contents": (1, lambda _: contents_only()),
    "everything": (1, lambda _: everything()),
    "in order": (4, in_order),
    "anything": (8, anything),
}
"""What may become of what was not synced, in a word, with how often it is tried."""


@dataclass(frozen=True, slots=True)
class State:
    """After how many effects the power fails, and what becomes of all that was not synced."""

    first: int
    kind: str
    chance: Chance


def draw(history: History, place: int, random: Random) -> State:
    """The state of this place in the order of those that are tried."""
    effects = len(history.effects)
    first = effects if place % ACKNOWLEDGED == 0 else random.randint(0, effects)
    kind = random.choices(list(KINDS), weights=[weight for weight, _ in KINDS.values()])[0]
    return State(first, kind, KINDS[kind][1](random))


def run(
    times: int,
    folder: Path,
    tell: Tell,
    scenarios: Sequence[Scenario] = SCENARIOS,
    begin: Begin = Warm,
) -> Outcome:
    """Try so many states, the same number of each scenario."""
    check_machine()
    wrong: list[str] = []
    figures: Counter[str] = Counter()
    with begin() as warm:
        for place, scenario in enumerate(scenarios):
            number = times * (place + 1) // len(scenarios) - times * place // len(scenarios)
            stage = Stage(warm, folder / str(place), scenario)
            ended, calls = stage.run()
            assert ended.code == 0, ended.said
            history = History.of(calls, stage.folder, stage.before)
            found = [line for at in range(number) for line in _failed(stage, history, at, figures)]
            wrong += [f"{scenario.name}, {line}" for line in found]
            tell(f"{scenario.name}: {number} states of {len(history.effects)} effects, {len(found)} wrong")
    return Outcome(times, tuple(wrong), {what: str(n) for what, n in figures.items()})


def _failed(stage: Stage, history: History, at: int, figures: Counter[str]) -> list[str]:
    """What is wrong with the state of this place."""
    random = Random(f"{SEED} {stage.scenario.name} {at}")
    state = draw(history, at, random)
    data = stage.subject.data
    history.leave(state.chance, data, state.first)
    kept = stage.folder.with_suffix(f".{at}")
    if data.exists():
        shutil.copytree(data, kept)
    stage.subject.acknowledged = stage.attempted if state.first == len(history.effects) else stage.start
    wrong, has = verify(data, stage.subject.acknowledged, stage.attempted)
    figures["not acknowledged" if has != stage.attempted else "new"] += not wrong
    lines = [wrong] if wrong else []
    if at % RECOVERED == 0 or wrong:
        lines += stage.subject.recover(stage.attempted)
    if not lines and kept.exists():
        shutil.rmtree(kept)
    return [f"state {at} ({state.kind} after {state.first} effects): {line}" for line in lines]
