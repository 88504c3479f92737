"""Each mistake in a small writer is found by what finds it in an archive, and a careful writer has none."""

from __future__ import annotations

import errno
import shutil
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from tests.torture import writers
from tests.torture.following import Plan, run_function_followed
from tests.torture.outcome import CannotRun
from tests.torture.power import draw
from tests.torture.power_model import History, nothing_more
from tests.torture.syscalls import Call
from tests.torture.warm import Ended, Warm
from tests.torture.writers import NAME, NEW, OLD, careful, heedless, in_place, unsynced, unsynced_name

Writer = Callable[[Path], None]


class Bench:
    """A writer that can be run from the same beginning, again and again."""

    def __init__(self, warm: Warm, folder: Path, writer: Writer) -> None:
        self._warm = warm
        self._folder = folder
        self._writer = writer
        self.data = folder / "data"

    def run(self, plan: Plan = Plan()) -> tuple[Ended, list[Call]]:  # noqa: B008 - it cannot be changed
        if self.data.exists():
            shutil.rmtree(self.data)
        writers.begin(self.data)
        try:
            return self._warm.call(run_function_followed, self._writer, self._folder, plan)
        except CannotRun as reason:
            pytest.skip(str(reason))

    def has(self) -> bytes:
        return (self.data / NAME).read_bytes()

    def history(self, calls: list[Call]) -> History:
        before = self._folder / "before"
        if not before.exists():
            writers.begin(before)
        return History.of(calls, self._folder, before)

    def kills_that_lose(self) -> list[int]:
        """Before which calls a kill leaves neither the old content nor the new."""
        _, calls = self.run()
        return [at for at in range(len(calls)) if self.run(Plan(at)) and self.has() not in (OLD, NEW)]

    def states_that_lose(self) -> int:
        """In how many of 200 states after lost power there is not what there should be."""
        _, calls = self.run()
        history = self.history(calls)
        lost = 0
        for place in range(200):
            state = draw(history, place, Random(place))
            history.leave(state.chance, self.data, state.first)
            acknowledged = state.first == len(history.effects)
            lost += self.has() not in ((NEW,) if acknowledged else (OLD, NEW))
        return lost

    def false_successes(self) -> list[int]:
        """Which calls can fail, and it ends well without anything new on the disk."""
        _, calls = self.run()
        found = []
        for at in range(len(calls)):
            ended, made = self.run(Plan(at, errno.EIO))
            self.history(made).leave(nothing_more(), self.data)
            if ended.code == 0 and self.has() != NEW:
                found.append(at)
        return found


def test_a_careful_writer_loses_nothing(warm: Warm, tmp_path: Path) -> None:
    bench = Bench(warm, tmp_path, careful)
    assert bench.kills_that_lose() == []
    assert bench.states_that_lose() == 0
    assert bench.false_successes() == []


def test_a_writer_in_place_is_found_by_killing_it_at_each_call(warm: Warm, tmp_path: Path) -> None:
    assert Bench(warm, tmp_path, in_place).kills_that_lose()


@pytest.mark.parametrize("writer", [in_place, unsynced, unsynced_name])
def test_a_writer_that_does_not_sync_is_found_by_lost_power_alone(
    warm: Warm, tmp_path: Path, writer: Writer
) -> None:
    bench = Bench(warm, tmp_path, writer)
    assert bench.states_that_lose()
    assert writer is in_place or not bench.kills_that_lose()


def test_a_sync_that_fails_and_is_taken_for_success_is_found_by_failing_it(
    warm: Warm, tmp_path: Path
) -> None:
    assert Bench(warm, tmp_path, heedless).false_successes()


def test_what_a_run_wrote_is_what_the_model_says_when_nothing_fails(warm: Warm, tmp_path: Path) -> None:
    bench = Bench(warm, tmp_path, careful)
    _, calls = bench.run()
    bench.history(calls).leave(nothing_more(), bench.data)
    assert {path.name: path.read_bytes() for path in bench.data.iterdir()} == {NAME: NEW}
