"""Chooses the few inputs worth committing, after a run: `python -m tests.fuzz.minimise FOLDER`.

The smallest come first, and one is kept if it reaches a line of the project that none before it reached,
neither one of the test cases nor one that is committed already.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterable
from pathlib import Path
from types import FrameType, TracebackType
from typing import Any, Self

from tests.fuzz.parsers import CORPUS, PARSERS, Parser

_LARGEST = 2_048  # bytes of an input
_MOST_TRIED = 1_500
_MOST_KEPT = 12
_PROJECT = str(Path(__file__).parents[2])


class Lines:
    """Within it, the lines of the project that run are gathered."""

    def __init__(self) -> None:
        self.reached: set[tuple[str, int]] = set()

    def __enter__(self) -> Self:
        sys.settrace(self._trace)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        sys.settrace(None)

    def _trace(self, frame: FrameType, event: str, _: Any) -> Any:
        name = frame.f_code.co_filename
        if not name.startswith(_PROJECT) or "/indexer/" not in name:
            return None
        if event == "line":
            self.reached.add((name, frame.f_lineno))
        return self._trace


def chosen(parser: Parser, inputs: Iterable[bytes], known: Iterable[bytes]) -> list[bytes]:
    """Those of the inputs that reach what the known ones do not."""
    lines = Lines()
    with lines:
        for content in known:
            parser.run(content)
    kept = []
    for content in inputs:
        before = len(lines.reached)
        with lines:
            parser.run(content)
        if len(lines.reached) > before:
            kept.append(content)
    return kept


def main(folder: str) -> None:
    """Add to the committed corpus of each parser."""
    for parser in PARSERS:
        paths = [path for path in Path(folder, parser.name, "corpus").glob("*") if path.is_file()]
        small = sorted(path.read_bytes() for path in paths if path.stat().st_size <= _LARGEST)
        place = CORPUS / parser.name
        known = [*parser.first_inputs(), *(path.read_bytes() for path in place.glob("*"))]
        for content in chosen(parser, sorted(small, key=len)[:_MOST_TRIED], known)[:_MOST_KEPT]:
            place.mkdir(parents=True, exist_ok=True)
            (place / hashlib.sha256(content).hexdigest()[:16]).write_bytes(content)


if __name__ == "__main__":
    main(sys.argv[1])
