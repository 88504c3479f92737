"""How far a long import has come: a bar on a terminal, one line per step elsewhere, or nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol, TextIO

import click
from rich.console import Console
from rich.filesize import decimal
from rich.progress import BarColumn, ProgressColumn, Task, TaskID, TextColumn, TimeRemainingColumn
from rich.progress import Progress as RichProgress
from rich.text import Text

from search.text.inert import printable


class Steps(Protocol):
    """Told of each step of an import, in order, by one thread."""

    def reading(self, name: str, total: int) -> None:
        """A source of `total` bytes is now being read."""
        ...

    def read(self, done: int) -> None:
        """So many bytes of it are read."""
        ...

    def indexing(self, done: int, total: int, /) -> None:
        """`done` of `total` posts are in the new generation, or in an export."""
        ...


class NoSteps:
    """Says nothing."""

    def reading(self, name: str, total: int) -> None:
        """Say nothing."""

    def read(self, done: int) -> None:
        """Say nothing."""

    def indexing(self, done: int, total: int) -> None:
        """Say nothing."""


class StepLines:
    """One line for each step, for logs. `doing` is what is done with posts."""

    def __init__(self, stream: TextIO, doing: str = "indexing") -> None:
        self._stream = stream
        self._doing = doing
        self._indexing = False

    def reading(self, name: str, total: int) -> None:
        """Name the source and its size."""
        click.echo(f"reading {printable(name)} ({decimal(total)})", file=self._stream)

    def read(self, done: int) -> None:
        """Say nothing: bytes are no step."""

    def indexing(self, _done: int, total: int, /) -> None:
        """Say once how many posts there are."""
        if not self._indexing:
            self._indexing = True
            click.echo(f"{self._doing} {total:,} {'post' if total == 1 else 'posts'}", file=self._stream)


class _Amount(ProgressColumn):
    """How much of how much is done, and how much a second: bytes, or posts where the task says so."""

    def render(self, task: Task) -> Text:
        """The column for one task."""

        unit = " posts" if task.fields["posts"] else ""

        def show(number: float) -> str:
            return f"{int(number):,}" if unit else decimal(int(number))

        rate = f", {show(task.speed)}/s" if task.speed else ""
        return Text(f"{show(task.completed)} of {show(task.total or 0)}{unit}{rate}", no_wrap=True)


class StepBars:
    """A bar for each step, with a rate and the time left. `doing` is what is done with posts."""

    def __init__(self, bars: RichProgress, doing: str = "indexing") -> None:
        self._bars = bars
        self._doing = doing
        self._reading: TaskID | None = None
        self._indexing: TaskID | None = None

    def reading(self, name: str, total: int) -> None:
        """Begin a bar for the source."""
        self._reading = self._bars.add_task(f"reading {printable(name)}", total=total, posts=False)

    def read(self, done: int) -> None:
        """Move the bar of the source."""
        if self._reading is not None:
            self._bars.update(self._reading, completed=done)

    def indexing(self, done: int, total: int) -> None:
        """Move the bar of the posts."""
        if self._indexing is None:
            self._indexing = self._bars.add_task(self._doing, total=total, posts=True)
        self._bars.update(self._indexing, completed=done, total=total)


@contextmanager
def steps_on(stream: TextIO, *, quiet: bool = False, doing: str = "indexing") -> Iterator[Steps]:
    """The progress that suits the stream: bars where a person looks at it. `doing` is said of posts."""
    if quiet:
        yield NoSteps()
    elif stream.isatty():
        description = TextColumn("{task.description}", markup=False)
        columns = (description, BarColumn(20), _Amount(), TimeRemainingColumn())
        with RichProgress(*columns, console=Console(file=stream), transient=True) as bars:
            yield StepBars(bars, doing)
    else:
        yield StepLines(stream, doing)
