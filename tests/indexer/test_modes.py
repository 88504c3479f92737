"""What is made in a data folder is for its owner only, whatever the mask of whoever runs the command."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from search.errors import StoreUnreadable
from search.ownership import require_own

COMMAND = (sys.executable, "-c", "from indexer.cli import main; main()")


def blogsearch(*arguments: str, mask: int) -> None:
    done = subprocess.run([*COMMAND, *arguments], umask=mask, check=False, timeout=120)  # noqa: S603
    assert done.returncode in (0, 3)


def modes(folder: Path) -> Iterator[tuple[str, int]]:
    """Every file and folder below a folder, and what group and others may do with it."""
    for path in (folder, *folder.rglob("*")):
        yield path.relative_to(folder.parent).as_posix(), path.stat().st_mode & 0o077


@pytest.mark.parametrize(("mask", "imports"), [(0o000, 2), (0o022, 1)])
def test_everything_made_is_for_its_owner_only(tmp_path: Path, mask: int, imports: int) -> None:
    data, export = tmp_path / "made" / "data", tmp_path / "feed.json"
    for number in range(1, imports + 1):
        posts = [{"id": str(post), "content_text": f"Low water {post}"} for post in range(30 * number)]
        feed = {"version": "https://jsonfeed.org/version/1.1", "title": "Tides", "items": [*posts, "no post"]}
        export.write_text(json.dumps(feed), encoding="utf-8")
        blogsearch("reindex", "--quiet", "--data", str(data), str(export), mask=mask)
    found = dict(modes(tmp_path / "made"))
    newest = f"index/{imports:06d}/MANIFEST.json"
    for name in ("store.db", "LOCK", "index/CURRENT", "dead-letter.jsonl", newest):
        assert f"made/data/{name}" in found
    assert {name: mode for name, mode in found.items() if mode} == {}


@pytest.mark.parametrize("mask", [0o000, 0o022])
def test_what_sqlite_makes_beside_the_store_is_so_as_well(tmp_path: Path, mask: int) -> None:
    code = (
        "import os; from pathlib import Path; from search.writer import open_for_writing\n"
        f"data = Path({str(tmp_path / 'data')!r})\n"
        "with open_for_writing(data):\n"
        "    made = {path.name: path.stat().st_mode & 0o077 for path in data.iterdir()}\n"
        "    assert {'store.db', 'store.db-wal', 'store.db-shm'} <= made.keys(), made\n"
        "    assert not any(made.values()), made"
    )
    done = subprocess.run([sys.executable, "-c", code], umask=mask, check=False, timeout=60)  # noqa: S603
    assert done.returncode == 0


def test_a_folder_of_somebody_else_is_not_written_to(tmp_path: Path) -> None:
    owner = tmp_path.stat().st_uid
    require_own(tmp_path)
    require_own(tmp_path, user=0)
    if owner:
        with pytest.raises(StoreUnreadable, match=r"belongs to .*--data"):
            require_own(tmp_path, user=owner + 1)
    else:
        require_own(tmp_path, user=12_345)  # what is root's is trusted


@pytest.mark.skipif(os.geteuid() != 0, reason="needs root, to give a folder away")
def test_a_folder_that_lay_ready_is_refused_in_one_line(tmp_path: Path) -> None:
    tmp_path.chmod(0o777)
    (given := tmp_path / "data").mkdir(mode=0o777)
    given.chmod(0o777)
    os.chown(given, 12_345, -1)
    with pytest.raises(StoreUnreadable, match="belongs to user 12345"):
        require_own(given, user=12_346)
    require_own(given, user=12_345)
