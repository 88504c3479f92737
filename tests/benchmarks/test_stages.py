"""What is seen of a command that runs."""

from __future__ import annotations

import sys

from benchmarks.stages import watch

_WORK = """
import sys, time
print("reading", file=sys.stderr, flush=True)
held = bytes(range(256)) * 200_000
until = time.monotonic() + 1
while time.monotonic() < until:
    pass
"""


def test_each_line_of_the_command_begins_a_stage_with_its_work_and_its_memory() -> None:
    watcher = watch([sys.executable, "-c", _WORK])
    starting, reading = watcher.stages
    (seen,) = reading.processes.values()
    assert (starting.name, reading.name) == ("starting", "reading")
    assert seen.ran + seen.waited > 0
    assert reading.most > 51_000_000
    assert "reading" in reading.lines(watcher.numbers)[0]
