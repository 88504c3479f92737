"""What names a state of an answer, so that who has it already is not sent it again (`ETag`).

An answer follows from its address, the archive, the reader's language, the settings and the program. So
its tag is a hash of these, and known before anything was searched for. Bytes of another coding have
another tag (RFC 9110, 8.8.3.3).

The tags are strong. `took_ms` is the one thing in which two answers of one tag differ; it says nothing about
the archive, and as no ranges are served, no answer is ever put together from two.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, fields
from importlib.metadata import version
from operator import itemgetter
from pathlib import Path

import search
import web
from web.settings import Settings

_OF_PROGRAM = frozenset({".py", ".html", ".xml", ".css", ".js", ".svg", ".po"})
_DECIDES_NO_CONTENT = frozenset({"data", "deadline", "hosts", "origins", "rate", "slow"})
_first = itemgetter(0)


@dataclass(frozen=True, slots=True)
class Tag:
    """What names one answer, in each of its codings."""

    name: str

    def coded(self, coding: str) -> str:
        """The tag of the bytes in this coding (`gzip`), without its quotes; as they are for none."""
        return f"{self.name}-{coding}" if coding else self.name


class Tags:
    """Makes the tags of one site."""

    def __init__(self, settings: Settings) -> None:
        self._site = f"{program()}\0{decided(settings)}"

    def of(self, edition: str, path: str, parameters: Iterable[tuple[str, str]], language: str) -> Tag:
        """The tag of an answer.

        `edition` names the state of the archive. The order in which different parameters are given does
        not count; that of the values of one does.
        """
        asked = (part for pair in sorted(parameters, key=_first) for part in pair)
        return Tag(_hashed(self._site, edition, path, language, *asked))


def program() -> str:
    """What is another for any other code, template or catalogue, whatever it says of its version."""
    found = hashlib.sha256(version("blogsearch").encode())
    for package in (search, web):
        root = Path(package.__file__ or "").parent
        for path in sorted(path for path in root.rglob("*") if path.suffix in _OF_PROGRAM):
            found.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes())
    return found.hexdigest()


def decided(settings: Settings) -> str:
    """What is another for any other setting that shows in an answer."""
    shown = {
        field.name: getattr(settings, field.name)
        for field in fields(settings)
        if field.name not in _DECIDES_NO_CONTENT
    }
    picture = settings.logo.read_bytes() if settings.logo else b""
    return _hashed(repr(sorted(shown.items())), hashlib.sha256(picture).hexdigest())


def _hashed(*parts: str) -> str:
    # Lengths keep apart ("a", "bc") and ("ab", "c"); what is no Unicode can stand in an address.
    text = "".join(f"{len(part)}:{part}" for part in parts)
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()
