"""Processes that work for this one: what they begin with."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

import pytest

from search.processes import end, preload, process_pool
from search.scratch import scratch


def test_processes_find_loaded_what_is_to_be_preloaded_and_this_one_does_not() -> None:
    code = "from tests.search.test_processes import tell_what_is_loaded; tell_what_is_loaded()"
    command = [sys.executable, "-c", code]  # a process of its own, in which no pool was made before
    told = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)  # noqa: S603 - our own
    assert told.stdout.split() == ["True", "False"]


@pytest.mark.skipif(not hasattr(os, "waitid"), reason="without it they stay")
def test_with_a_pool_ends_what_its_processes_are_forks_of_and_the_next_has_another() -> None:
    origins = []
    for _ in range(2):
        pool = process_pool(1)
        origins.append(pool.submit(os.getppid).result())
        end(pool)
    assert len({*origins, os.getpid()}) == 3
    assert not any(is_at_work(process) for process in origins)


def test_a_pool_that_broke_is_ended() -> None:
    pool = process_pool(1)
    with pytest.raises(BrokenProcessPool):
        pool.submit(os._exit, 1).result()
    end(pool)


def is_at_work(process: int) -> bool:
    """Whether it is there, and has not just ended."""
    try:
        return os.waitid(os.P_PID, process, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None
    except ChildProcessError:
        return False


def tell_what_is_loaded() -> None:
    preload("colorsys")
    with process_pool(2) as pool:
        print(pool.submit(is_loaded, "colorsys").result(), is_loaded("colorsys"))


def is_loaded(module: str) -> bool:
    return module in sys.modules


KILLED = """
import os, signal
from search.processes import process_pool

if __name__ == "__main__":
    pool = process_pool(1)
    assert pool.submit(os.getpid).result() != os.getpid()
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_who_is_killed_leaves_what_the_next_run_removes_and_no_warning(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    killed = tmp_path / "killed.py"
    killed.write_text(KILLED)
    temporary = tmp_path_factory.mktemp("t")  # a short name, as those of sockets may not be long
    environment = os.environ | {"TMPDIR": str(temporary), "PYTHONPATH": str(Path.cwd())}
    process = subprocess.run(  # noqa: S603 - our own; it returns when the last that it began has ended
        [sys.executable, killed], env=environment, capture_output=True, text=True, check=False, timeout=60
    )
    assert process.returncode == -signal.SIGKILL
    assert process.stderr == ""
    assert [path.name[:19] for path in temporary.iterdir()] == ["blogsearch-scratch-"]
    monkeypatch.setattr("tempfile.tempdir", str(temporary))
    with scratch() as folder:
        assert [*temporary.iterdir()] == [folder]
