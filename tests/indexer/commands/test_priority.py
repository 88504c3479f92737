"""Who imports into an archive that is served lets the servers have the processor first."""

from __future__ import annotations

import os
from multiprocessing import get_context
from pathlib import Path

from indexer.commands.priority import NICENESS, give_way_if_served
from search.archive import Archive
from search.model import Blog, Post
from search.writer import is_served
from tests.search.archives import store


def niceness_after_giving_way(data: Path) -> int:
    give_way_if_served(data)
    return os.getpriority(os.PRIO_PROCESS, 0)


def test_an_import_runs_behind_only_while_the_archive_is_served(tmp_path: Path) -> None:
    store(tmp_path, Post("post", Blog("Garden"), title="Tomatoes"))
    before = os.getpriority(os.PRIO_PROCESS, 0)
    with get_context("spawn").Pool(1) as other:  # what is lowered stays so
        assert other.apply(niceness_after_giving_way, [tmp_path]) == before
        with Archive.open(tmp_path) as archive, archive.watch():
            while not is_served(tmp_path):
                pass
            assert other.apply(niceness_after_giving_way, [tmp_path]) == max(before, NICENESS)


def test_what_is_not_there_is_not_served(tmp_path: Path) -> None:
    assert not is_served(tmp_path / "nothing")
