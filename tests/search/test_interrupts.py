"""Signals wait for what must not be left halfway."""

from __future__ import annotations

import os
import signal
import threading

import pytest

from search.interrupts import held_off


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_who_interrupts_is_told_after_all_is_done(number: signal.Signals) -> None:
    before = signal.getsignal(number)
    done = []

    def work() -> None:
        with held_off("too late"):
            os.kill(os.getpid(), number)
            done.append("all")

    with pytest.raises(KeyboardInterrupt, match="too late"):
        work()
    assert done == ["all"]
    assert signal.getsignal(number) is before


def test_without_a_signal_nothing_is_raised() -> None:
    with held_off("too late"):
        pass


def test_an_error_within_stays_that_error() -> None:
    def work() -> None:
        with held_off("too late"):
            os.kill(os.getpid(), signal.SIGINT)
            raise ValueError("ours")

    with pytest.raises(ValueError, match="ours"):
        work()


def test_other_threads_are_left_alone() -> None:
    seen = []

    def work() -> None:
        with held_off("too late"):
            seen.append(signal.getsignal(signal.SIGINT))

    before = signal.getsignal(signal.SIGINT)
    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert seen == [before]
