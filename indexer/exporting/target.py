"""Where an export goes: a file that is there as a whole or not at all, or standard output."""

from __future__ import annotations

import gzip
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from search.durable import sync
from search.errors import CannotExport

STANDARD_OUTPUT = "-"
_COMPRESSED = ".gz"
_BUFFER = 1 << 20


@contextmanager
def writing_to(target: str, data: Path, *, force: bool) -> Iterator[BinaryIO]:
    """A stream whose bytes are in the file called `target` when the block ends without an error.

    Until then they are in another beside it, that only its owner can read; with an error it goes again. A
    name that ends in `.gz` has them compressed. Raises `CannotExport` for a file that is there already,
    unless with `force`, and for one in the folder `data` of the archive itself.
    """
    if target == STANDARD_OUTPUT:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    path = Path(target)
    _check(path, data, force=force)
    descriptor, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
    draft = Path(name)
    try:
        with os.fdopen(descriptor, "wb", _BUFFER) as file:
            with _compressing(file) if path.suffix == _COMPRESSED else _as_is(file) as stream:
                yield stream
            file.flush()
            os.fsync(file.fileno())
        _check(path, data, force=force)  # somebody else may have been quicker
        draft.replace(path)
        sync(path.parent)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise


def _check(path: Path, data: Path, *, force: bool) -> None:
    if path.resolve().is_relative_to(data.resolve()):
        raise CannotExport(f"{path} would lie in the archive's own folder: give a place outside of {data}")
    if path.is_dir():
        raise CannotExport(f"{path} is a folder: give the name of a file in it")
    if not path.parent.is_dir():
        raise CannotExport(f"{path}: there is no folder {path.parent}; make it first")
    if path.exists() and not force:
        raise CannotExport(f"{path} is there already: give another name, or --force to replace it")


@contextmanager
def _compressing(file: BinaryIO) -> Iterator[BinaryIO]:
    """Without name and time, so that the same archive gives the same bytes."""
    with gzip.GzipFile(filename="", fileobj=file, mode="wb", compresslevel=6, mtime=0) as stream:
        yield stream  # type: ignore[misc] # its stub says it is no BinaryIO, though it writes as one


@contextmanager
def _as_is(file: BinaryIO) -> Iterator[BinaryIO]:
    yield file
