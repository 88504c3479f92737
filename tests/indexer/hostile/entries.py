"""What is put into an export to be tried, and how a format writes it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Entry:
    """A post, or a comment where a format has only these; `number` is that of the entry, from 1."""

    body: str = "<p>Low water.</p>"
    date: str = "2012-03-04 08:00:00"
    tags: tuple[str, ...] = ()
    number: int = 1

    @property
    def title(self) -> str:
        """A title that no other entry has."""
        return f"Tide {self.number}"


Write = Callable[[Sequence[Entry]], str]


@dataclass(frozen=True, slots=True)
class Export:
    """How a format writes entries: its file's path, the text of it, and what has to lie beside it.

    `many` is whether a file holds more than one entry, `tagged` and `dated` whether it says these.
    """

    path: str
    write: Write
    beside: Mapping[str, str] = field(default_factory=dict)
    many: bool = True
    tagged: bool = True
    dated: bool = True
    comments: bool = False

    def of(self, *entries: Entry) -> bytes:
        """The file with these entries, numbered in order."""
        return self.write(entries).encode()


def numbered(amount: int) -> tuple[Entry, ...]:
    """So many different entries."""
    return tuple(
        Entry(f"<p>Low water number {number}.</p>", number=number) for number in range(1, amount + 1)
    )
