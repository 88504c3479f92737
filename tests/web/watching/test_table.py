"""Several processes count together, and the end of one loses nothing."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable

import pytest

from web.watching.table import Table


def in_another_process(work: Callable[[], None]) -> int:
    """The number of a process that ended once it had done this."""
    if process := os.fork():
        assert os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]) == 0
        return process
    try:
        work()
        os._exit(0)
    finally:
        os._exit(1)


@pytest.fixture
def table() -> Table:
    made = Table(2)
    made.columns()
    return made


COLUMN = 2
"""The first that a table gives."""


def test_what_processes_counted_is_added_up(table: Table) -> None:
    def count() -> None:
        table.join()
        table.add(COLUMN, 2)

    table.join()
    table.add(COLUMN)
    in_another_process(count)
    in_another_process(count)
    assert table.total(COLUMN) == 5


def test_a_process_takes_the_row_of_one_that_ended_and_counts_on(table: Table) -> None:
    def count() -> None:
        table.join()
        table.add(COLUMN)
        assert set(table.living()) == {0}

    for _ in range(5):
        in_another_process(count)
    assert (table.total(COLUMN), table.starts, table.replacements) == (5, 5, 3)
    assert table.living() == {}


def test_of_what_is_only_at_the_moment_the_dead_have_nothing(table: Table) -> None:
    def die_at_work() -> None:
        table.join()
        table.put(COLUMN, 1)

    table.join()
    table.put(COLUMN, 1)
    in_another_process(die_at_work)
    assert (table.total(COLUMN), table.of_living(COLUMN)) == (2, 1)


def test_each_process_that_lives_has_a_row_of_its_own_however_one_ended(table: Table) -> None:
    come, go = os.pipe()
    processes = []
    for _ in range(3):
        if process := os.fork():
            processes.append(process)
            assert os.read(come, 1) == b"."
        else:
            table.join()
            os.write(go, b".")
            signal.pause()
    assert list(table.living().values()) == processes
    os.kill(processes[1], signal.SIGKILL)
    os.waitpid(processes[1], 0)
    assert set(table.living()) == {0, 2}
    table.join()
    assert table.living() == {0: processes[0], 1: os.getpid(), 2: processes[2]}
    for process in (processes[0], processes[2]):
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)
    os.close(come)
    os.close(go)


def test_there_is_no_room_for_numbers_without_end() -> None:
    table = Table(columns=10)
    table.columns(8)
    with pytest.raises(ValueError, match="no room"):
        table.columns()
