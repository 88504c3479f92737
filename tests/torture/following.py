"""Runs of the command that are followed at every call that changes something below a folder."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from tests.torture import warm
from tests.torture.syscalls import NUMBERS, Call, Does, call_of, finish
from tests.torture.tracing import Decision, Entered, Fail, Kill, be_followed, follow


@dataclass(frozen=True, slots=True)
class Plan:
    """What happens at the call `at`, counted from 0 among those that change something; None is nothing.

    The process is killed there, or the call fails with `error`, and so do all after it that are of `lasting`.
    """

    at: int | None = None
    error: int = 0
    lasting: frozenset[Does] = frozenset()

    def decide(self, place: int, does: Does) -> Fail | Kill | None:
        """What to do at the call of this place."""
        if self.at is None or place < self.at or (place > self.at and does not in self.lasting):
            return None
        return Fail(self.error) if self.error else Kill()


COUNTED = frozenset(Does) - {Does.MAP, Does.CHANGE_MODE}
"""Calls that are counted: what a mapping does comes without any, and modes are not what is in a file."""


class Watch:
    """Sees a process at its calls below a folder, and does what is planned."""

    def __init__(self, folder: Path, plan: Plan) -> None:
        self.calls: list[Call] = []
        self._folder = folder
        self._plan = plan
        self._place = 0

    def decide(self, entered: Entered) -> Decision:
        """What becomes of this call; see `tracing.follow`."""
        call = call_of(entered)
        if call is None or not self._is_ours(call):
            return None
        if call.does in COUNTED:
            decision = self._plan.decide(self._place, call.does)
            self._place += 1
            if decision:
                return decision
        self.calls.append(call)
        return lambda result: finish(call, entered, result)

    def _is_ours(self, call: Call) -> bool:
        return any(path and path.is_relative_to(self._folder) for path in (call.path, call.other))


def run_followed(arguments: Sequence[str], folder: Path, plan: Plan) -> tuple[warm.Ended, list[Call]]:
    """In the warm process: run the command, followed below `folder`; the calls that it made there."""
    return follow_begun(lambda output: warm.begin(arguments, output, begun), folder, plan)


def run_function_followed(
    function: Callable[[Path], None], folder: Path, plan: Plan
) -> tuple[warm.Ended, list[Call]]:
    """The same of a function that is given the folder: what is not ours can be tried as the command is."""
    return follow_begun(lambda output: warm.begin_function(function, folder, output, begun), folder, plan)


def begun() -> None:
    """What a run does first: it waits to be followed."""
    be_followed(NUMBERS)


def follow_begun(begin: Callable[[BinaryIO], int], folder: Path, plan: Plan) -> tuple[warm.Ended, list[Call]]:
    """Follow what `begin` begins, which says everything to the file that it is given."""
    watch = Watch(folder, plan)
    started = time.monotonic()
    with warm.open_output() as output:
        status = follow(begin(output), watch.decide)
        return warm.ended(output, status, started), watch.calls
