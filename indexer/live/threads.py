"""Calls that wait for others most of the time, several at once."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from threading import Thread
from typing import TypeVar

_Answer = TypeVar("_Answer")


def each(calls: Sequence[Callable[[], _Answer]], most: int) -> tuple[_Answer, ...]:
    """What the calls return, in their order, by at most so many threads at once; raises the first error.

    Whoever interrupts this need not wait for calls that are under way: their threads go with the process.
    (Those of an executor would be waited for.)
    """
    waiting = deque((call, Future[_Answer]()) for call in calls)
    answers = [future for _, future in waiting]
    for _ in range(min(most, len(calls))):
        Thread(target=_work, args=(waiting,), daemon=True).start()
    try:
        return tuple(answer.result() for answer in answers)
    finally:
        waiting.clear()


def _work(waiting: deque[tuple[Callable[[], _Answer], Future[_Answer]]]) -> None:
    while True:
        try:
            call, answer = waiting.popleft()
        except IndexError:
            return
        try:
            answer.set_result(call())
        except BaseException as error:  # noqa: BLE001 - raised again in the thread that waits for it
            answer.set_exception(error)
