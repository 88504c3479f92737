"""Processes that work for this one: what they begin with."""

from __future__ import annotations

import subprocess
import sys

from search.processes import preload, process_pool


def test_processes_find_loaded_what_is_to_be_preloaded_and_this_one_does_not() -> None:
    code = "from tests.search.test_processes import tell_what_is_loaded; tell_what_is_loaded()"
    command = [sys.executable, "-c", code]  # a process of its own, in which no pool was made before
    told = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)  # noqa: S603 - our own
    assert told.stdout.split() == ["True", "False"]


def tell_what_is_loaded() -> None:
    preload("colorsys")
    with process_pool(2) as pool:
        print(pool.submit(is_loaded, "colorsys").result(), is_loaded("colorsys"))


def is_loaded(module: str) -> bool:
    return module in sys.modules
