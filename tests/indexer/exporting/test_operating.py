"""What docs/operating.md says of backups and upgrades works as it is written there."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.indexer.exporting.archives import exported, imported, stored
from tests.indexer.exports import comment, item, wordpress

PAGE = (Path(__file__).parents[3] / "docs" / "operating.md").read_text("utf-8")
COPIES = ("restored", "copy", "elsewhere")


def commands(title: str) -> list[str]:
    """The blocks of commands under a heading."""
    found = re.search(rf"^## {title}\n(.*?)(?=^## |\Z)", PAGE, re.MULTILINE | re.DOTALL)
    assert found, f"no section {title}"
    return re.findall(r"^```sh\n(.*?)^```$", found[1], re.MULTILINE | re.DOTALL)


def run(folder: Path, script: str) -> None:
    """Run commands as an operator would, with the command of this environment."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path}
    done = subprocess.run(  # noqa: S603 - our own documentation
        ["/bin/sh", "-e", "-c", script],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with an archive in `data`."""
    missing = [tool for tool in ("flock", "sqlite3", "blogsearch") if not _has(tool)]
    if missing:
        pytest.skip(f"needs {', '.join(missing)}")
    rain = item(1, "Rain", "It poured.", comments=[comment(1, "How much?")])
    imported(tmp_path / "data", wordpress(tmp_path / "rain.xml", rain, item(2, "Hail", "Stones.")))
    return tmp_path


def _has(tool: str) -> bool:
    return (
        shutil.which(tool, path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}") is not None
    )


def test_each_way_to_back_up_gives_the_same_archive(folder: Path) -> None:
    run(folder, "\n".join(commands("Backing up and moving")))
    before = exported(folder / "data", folder / "before.json").read_bytes()
    for name in COPIES:
        assert stored(folder / name) == stored(folder / "data")
        assert exported(folder / name, folder / f"{name}.json").read_bytes() == before


def test_an_upgrade_changes_nothing_that_is_stored(folder: Path) -> None:
    before = stored(folder / "data")
    run(folder, "\n".join(commands("Upgrading")))
    assert stored(folder / "data") == before
