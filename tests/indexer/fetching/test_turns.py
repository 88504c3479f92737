from __future__ import annotations

import threading
from dataclasses import dataclass, field

import pytest

from indexer.fetching import Fetcher, FetchPolicy
from indexer.fetching.turns import Turns
from tests.indexer.fetching.faulty_server import FaultyServer, document, redirect


@dataclass
class Clock:
    """Time that passes when somebody sleeps, and at no other time."""

    now: float = 100.0
    slept: list[float] = field(default_factory=list)

    def monotonic(self) -> float:
        return self.now

    def sleep(self, seconds: float, /) -> None:
        self.slept.append(seconds)
        self.now += seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


def test_the_first_turn_comes_at_once(clock: Clock) -> None:
    with Turns(1.0, clock).turn("a.example") as waited:
        assert waited == 0
    assert clock.slept == []


def test_between_two_requests_to_a_host_lies_a_pause(clock: Clock) -> None:
    turns = Turns(1.0, clock)
    with turns.turn("a.example"):
        clock.now += 5
    clock.now += 0.25
    with turns.turn("a.example") as waited:
        assert waited == 0.75
    assert clock.slept == [0.75]


def test_hosts_do_not_wait_for_each_other(clock: Clock) -> None:
    turns = Turns(1.0, clock)
    with turns.turn("a.example"), turns.turn("b.example"):
        assert clock.slept == []


def test_the_pause_is_kept_after_a_request_that_failed(clock: Clock) -> None:
    turns = Turns(1.0, clock)
    with pytest.raises(ZeroDivisionError), turns.turn("a.example"):
        raise ZeroDivisionError
    with turns.turn("a.example") as waited:
        assert waited == 1.0


def test_a_host_is_asked_by_one_thread_at_a_time(clock: Clock) -> None:
    turns = Turns(0, clock)
    entered = threading.Event()

    def ask() -> None:
        with turns.turn("a.example"):
            entered.set()

    other = threading.Thread(target=ask)
    with turns.turn("a.example"):
        other.start()
        assert not entered.wait(0.1)
    other.join()
    assert entered.is_set()


def test_a_host_is_left_alone_for_as_long_as_it_asks(clock: Clock) -> None:
    turns = Turns(1.0, clock)
    assert turns.patience("a.example") == 0
    turns.leave_alone("a.example", 60)
    clock.now += 20
    assert (turns.patience("a.example"), turns.patience("b.example")) == (40, 0)
    clock.now += 50
    assert turns.patience("a.example") == 0


def test_a_fetcher_waits_between_requests_and_redirects_of_a_host(server: FaultyServer, clock: Clock) -> None:
    server.answer("/feed", document(b"<rss/>"))
    server.answer("/old", redirect("/feed"))
    fetcher = Fetcher(FetchPolicy(private=True, delay=2.5), clock=clock)
    fetcher.fetch(server.address("/old")).close()
    fetcher.fetch(server.address("/feed")).close()
    assert clock.slept == [2.5, 2.5]


def test_waiting_for_a_turn_does_not_count_against_the_time_of_a_fetch(
    server: FaultyServer, clock: Clock
) -> None:
    server.answer("/feed", document(b"<rss/>"))
    fetcher = Fetcher(FetchPolicy(private=True, delay=60, seconds=30), clock=clock)
    for _ in range(3):
        fetcher.fetch(server.address("/feed")).close()
    assert clock.slept == [60, 60]
