"""Processes are kept at work whatever becomes of one, and leave when their supervisor does."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from web.server.processes import LONGEST_WAIT, pause


class Supervised:
    """`tests.web.server.supervised` as a process, and what it says."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process

    def next(self, what: str) -> int:
        """The number of the next process to which this happens; nothing else may happen meanwhile."""
        assert self.process.stdout is not None
        said = self.process.stdout.readline().split()
        assert said[:1] == [what], said
        return int(said[1])

    def rest(self) -> list[str]:
        """What happens from now on, without the numbers."""
        assert self.process.stdout is not None
        return [line.split()[0] for line in self.process.stdout]

    def send(self, number: signal.Signals) -> None:
        self.process.send_signal(number)


@contextmanager
def supervised(how: str, count: int = 1) -> Iterator[Supervised]:
    command = [sys.executable, "-W", "error", "-m", "tests.web.server.supervised", how, str(count)]
    with subprocess.Popen(  # noqa: S603
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        found = Supervised(process)
        try:
            found.next("supervises")
            yield found
        finally:
            process.kill()


def test_one_that_is_killed_is_replaced_and_the_others_stay() -> None:
    with supervised("live", 2) as workers:
        victim, other = workers.next("lives"), workers.next("lives")
        os.kill(victim, signal.SIGKILL)
        assert workers.next("lives") not in (victim, other)
        workers.send(signal.SIGTERM)
        assert workers.rest() == ["stops", "ends", "ends"]
        assert workers.process.wait() == 0


def test_one_that_dies_again_and_again_is_begun_again_and_again() -> None:
    with supervised("die") as workers:
        assert len({workers.next("dies") for _ in range(4)}) == 4


def test_the_more_died_early_the_longer_is_the_pause_but_there_is_an_end_to_it() -> None:
    pauses = [pause(deaths) for deaths in range(50)]
    assert pauses == sorted(pauses)
    assert (pauses[0], pauses[-1]) == (0, LONGEST_WAIT)
    assert pauses[1] > 0


def test_one_that_hangs_is_killed_although_it_will_not_end_and_replaced() -> None:
    with supervised("hang_first") as workers:
        hanging = workers.next("hangs")
        assert workers.next("lives") != hanging
        workers.send(signal.SIGINT)
        assert workers.rest() == ["stops", "ends"]


def test_one_that_stands_still_is_killed_and_replaced() -> None:
    with supervised("live") as workers:
        standing = workers.next("lives")
        os.kill(standing, signal.SIGSTOP)
        assert workers.next("lives") != standing


def test_one_that_has_grown_is_told_to_end_when_another_answers() -> None:
    with supervised("grow") as workers:
        large = workers.next("lives")
        assert workers.next("lives") != large
        assert workers.next("ends") == large
        workers.send(signal.SIGTERM)
        assert workers.rest() == ["stops", "ends"]


def test_all_are_renewed_one_after_another_and_never_fewer_answer() -> None:
    with supervised("live", 2) as workers:
        old = {workers.next("lives"), workers.next("lives")}
        workers.send(signal.SIGHUP)
        for _ in range(2):
            assert workers.next("lives") not in old
            old.remove(workers.next("ends"))
        workers.send(signal.SIGTERM)
        assert workers.rest() == ["stops", "ends", "ends"]


def test_those_at_work_stay_where_their_successors_do_not_begin() -> None:
    with supervised("fail_later") as workers:
        workers.next("lives")
        workers.send(signal.SIGHUP)
        workers.next("fails")
        workers.send(signal.SIGTERM)
        assert workers.rest() == ["stops", "ends"]
        assert workers.process.wait() == 0


def test_a_second_signal_ends_at_once_what_does_not_end() -> None:
    with supervised("hang_first") as workers:
        workers.next("hangs")
        workers.send(signal.SIGTERM)
        workers.next("stops")
        workers.send(signal.SIGTERM)
        assert workers.rest() == []
        assert workers.process.wait() == 0


def test_they_end_when_their_supervisor_is_killed() -> None:
    with supervised("live", 2) as workers:
        workers.next("lives")
        workers.next("lives")
        workers.process.kill()
        assert workers.rest() == ["ends", "ends"]  # until nobody is left to say anything


def test_whoever_ignored_hangups_from_the_beginning_goes_on_doing_so() -> None:
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)  # as `nohup` does
    try:
        with supervised("live") as workers:
            workers.next("lives")
            workers.send(signal.SIGHUP)
            workers.send(signal.SIGTERM)
            assert workers.rest() == ["stops", "ends"]
    finally:
        signal.signal(signal.SIGHUP, before)
