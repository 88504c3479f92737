"""What is generated and built once and used again: posts in a file, and the indexes of peers beside it.

A folder is a collection when it holds `collection.json`, and an engine is built in it when it holds
`<engine>.json`: each is written last, so that a run that is ended leaves nothing half done to be believed.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

from benchmarks.building import Built
from benchmarks.posts import save
from search.model import Post


@dataclass(frozen=True, slots=True)
class Collection:
    """Posts in a file, and the folder for what is built of them; text in millions of characters."""

    title: str
    posts: int
    text_mb: float
    folder: Path

    @property
    def file(self) -> Path:
        """One post a line."""
        return self.folder / "posts.jsonl"

    def index(self, engine: str) -> Path:
        """Where an engine builds."""
        return self.folder / engine


def digest(*parts: object) -> str:
    """Twelve characters that differ where the parts do; of a file, its bytes."""
    summed = hashlib.sha256()
    for part in parts:
        summed.update(part.read_bytes() if isinstance(part, Path) else repr(part).encode())
    return summed.hexdigest()[:12]


def collect(title: str, posts: Callable[[], Iterable[Post]], folder: Path) -> Collection:
    """The posts written into the folder, or those that it holds from an earlier run."""
    record = folder / "collection.json"
    if not record.is_file():
        folder.mkdir(parents=True, exist_ok=True)
        size = _Size()
        count = save(size.measuring(posts()), folder / "posts.jsonl")
        record.write_text(json.dumps({"posts": count, "text_mb": size.characters / 1e6}), "utf-8")
    return Collection(title, **json.loads(record.read_text("utf-8")), folder=folder)


def kept(collection: Collection, engine: str) -> Built | None:
    """What building took, where the engine was built here before by the same code; None elsewhere."""
    record = _record(collection, engine)
    if not record.is_file():
        return None
    values = json.loads(record.read_text("utf-8"))
    return replace(Built(**values["built"]), kept=True) if values["code"] == _code(engine) else None


def keep(collection: Collection, engine: str, built: Built) -> None:
    """Remember that the engine is built here."""
    values = {"code": _code(engine), "built": asdict(built)}
    _record(collection, engine).write_text(json.dumps(values), "utf-8")


def clear(collection: Collection, engine: str) -> None:
    """Remove what the engine built here."""
    _record(collection, engine).unlink(missing_ok=True)
    shutil.rmtree(collection.index(engine), ignore_errors=True)


def release(name: str) -> str:
    """The version of an installed package."""
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"


def _record(collection: Collection, engine: str) -> Path:
    return collection.folder / f"{engine}.json"


def _code(engine: str) -> str:
    """Tells whether what builds an index is what it was: this project's lines for it, and its package."""
    spec = find_spec(f"benchmarks.peers.{engine}")
    source = [Path(spec.origin)] if spec and spec.origin else []
    return digest(*source, release("tantivy"), release("whoosh3"))


class _Size:
    """Counts characters on their way."""

    def __init__(self) -> None:
        self.characters = 0

    def measuring(self, posts: Iterable[Post]) -> Iterator[Post]:
        for post in posts:
            self.characters += len(post.text)
            yield post
