"""kill -9 at each call of a run that changes something on the disk: write, sync, rename, unlink and others.

A run is followed once to count its calls. Then it is run again for each of them, from the same beginning, and
killed right before it makes that call. What is on the disk then is what all the calls before it made.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from tests.torture.following import Plan
from tests.torture.outcome import Outcome, Tell
from tests.torture.scenarios import OTHER_COMMANDS, SCENARIOS, Scenario, Stage, spread
from tests.torture.tracing import check_machine
from tests.torture.warm import Begin, Warm


def run(
    times: int,
    folder: Path,
    tell: Tell,
    scenarios: Sequence[Scenario] = (*SCENARIOS, *OTHER_COMMANDS),
    begin: Begin = Warm,
) -> Outcome:
    """Kill so many runs of each scenario; all that there can be where `times` is 0."""
    check_machine()
    wrong: list[str] = []
    figures: Counter[str] = Counter()
    with begin() as warm:
        for place, scenario in enumerate(scenarios):
            stage = Stage(warm, folder / str(place), scenario)
            calls = stage.calls()
            found = 0
            for at in spread(len(calls), times):
                lines = _killed(stage, at, figures)
                wrong += [f"{scenario.name}, killed at call {at}, {calls[at]}: {line}" for line in lines]
                found += bool(lines)
            tell(f"{scenario.name}: {len(calls)} calls, {found} wrong")
    return Outcome(sum(figures.values()), tuple(wrong), {what: str(n) for what, n in figures.items()})


def _killed(stage: Stage, at: int, figures: Counter[str]) -> list[str]:
    ended, _ = stage.run(Plan(at))
    if ended.code == 0:  # it came to fewer calls than the one that was counted
        figures["ended before"] += 1
        stage.subject.acknowledged = stage.brings
    wrong, has = stage.judge()
    if ended.code:
        figures["killed before the commit" if has == stage.start else "killed after the commit"] += 1
    return wrong + stage.subject.recover(stage.attempted)
