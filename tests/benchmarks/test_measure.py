from __future__ import annotations

import sys

from benchmarks.measure import memory_in, own_memory, run_process

STATUS = """Name:\tpython3
State:\tS (sleeping)
VmRSS:\t    1772 kB
RssAnon:\t     116 kB
RssFile:\t    1652 kB
RssShmem:\t       4 kB
"""


def test_memory_is_what_no_file_backs() -> None:
    assert memory_in(STATUS) == 120 * 1024


def test_a_process_that_is_ending_has_no_memory() -> None:
    assert memory_in("Name:\tpython3\nState:\tZ (zombie)\n") == 0


def test_a_process_that_is_gone_has_no_memory() -> None:
    assert own_memory(2**31 - 1) == 0


def test_the_peak_of_a_process_is_with_its_children() -> None:
    child = "import time; block = b'x' * 40_000_000; time.sleep(0.5)"
    parent = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}]); print('done')"
    cost = run_process([sys.executable, "-c", parent])
    assert cost.output == "done\n"
    assert cost.peak_mb > 40
