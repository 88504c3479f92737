"""An index that somebody made up opens safely or not at all, and what it says is never run."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import pytest

from search.engines.whoosh.engine import WhooshEngine
from search.engines.whoosh.publishing.manifest import MANIFEST, FileEntry
from search.errors import IndexUnreadable
from search.query.parser import parse
from search.request import Filters, SearchRequest, Sort, ValueFilter
from tests.search.engines.whoosh.building.contents import some_posts
from tests.search.engines.whoosh.oracle.archives import Archives, in_steps
from tests.search.engines.whoosh.oracle.typed import typed

POSTS = some_posts(90, seed=2)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an index with one generation."""
    archives = Archives.publish(tmp_path_factory.mktemp("whole") / "index", in_steps(POSTS))
    for older in sorted(path for path in archives.folder.iterdir() if path.is_dir())[:-1]:
        shutil.rmtree(older)
    return archives.folder


@pytest.fixture
def copy(whole: Path, tmp_path: Path) -> Iterator[Path]:
    """One that may be damaged, without a trace on disk when the test is over."""
    yield Path(shutil.copytree(whole, tmp_path / "index"))
    shutil.rmtree(tmp_path / "index")


def damage(folder: Path, chance: Random) -> None:
    """Change some numbers of the files of a generation, with checksums that say nothing is wrong."""
    generation = next(path for path in folder.iterdir() if path.is_dir())
    files = sorted(path for path in generation.iterdir() if path.name != MANIFEST)
    for file in chance.choices(files, k=chance.choice((1, 1, 2, 5))):
        data = bytearray(file.read_bytes())
        if chance.random() < 0.2:
            data[chance.randrange(len(data))] = chance.randrange(256)
        else:
            _change_a_number(data, chance)
        file.unlink()
        file.write_bytes(data)
    manifest = json.loads((generation / MANIFEST).read_text())
    for file in files:
        entry = FileEntry.of(file)
        manifest["files"][file.name] = {"size": entry.size, "sha256": entry.sha256}
    (generation / MANIFEST).write_text(json.dumps(manifest))


def _change_a_number(data: bytearray, chance: Random) -> None:
    """Change one entry of one array, to something extreme or by one bit."""
    try:
        header: Any = json.loads(data[16 : 16 + int.from_bytes(data[8:16], "little")])
    except ValueError:  # where the header was changed before
        return
    dtype, offset, count = chance.choice([place for place in header["arrays"].values() if place[2]])
    width = np.dtype(dtype).itemsize
    place = offset + chance.randrange(count) * width
    if chance.random() < 0.5:
        data[place : place + width] = bytes([chance.choice((0, 127, 128, 255))]) * width
    else:
        data[place + chance.randrange(width)] ^= 1 << chance.randrange(8)


def use(folder: Path, chance: Random) -> None:
    """Search in every way there is."""
    with WhooshEngine(folder, jobs=1) as engine:
        engine.search(SearchRequest(size=100))
        for number in range(8):
            filters = Filters((ValueFilter("tag", ("rain",)),)) if number % 4 == 0 else Filters()
            query, sort = parse(typed(chance, POSTS)), chance.choice(list(Sort))
            engine.search(SearchRequest(query, sort=sort, filters=filters, size=50))
        engine.suggest("ra", 10)
        for content in POSTS[::9]:
            engine.similar(content.post.id, 5)
        engine.publish([], rebuild=False)


@pytest.mark.parametrize("seed", range(60))
def test_numbers_that_lie_are_found_out_or_only_found(copy: Path, seed: int) -> None:
    chance = Random(seed)
    damage(copy, chance)
    with suppress(IndexUnreadable):
        use(copy, chance)


WITHOUT_PICKLE = """
import pickle, sys

def refuse(*_, **__):
    raise AssertionError("something was unpickled")

class Refusing(pickle.Unpickler):
    __init__ = refuse

pickle.load, pickle.loads, pickle.Unpickler = refuse, refuse, Refusing
sys.addaudithook(lambda event, _: refuse() if event == "pickle.find_class" else None)

from pathlib import Path
from whoosh.query import Phrase
from search.engines.whoosh.engine import WhooshEngine
from search.engines.whoosh.array_index import ArrayIndex
from search.query.parser import parse
from search.request import SearchRequest

folder = Path(sys.argv[1])
with WhooshEngine(folder, jobs=1) as engine:
    found = engine.search(SearchRequest(parse('"the rain" OR ra* OR gft~ OR tag:rain')))
    assert found.total and engine.similar(found.matches[0].post_id, 5) and engine.suggest("ra", 5)
with ArrayIndex.open(folder).searcher() as searcher:
    assert searcher.search(Phrase("body", ["the", "rain"], slop=3))
    assert searcher.suggest("body_word", "gft")
"""


def test_nothing_is_ever_unpickled(whole: Path) -> None:
    command = [sys.executable, "-c", WITHOUT_PICKLE, str(whole)]
    subprocess.run(command, check=True, timeout=60)  # noqa: S603 (our own program)
