"""Folders for what is not to last."""

from __future__ import annotations

import multiprocessing
import os
import signal
from pathlib import Path

import pytest

from search.scratch import scratch


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    return tmp_path


def die() -> None:
    with scratch() as folder:
        (folder / "fetched").write_text("half")
        os.kill(os.getpid(), signal.SIGKILL)


def test_a_folder_goes_when_it_is_not_needed_any_more(temporary: Path) -> None:
    with scratch() as folder:
        (folder / "inner").mkdir()
        assert folder.parent == temporary
        assert folder.stat().st_mode & 0o777 == 0o700
    assert list(temporary.iterdir()) == []


def test_what_a_killed_process_left_goes_with_the_next_and_what_is_in_use_stays(temporary: Path) -> None:
    (temporary / "blogsearch-scratch-of-somebody.txt").write_text("a file")
    (temporary / "else").mkdir()
    (temporary / "blogsearch-data").mkdir()
    (temporary / "blogsearch-scratch-link").symlink_to(temporary / "else")
    with scratch() as in_use:
        process = multiprocessing.get_context("fork").Process(target=die)
        process.start()
        process.join()
        assert process.exitcode == -signal.SIGKILL
        assert len(list(temporary.iterdir())) == 6
        with scratch():
            assert in_use.is_dir()
            assert len(list(temporary.iterdir())) == 6
    assert {path.name for path in temporary.iterdir()} == {
        "blogsearch-scratch-of-somebody.txt",
        "blogsearch-scratch-link",
        "blogsearch-data",
        "else",
    }
