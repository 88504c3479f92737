"""`python -m benchmarks.stages COMMAND...`: how busy each process of an import is, and what memory all take.

For example `python -m benchmarks.stages blogsearch reindex --data DIR EXPORT`. A stage begins with a line
that the command writes to its standard error. A process is busy while it runs and while it waits for a core
that another has, so that the figures are the same beside other work. Linux only.
"""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.measure import family

_GLANCES = 0.2
"""Seconds between looks."""


@dataclass(slots=True)
class Seen:
    """Of one process in one stage: seconds that it ran, that it waited for a core, and its most bytes."""

    ran: float = 0.0
    waited: float = 0.0
    most: int = 0


@dataclass(slots=True)
class Stage:
    """What was seen while one stage lasted; `most` is the memory of all processes together."""

    name: str
    began: float
    ended: float
    processes: defaultdict[int, Seen] = field(default_factory=lambda: defaultdict(Seen))
    most: int = 0

    def lines(self, numbers: Mapping[int, int]) -> list[str]:
        """What was seen, for people."""
        seconds = max(self.ended - self.began, _GLANCES)
        seen = [(numbers[process], self.processes[process]) for process in sorted(self.processes)]
        ran = sum(each.ran for _, each in seen)
        cores = sum(each.ran + each.waited for _, each in seen) / seconds
        told = f"{self.name}: {seconds:.1f} s, of them {ran:.1f} s of a core"
        rows = [f"{told}; busy with {cores:.2f} cores' work; {self.most / 1e6:.0f} MB at most"]
        for number, each in seen:
            share = (each.ran + each.waited) / seconds
            rows.append(f"    process {number}: busy {share:.0%}, {each.most / 1e6:.0f} MB at most")
        return rows


class Watcher:
    """Looks at a process and all that it started, again and again; `begin` starts another stage."""

    def __init__(self, process: int) -> None:
        now = time.perf_counter()
        self.stages = [Stage("starting", now, now)]
        self.numbers: dict[int, int] = {}
        self._process = process
        self._used: dict[Path, tuple[float, float]] = {}
        self._looking = threading.Lock()

    def begin(self, name: str) -> None:
        """From now on what is seen belongs to a stage of this name."""
        self.look()
        now = time.perf_counter()
        self.stages.append(Stage(name, now, now))

    def look(self) -> None:
        """Note what each process used since the last look, and what it holds."""
        with self._looking:
            stage, together = self.stages[-1], 0
            stage.ended = time.perf_counter()
            for process in family(self._process):
                self.numbers.setdefault(process, len(self.numbers))
                seen = stage.processes[process]
                self._add_use(process, seen)
                held = anonymous(process)
                seen.most = max(seen.most, held)
                together += held
            stage.most = max(stage.most, together)

    def _add_use(self, process: int, seen: Seen) -> None:
        """Add what its threads used since the last look."""
        for thread in Path(f"/proc/{process}/task").glob("*"):
            with suppress(FileNotFoundError, ProcessLookupError):
                ran, waited, _ = (
                    int(each) / 1e9 for each in (thread / "schedstat").read_text("ascii").split()
                )
                before = self._used.get(thread, (0.0, 0.0))
                seen.ran += ran - before[0]
                seen.waited += waited - before[1]
                self._used[thread] = ran, waited


def anonymous(process: int) -> int:
    """Bytes of it that no file backs; of what several processes share, each has its part."""
    with suppress(FileNotFoundError, ProcessLookupError):
        told = Path(f"/proc/{process}/smaps_rollup").read_text("ascii")
        return 1024 * sum(int(line.split()[1]) for line in told.splitlines() if line.startswith("Pss_Anon:"))
    return 0


def watch(command: Sequence[str]) -> Watcher:
    """Run a command to its end and tell what was seen; raises `CalledProcessError` when it fails."""
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        watcher = Watcher(process.pid)
        follower = threading.Thread(target=_follow, args=(process, watcher), daemon=True)
        follower.start()
        while process.poll() is None:
            watcher.look()
            time.sleep(_GLANCES)
        follower.join()
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return watcher


def _follow(process: subprocess.Popen[str], watcher: Watcher) -> None:
    assert process.stderr is not None  # noqa: S101 - a pipe was asked for
    for line in process.stderr:
        watcher.begin(line.strip())


def main() -> None:
    """Watch the command that is given, and print what was seen."""
    watcher = watch(sys.argv[1:])
    for stage in watcher.stages:
        print("\n".join(stage.lines(watcher.numbers)))
    print(f"altogether {watcher.stages[-1].ended - watcher.stages[0].began:.1f} s")


if __name__ == "__main__":
    main()
