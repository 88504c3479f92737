"""What is said to a reader, as data: so that whoever shows it can say it in the reader's language."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence with what stands in it.

    `text` is English with named places, `There is no field '%(name)s'.`, and the key of the sentence in
    catalogues of other languages; a % of its own is doubled. As a string it is the English sentence.
    """

    text: str
    values: tuple[tuple[str, str | int], ...] = ()

    def __str__(self) -> str:
        return self.text % {
            name: f"{value:,}" if isinstance(value, int) else value for name, value in self.values
        }


def message(text: str, /, **values: str | int) -> Message:
    """A sentence: what marks it for the catalogue."""
    return Message(text, tuple(values.items()))
