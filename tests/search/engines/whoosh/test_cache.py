"""What is kept of a generation, and what is forgotten."""

from __future__ import annotations

import threading
from functools import partial

import numpy as np

from search.engines.whoosh.arrays import Bools
from search.engines.whoosh.cache import ENTRY, Cache

EACH = 10 + ENTRY + 1
"""What a value of ten bytes takes under a key of one letter."""


def made(calls: list[str], name: str, size: int = 10) -> Bools:
    """A value of so many bytes; the call is noted."""
    calls.append(name)
    return np.zeros(size, np.bool_)


def test_what_was_made_once_is_not_made_again() -> None:
    cache, calls = Cache(10 * EACH), list[str]()
    first = cache.get("a", lambda: made(calls, "a"))
    assert cache.get("a", lambda: made(calls, "a")) is first
    assert calls == ["a"]


def test_what_was_not_used_for_longest_is_forgotten_first() -> None:
    cache, calls = Cache(10 * EACH), list[str]()
    for name in "abcdefghij" + "a" + "k":  # "k" is one too many, and "a" was just used
        cache.get(name, partial(made, calls, name))
    assert cache.nbytes == 10 * EACH
    calls.clear()
    for name in "ab":
        cache.get(name, partial(made, calls, name))
    assert calls == ["b"]


def test_what_would_fill_it_alone_is_not_kept() -> None:
    cache, calls = Cache(100), list[str]()
    for _ in range(2):
        assert len(cache.get("large", lambda: made(calls, "large", 26))) == 26
    assert (calls, cache.nbytes) == (["large", "large"], 0)


def test_what_a_key_takes_counts_as_well() -> None:
    cache, calls = Cache(10 * EACH), list[str]()
    for number in range(50):
        cache.get(("any", number, (b"x" * EACH,)), partial(made, calls, "", 0))
    assert 0 < cache.nbytes <= 10 * EACH
    cache.get(("any", 0, (b"x" * EACH,)), partial(made, calls, "", 0))
    assert len(calls) == 51


def test_many_threads_never_make_it_outgrow_its_bound() -> None:
    cache, outgrown = Cache(100 * ENTRY), list[int]()

    def use() -> None:
        for number in range(500):
            value = cache.get(number % 150, partial(made, [], "", number % 50))
            if len(value) != number % 50 or cache.nbytes > 101 * ENTRY:
                outgrown.append(number)

    threads = [threading.Thread(target=use) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert outgrown == []
    assert 0 < cache.nbytes <= 100 * ENTRY
