"""Fuzzes every parser, as many at once as there are cores: `python -m tests.fuzz --help`."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from tests.fuzz.parsers import PARSERS


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one parser: `found` says in words what was wrong with it."""

    parser: str
    tried: int
    seconds: float
    slowest: float
    found: tuple[str, ...]


def fuzz(name: str, inputs: int, folder: Path) -> Outcome:
    """Fuzz one parser in a process of its own, at the lowest priority."""
    place = folder / name
    place.mkdir(parents=True, exist_ok=True)
    result = place / "result.json"
    result.unlink(missing_ok=True)
    with (place / "log").open("wb") as log:
        command = [sys.executable, "-m", "tests.fuzz.worker", name, str(inputs), str(place)]
        ended = subprocess.run(  # noqa: S603 - our own module
            command, stdout=log, stderr=log, check=False, preexec_fn=_humble, env={**os.environ, "TZ": "UTC"}
        )
    if ended.returncode or not result.exists():
        return Outcome(name, 0, 0.0, 0.0, (f"ended with {ended.returncode}, see {place / 'log'}",))
    told = json.loads(result.read_text(encoding="utf-8"))
    return Outcome(name, told["tried"], told["seconds"], told["slowest"], tuple(told["kinds"]))


def _humble() -> None:
    os.nice(10)


def table(outcomes: Sequence[Outcome]) -> str:
    """The outcomes, as Markdown."""
    lines = ["| parser | inputs | a second | slowest, ms | found |", "| --- | --: | --: | --: | --- |"]
    for one in outcomes:
        pace = one.tried / one.seconds if one.seconds else 0.0
        found = "; ".join(one.found) or "nothing"
        lines.append(f"| {one.parser} | {one.tried:,} | {pace:,.0f} | {one.slowest * 1000:,.0f} | {found} |")
    total = sum(one.tried for one in outcomes)
    wrong = sum(len(one.found) for one in outcomes)
    return "\n".join((*lines, f"| all | {total:,} | | | {wrong or 'nothing'} |"))


def main() -> int:
    """Fuzz, print the table; 1 where anything was found."""
    arguments = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    arguments.add_argument("--inputs", type=int, default=10_000, help="for each parser")
    arguments.add_argument("--only", nargs="*", default=[], metavar="PARSER", help="these parsers alone")
    arguments.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="parsers at once")
    arguments.add_argument("--folder", type=Path, default=Path(".fuzz"), help="what is found goes here")
    given = arguments.parse_args()
    names = [parser.name for parser in PARSERS]
    if unknown := set(given.only) - set(names):
        arguments.error(f"no parser is called {', '.join(sorted(unknown))}; there are {', '.join(names)}")
    with ThreadPoolExecutor(given.jobs) as pool:
        chosen = given.only or names
        outcomes = list(pool.map(lambda name: fuzz(name, given.inputs, given.folder.resolve()), chosen))
    print(table(outcomes))
    return 1 if any(one.found for one in outcomes) else 0


if __name__ == "__main__":
    sys.exit(main())
