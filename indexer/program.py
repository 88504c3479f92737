"""Which program this is: what it makes of a record may differ from what another version makes of it."""

from __future__ import annotations

import re
import sys
from functools import cache
from hashlib import blake2b
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path

import indexer
import search

_DISTRIBUTION = "blogsearch"
_NAME = re.compile(r"[\w.-]+")


@cache
def program() -> bytes:
    """16 bytes that differ when anything does in this program, in Python or in a package that it needs."""
    told = blake2b(repr((sys.version, _packages())).encode("utf-8"), digest_size=16)
    for package in (indexer, search):
        for module in sorted(Path(package.__path__[0]).rglob("*.py")):
            told.update(blake2b(module.read_bytes()).digest())
    return told.digest()


def _packages() -> list[tuple[str, str]]:
    """The packages that this one needs, with their versions."""
    names = (found[0] for each in _needed() if (found := _NAME.match(each)))
    return [(name, _version(name)) for name in names]


def _needed() -> list[str]:
    try:
        return requires(_DISTRIBUTION) or []
    except PackageNotFoundError:  # run from a checkout
        return []


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""
