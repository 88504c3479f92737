"""The tortures of imports, each for some seconds: what they find in hours is not there in these either."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from functools import partial
from pathlib import Path

import pytest

from tests.torture import calls, disk, kills, power
from tests.torture.outcome import CannotRun, Outcome
from tests.torture.scenarios import SCENARIOS, Scenario
from tests.torture.warm import Warm

FIRST_IMPORT = SCENARIOS[0]
SECOND_IMPORT = Scenario("second import", 1, posts=12)


@pytest.mark.parametrize(
    ("run", "times"),
    [
        pytest.param(partial(kills.run, kinds=kills.KINDS[:1]), 3, id="killed at random moments"),
        pytest.param(partial(calls.run, scenarios=[SECOND_IMPORT]), 4, id="killed at calls"),
        pytest.param(partial(disk.run, scenarios=[SECOND_IMPORT]), 2, id="a full or failing disk"),
        pytest.param(partial(power.run, scenarios=[FIRST_IMPORT]), 15, id="lost power"),
    ],
)
def test_an_import_is_there_as_a_whole_or_not_at_all(
    run: Callable[..., Outcome], times: int, tmp_path: Path, warm: Warm
) -> None:
    said: list[str] = []
    try:
        outcome = run(times, tmp_path, said.append, begin=lambda: nullcontext(warm))
    except CannotRun as reason:
        pytest.skip(str(reason))
    assert outcome.wrong == ()
    assert outcome.times >= times
    assert said
