from __future__ import annotations

import sys

from benchmarks.measure import memory_in, own_memory, run_process

ROLLUP = """5640df66c000-7ffd5f758000 ---p 00000000 00:00 0                          [rollup]
Rss:                1772 kB
Pss:                 268 kB
Pss_Anon:            116 kB
Pss_File:            152 kB
Pss_Shmem:             4 kB
"""


def test_memory_is_what_no_file_backs() -> None:
    assert memory_in(ROLLUP) == 120 * 1024


def test_a_process_that_is_gone_has_no_memory() -> None:
    assert own_memory(2**31 - 1) == 0


def test_the_peak_of_a_process_is_with_its_children() -> None:
    child = "import time; block = b'x' * 40_000_000; time.sleep(0.5)"
    parent = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}]); print('done')"
    cost = run_process([sys.executable, "-c", parent])
    assert cost.output == "done\n"
    assert cost.peak_mb > 40
