"""Runs the tortures to their full reach: `python -m tests.torture --help`."""

from __future__ import annotations

import argparse
import importlib
import shutil
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.torture.outcome import CannotRun, Outcome, Run


@dataclass(frozen=True, slots=True)
class Torture:
    """One torture: what it does, the module with its `run`, and how often it is tried in full (0 is all)."""

    does: str
    module: str
    reach: int

    def load(self) -> Run:
        """Import the function that runs it."""
        run: Run = importlib.import_module(f"tests.torture.{self.module}").run
        return run


TORTURES: Mapping[str, Torture] = {
    "kills": Torture("kill -9 at random moments of an import", "kills", 500),
    "calls": Torture("kill -9 at each write, sync, rename and unlink of an import", "calls", 0),
    "power": Torture("power lost: what was not synced is dropped or torn", "power", 1_000),
    "disk": Torture("the disk full, and failing, at each write", "disk", 0),
    "flips": Torture("one bit flipped anywhere in an index", "flips", 10_000),
    "crowd": Torture("publishing under 100 clients", "crowd", 50),
    "model": Torture("random operations against a model", "model", 10_000),
    "queries": Torture("fuzzed queries over HTTP", "queries", 100_000),
    "slow": Torture("slow clients, and one that is not", "slow", 300),
    "hour": Torture("mixed load and imports, for so many seconds", "hour", 3_600),
}


def _run(name: str, times: int, within: Path | None, *, keep: bool) -> Outcome | None:
    """Run one in a folder that stays if anything was wrong, or to `keep` it; None where it cannot run."""
    folder = Path(tempfile.mkdtemp(prefix=f"torture-{name}-", dir=within))
    torture = TORTURES[name]
    started = time.monotonic()
    try:
        outcome = torture.load()(times, folder, lambda line: print(f"  {line}", flush=True))
    except CannotRun as reason:
        print(f"{name}: cannot run here: {reason}", flush=True)
        shutil.rmtree(folder)
        return None
    seconds = time.monotonic() - started
    figures = "".join(f"; {what} {value}" for what, value in outcome.figures.items())
    print(f"{name}: {outcome.times:,} times in {seconds:,.0f} s{figures}", flush=True)
    for line in outcome.wrong:
        print(f"  WRONG: {line}", flush=True)
    if outcome.wrong or keep:
        print(f"  kept: {folder}", flush=True)
    else:
        shutil.rmtree(folder)
    return outcome


def main(arguments: Sequence[str] | None = None) -> int:
    """Run those that are asked for; 1 where anything was wrong."""
    parser = argparse.ArgumentParser(prog="python -m tests.torture", description=__doc__)
    parser.add_argument("--only", nargs="+", choices=TORTURES, default=list(TORTURES))
    parser.add_argument("--times", type=int, default=None, help="how often, instead of the full reach")
    parser.add_argument("--folder", type=Path, default=None, help="where to make its archives")
    parser.add_argument("--keep", action="store_true", help="keep what it made, though all was well")
    options = parser.parse_args(arguments)
    wrong = False
    for name in options.only:
        print(f"{name}: {TORTURES[name].does}", flush=True)
        times = TORTURES[name].reach if options.times is None else options.times
        outcome = _run(name, times, options.folder, keep=options.keep)
        wrong = wrong or bool(outcome and outcome.wrong)
    return int(wrong)


if __name__ == "__main__":
    sys.exit(main())
