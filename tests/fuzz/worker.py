"""Fuzzes one parser in this process: `python -m tests.fuzz.worker PARSER INPUTS FOLDER`.

The folder gets `corpus/` (inputs that reached something new), `found/` (inputs that showed a mistake) and
`result.json`. An exception does not end the run, for behind one mistake is often another; a crash of the
interpreter, a hang or too much memory ends it, and leaves the input in `found/`.
"""

from __future__ import annotations

import hashlib
import json
import os
import random
import sys
import time
import traceback
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["indexer", "search"]):
    from tests.fuzz.parsers import CORPUS, Parser, named
from tests.fuzz.mutator import flooded

MOST_SECONDS = 1.0
"""How long one input may take, in seconds of the processor."""

_MOST_MEGABYTES = 2_000
_LONGEST = 1 << 14
_USUAL_LENGTH = 1 << 12  # of what is mutated; longer inputs take longer and reach nothing new
_HANGS_AFTER = 60  # seconds by the clock, with other processes on it
_PROJECT = Path(__file__).parents[2]


class Run:
    """Counts inputs, and keeps one of each kind of mistake."""

    def __init__(self, parser: Parser, inputs: int, folder: Path) -> None:
        self._parser = parser
        self._inputs = inputs
        self._folder = folder
        self._tried = 0
        self._slowest = 0.0
        self._started = time.monotonic()
        self._kinds: set[str] = set()

    def one(self, data: bytes) -> None:
        """Try an input; ends the process after the last one."""
        before = time.process_time()
        try:
            self._parser.run(data)
        except Exception as error:  # noqa: BLE001 - whatever is raised here is what we are looking for
            self._keep(_kind(error), data)
        taken = time.process_time() - before
        self._slowest = max(self._slowest, taken)
        if taken > MOST_SECONDS:
            self._keep(f"slow at {len(data).bit_length()} bits of length", data)
        self._tried += 1
        if self._tried == self._inputs:
            self.report()
            os._exit(0)  # libFuzzer would go on

    def report(self) -> None:
        """Write what was done."""
        seconds = time.monotonic() - self._started
        result = {"tried": self._tried, "seconds": seconds, "slowest": self._slowest, "kinds": [*self._kinds]}
        (self._folder / "result.json").write_text(json.dumps(result), encoding="utf-8")

    def _keep(self, kind: str, data: bytes) -> None:
        if kind not in self._kinds:
            self._kinds.add(kind)
            (self._folder / "found" / hashlib.sha256(data).hexdigest()[:16]).write_bytes(data)


def _kind(error: Exception) -> str:
    """The same for mistakes of the same cause: what was raised, and from which of our lines."""
    ours = [
        frame
        for frame in traceback.extract_tb(error.__traceback__)
        if Path(frame.filename).is_relative_to(_PROJECT) and ".venv" not in frame.filename
    ]
    place = ours[-1] if ours else traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} at {Path(place.filename).name}:{place.lineno}: {str(error)[:100]!r}"


def main(name: str, inputs: str, folder: str) -> None:
    """Fuzz until so many inputs were tried."""
    place, parser = Path(folder), named(name)
    for part in ("corpus", "found", "seeds"):
        (place / part).mkdir(parents=True, exist_ok=True)
    for content in parser.first_inputs():
        if len(content) <= _LONGEST:
            (place / "seeds" / hashlib.sha256(content).hexdigest()[:16]).write_bytes(content)
    run = Run(parser, int(inputs), place)
    committed = CORPUS / name
    words = Path(__file__).parent / "dictionaries" / f"{parser.dictionary}.dict"
    arguments = [
        sys.argv[0],
        str(place / "corpus"),
        str(place / "seeds"),
        *([str(committed)] if committed.is_dir() else []),
        *([f"-dict={words}"] if parser.dictionary else []),
        f"-artifact_prefix={place / 'found'}/",
        f"-max_len={_LONGEST}",
        "-len_control=50",
        f"-timeout={_HANGS_AFTER}",
        f"-rss_limit_mb={_MOST_MEGABYTES}",
        "-verbosity=0",
    ]

    def mutate(data: bytes, longest: int, seed: int) -> bytes:
        return flooded(
            bytes(atheris.Mutate(data[:_USUAL_LENGTH], min(longest, _USUAL_LENGTH))), random.Random(seed)
        )[:longest]

    atheris.Setup(arguments, run.one, custom_mutator=mutate)
    atheris.Fuzz()


if __name__ == "__main__":
    main(*sys.argv[1:])
