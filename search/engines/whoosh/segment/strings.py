"""Many strings as two arrays: their UTF-8 one after the other, and where each begins."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Self, overload

import numpy as np
from numpy.typing import NDArray

from search.engines.whoosh.arrays import Ints
from search.engines.whoosh.segment.array_file import ArrayFile
from search.engines.whoosh.segment.spans import edges, sizes, spans


class Strings(Sequence[str]):
    """A sequence of strings that are decoded one by one, as they are asked for."""

    def __init__(self, text: NDArray[np.uint8], starts: NDArray[np.unsignedinteger[Any]]) -> None:
        self._text = text
        self._starts = starts

    @classmethod
    def of(cls, strings: Iterable[str]) -> Self:
        """Lay out strings."""
        encoded = [string.encode("utf-8", "surrogatepass") for string in strings]
        starts = np.zeros(len(encoded) + 1, np.uint32)
        np.cumsum([len(each) for each in encoded], out=starts[1:])
        return cls(np.frombuffer(b"".join(encoded), np.uint8), starts)

    @classmethod
    def read(cls, file: ArrayFile, name: str, count: int | None = None) -> Self:
        """The strings that `arrays` named so; raises `ValueError` where they are not there."""
        starts = file.array(f"{name}.starts", "u", count=None if count is None else count + 1)
        if not len(starts):
            raise ValueError(f"{file.path}: {name!r} has no end")
        return cls(file.array(f"{name}.text", "u"), starts)

    def arrays(self, name: str) -> dict[str, NDArray[Any]]:
        """What `read` reads, to be written into a file."""
        return {f"{name}.text": self._text, f"{name}.starts": self._starts}

    @classmethod
    def joined(cls, parts: Sequence[Strings]) -> Self:
        """All strings of several, in order."""
        texts = [part._text[: int(part._starts[-1])] for part in parts]
        starts = edges(np.concatenate([np.zeros(0, np.int64), *(part._lengths() for part in parts)]))
        return cls(np.concatenate([np.zeros(0, np.uint8), *texts]), starts.astype(np.uint32))

    def take(self, numbers: Ints) -> Self:
        """Those of these numbers, in this order; raises `ValueError` where their places cannot be."""
        lengths = self._lengths()[numbers]
        text = self._text[spans(self._starts[numbers], lengths)]
        return type(self)(text, edges(lengths).astype(np.uint32))

    def _lengths(self) -> NDArray[np.int64]:
        """How many bytes each string has; raises `ValueError` where one ends before it begins."""
        lengths = sizes(self._starts)
        if len(lengths) and (lengths.min() < 0 or int(self._starts[-1]) > len(self._text)):
            raise ValueError("strings do not lie where they should")
        return lengths

    def __len__(self) -> int:
        return len(self._starts) - 1

    @overload
    def __getitem__(self, number: int) -> str: ...

    @overload
    def __getitem__(self, number: slice) -> Sequence[str]: ...

    def __getitem__(self, number: int | slice) -> str | Sequence[str]:
        if isinstance(number, slice):
            return [self[each] for each in range(*number.indices(len(self)))]
        if not -len(self) <= number < len(self):
            raise IndexError(number)
        number %= len(self)
        start, end = int(self._starts[number]), int(self._starts[number + 1])
        return self._text[start:end].tobytes().decode("utf-8", "replace")

    def __iter__(self) -> Iterator[str]:
        """All of them, read at once."""
        text, starts = self._text.tobytes(), self._starts.tolist()
        for number in range(len(self)):
            yield text[starts[number] : starts[number + 1]].decode("utf-8", "replace")
