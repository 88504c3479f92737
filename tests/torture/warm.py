"""A process that has the whole command imported, and forks runs of it: a run begins where its work begins.

Python takes most of a second to start and to load what an import needs, and a third of one to tidy up at the
end. A run that is killed in there tells nothing, and thousands of runs would wait for it. So a helper process
loads everything once and imports something, as what SQLAlchemy has to find out at first takes it longer than
a small import. Each run is a fork of it, which calls the very `main` of the command.
"""

from __future__ import annotations

import atexit
import gc
import importlib
import json
import os
import pickle
import select
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, Self, TypeAlias, TypeVar

from indexer.cli import main
from tests.torture.outcome import CannotRun

_NEEDED = ("indexer.commands.reindex", "indexer.commands.runs", "indexer.preloaded")
_Result = TypeVar("_Result")


@dataclass(frozen=True, slots=True)
class Ended:
    """How a run ended: its exit code, or minus the signal that ended it; what it said; how long it took."""

    code: int
    said: str
    seconds: float

    @property
    def misbehaviour(self) -> str:
        """What is wrong with how it failed; it must end with 1, saying why in one line, `blogsearch: …`."""
        lines = [line for line in self.said.splitlines() if line]
        if (
            self.code == 1
            and "Traceback" not in self.said
            and lines[-1:]
            and lines[-1].startswith("blogsearch: ")
        ):
            return ""
        return f"it ended with {self.code} and said {self.said.strip()[-600:]!r}"


class Warm:
    """The helper process. `call` runs any function of a module in it, one at a time."""

    def __enter__(self) -> Self:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.torture.warm"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.communicate()

    def call(self, function: Callable[..., _Result], *arguments: object) -> _Result:
        """What the function returns there. Raises `CannotRun` as it does, and `EOFError` where it fails."""
        asking, answering = self._process.stdin, self._process.stdout
        assert asking is not None
        assert answering is not None
        pickle.dump((function, arguments), asking)
        asking.flush()
        result: _Result | CannotRun = pickle.load(answering)  # noqa: S301 - from a process of ours
        if isinstance(result, CannotRun):
            raise result
        return result

    def run(self, *arguments: str | Path, kill_after: float | None = None) -> Ended:
        """Run `blogsearch` with these arguments; with kill -9 after so many seconds, if it runs that long."""
        return self.call(run, [str(each) for each in arguments], kill_after)


Begin: TypeAlias = Callable[[], AbstractContextManager[Warm]]
"""Begins a helper process, or lends one."""


def run(arguments: Sequence[str], kill_after: float | None) -> Ended:
    """In the warm process: see `Warm.run`."""
    started = time.monotonic()
    with open_output() as output:
        process = begin(arguments, output)
        if kill_after is not None:
            running = os.pidfd_open(process)
            select.select([running], [], [], kill_after)
            os.close(running)
            os.kill(process, signal.SIGKILL)  # one that has ended waits for us, so it is no other process
        _, status = os.waitpid(process, 0)
        return ended(output, status, started)


def open_output() -> BinaryIO:
    """A file without a name for what a run says; it is in no folder that is looked at."""
    return os.fdopen(os.memfd_create("output"), "r+b")


def ended(output: BinaryIO, status: int, started: float) -> Ended:
    """How the run ended that wrote to this file."""
    output.seek(0)
    said = output.read().decode("utf-8", "replace")
    return Ended(os.waitstatus_to_exitcode(status), said, time.monotonic() - started)


def begin(arguments: Sequence[str], output: BinaryIO, first: Callable[[], None] = lambda: None) -> int:
    """Fork a run that says everything to `output`, and does something `first`; returns its process."""
    return _forked(partial(_command, arguments), output, first)


def begin_function(
    function: Callable[[Path], None], folder: Path, output: BinaryIO, first: Callable[[], None]
) -> int:
    """The same of a function, in the place of the command."""
    return _forked(partial(function, folder), output, first)


def _forked(work: Callable[[], None], output: BinaryIO, first: Callable[[], None]) -> int:
    process = os.fork()
    if process:
        return process
    with open(os.devnull, "rb") as nothing:  # noqa: PTH123 - not a path
        os.dup2(nothing.fileno(), 0)
    os.dup2(output.fileno(), 1)
    os.dup2(output.fileno(), 2)
    first()
    code = 0
    try:
        work()
    except SystemExit as ending:
        code = ending.code if isinstance(ending.code, int) else 1
    atexit._run_exitfuncs()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


def _command(arguments: Sequence[str]) -> None:
    sys.argv = ["blogsearch", *arguments]
    main()


def _rehearse(folder: Path) -> None:
    """Import a post, and then another text of it."""
    feed = folder / "feed.json"
    for text in ("Rehearsed", "Rehearsed again"):
        items = [{"id": "1", "url": "https://warm.example/1", "title": text, "content_text": text}]
        written = {"version": "https://jsonfeed.org/version/1.1", "title": "Warm", "items": items}
        feed.write_text(json.dumps(written), encoding="utf-8")
        with suppress(SystemExit):
            _command(["reindex", "--quiet", "--jobs", "1", "--data", str(folder / "data"), str(feed)])


def _serve() -> None:
    for module in _NEEDED:
        importlib.import_module(module)
    with tempfile.TemporaryDirectory(prefix="warm-") as folder:
        _rehearse(Path(folder))
    gc.collect()
    gc.freeze()  # or each fork would have its own copy of everything as soon as it looks for garbage
    answers = os.fdopen(os.dup(1), "wb")
    while True:
        try:
            function, arguments = pickle.load(sys.stdin.buffer)  # noqa: S301 - whoever began us sends it
        except EOFError:
            return
        result: Any
        try:
            result = function(*arguments)
        except CannotRun as reason:
            result = reason
        pickle.dump(result, answers)
        answers.flush()


if __name__ == "__main__":
    _serve()
