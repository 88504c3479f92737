"""Worker processes: their order, their limits and their end."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

from indexer.workers import Workers


def test_values_come_back_in_order() -> None:
    with Workers(2) as workers:
        assert list(workers.map(abs, range(-20, 0))) == list(range(20, 0, -1))


def test_one_job_is_done_in_this_process() -> None:
    with Workers(1) as workers:
        assert set(workers.map(process_of, range(3))) == {os.getpid()}


def test_workers_end_when_their_parent_is_killed() -> None:
    code = "from tests.indexer.test_workers import work_for_ever; work_for_ever()"
    command = [sys.executable, "-c", code]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as parent:  # noqa: S603 - our own
        assert parent.stdout
        assert parent.stdout.readline().strip().isdigit()
        parent.send_signal(signal.SIGKILL)
        # The pipe ends when its last holder does: with the workers, which have it from their parent.
        parent.communicate(timeout=60)


def process_of(_: int) -> int:
    return os.getpid()


def work_for_ever() -> None:
    with Workers(2) as workers:
        for pid in workers.map(process_of, range(sys.maxsize)):
            print(pid, flush=True)
            time.sleep(60)
