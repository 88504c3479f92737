"""What a generation says of itself: MANIFEST.json, from which everything else is found and checked.

    {"format": 2, "schema": {"title": {"kind": "text", "boost": 2.0}, ...},
     "posts": 3, "comments": 1, "segments": ["000042-0", "000041-0"],
     "files": {"000042-0.segment": {"size": 4096, "sha256": "..."}, ...},
     "digest": "..."}

The digest is of all that is said here of the content, so that a manifest itself is told to be as it was
written. It is JSON, as are the headers of the files it names: nothing of an index is ever unpickled.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from hashlib import file_digest, sha256
from pathlib import Path
from typing import Any, Final, Self

from search.engines.whoosh.schema import described

MANIFEST: Final = "MANIFEST.json"

FORMAT: Final = 2
"""How a generation is laid out. Before 2 it was Whoosh's own codec, and no manifest said a format."""

_FILE: Final = re.compile(r"[0-9A-Za-z_][0-9A-Za-z_.-]{0,99}", re.ASCII)
_THREADS: Final = 4
_UNREADABLE: Final = (json.JSONDecodeError, UnicodeDecodeError)


@dataclass(frozen=True, slots=True)
class FileEntry:
    """What the manifest says of one file: its size in bytes and its SHA-256 in hexadecimal."""

    size: int
    sha256: str

    @classmethod
    def of(cls, path: Path) -> Self:
        """The entry of a file as it is."""
        with path.open("rb") as file:
            return cls(os.fstat(file.fileno()).st_size, file_digest(file, "sha256").hexdigest())


@dataclass(frozen=True, slots=True)
class Manifest:
    """How many posts and comments there are, the names of the segments in order, and every file by name."""

    posts: int
    comments: int
    segments: tuple[str, ...]
    files: Mapping[str, FileEntry]

    @classmethod
    def of(cls, folder: Path, posts: int, comments: int, segments: Iterable[str]) -> Self:
        """The manifest of the files that are in a folder now."""
        names = sorted(path.name for path in folder.iterdir() if path.name != MANIFEST)
        return cls(posts, comments, tuple(segments), _entries(folder, names))

    @property
    def digest(self) -> str:
        """Another for anything else in any file or in here: 16 hexadecimal digits of a SHA-256."""
        files = sorted((name, entry.size, entry.sha256) for name, entry in self.files.items())
        said = json.dumps([self.posts, self.comments, self.segments, files])
        return sha256(said.encode()).hexdigest()[:16]

    def write(self, folder: Path) -> None:
        """Write it beside its files."""
        written = {
            "format": FORMAT,
            "schema": described(),
            "posts": self.posts,
            "comments": self.comments,
            "segments": self.segments,
            "files": {name: asdict(entry) for name, entry in self.files.items()},
            "digest": self.digest,
        }
        (folder / MANIFEST).write_text(json.dumps(written, indent=1), encoding="utf-8")

    @classmethod
    def read(cls, folder: Path) -> Self:
        """Read the manifest in a folder; raises `OSError`, `ValueError` where it is none of ours."""
        path = folder / MANIFEST
        try:
            written: Any = json.loads(_there(path).read_text(encoding="utf-8"))
            _require_ours(path, written.get("format", 1), written.get("schema"))
            files = {str(name): FileEntry(**entry) for name, entry in written["files"].items()}
            segments = tuple(map(str, written["segments"]))
            read = cls(int(written["posts"]), int(written["comments"]), segments, files)
        except (*_UNREADABLE, AttributeError, KeyError, TypeError, RecursionError) as error:
            raise ValueError(f"{path} is not a manifest") from error
        if not all(_FILE.fullmatch(name) for name in (*files, *segments)):
            raise ValueError(f"{path} names files that are not in its folder")
        if written.get("digest", read.digest) != read.digest:  # those of earlier versions have none
            raise ValueError(f"{path} is not as it was written")
        return read

    def check(self, folder: Path) -> None:
        """Make sure every file is as it was written; raises `OSError` or `ValueError`.

        A wrong byte would be a wrong answer, so all of them are read, in threads: hashing is outside of
        Python's lock. A core reads 1.5 GB a second where the processor knows SHA-256.
        """
        for name, entry in self.files.items():
            size = _there(folder / name).stat().st_size
            if size != entry.size:
                raise ValueError(f"{folder / name} has {size:,} bytes instead of {entry.size:,}")
        found = _entries(folder, self.files)
        for name, entry in self.files.items():
            if found[name] != entry:
                raise ValueError(f"{folder / name} is not as it was written")


def _there(path: Path) -> Path:
    if not path.exists():
        raise FileNotFoundError(f"{path} is missing")
    return path


def _entries(folder: Path, names: Iterable[str]) -> dict[str, FileEntry]:
    with ThreadPoolExecutor(_THREADS) as threads:
        return dict(threads.map(lambda name: (name, FileEntry.of(folder / name)), names))


def _require_ours(path: Path, format_: object, schema: object) -> None:
    if format_ != FORMAT:
        raise ValueError(
            f"{path} is of an index of format {format_!r:.20}; this program reads format {FORMAT}"
        )
    if schema != described():
        raise ValueError(f"{path} is of an index with other fields than this program has")
