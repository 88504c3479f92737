"""The postings of one term, as Whoosh goes through them: one document after the other."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from copy import copy
from functools import cached_property
from typing import Any, Final, overload

from whoosh.formats import Existence
from whoosh.formats import Positions as PositionsFormat
from whoosh.matching import ListMatcher
from whoosh.reading import TermInfo

from search.engines.whoosh.arrays import Ints
from search.engines.whoosh.segment.field import Positions

_POSITIONS: Final = PositionsFormat()


class PostingList(ListMatcher):
    """Documents in a list, with their weights and, in a field that has them, positions.

    Whoosh's own looks for a document, and for the highest weight, one posting after the other, and keeps
    positions as a pickle. All postings count as one block here, too: where that is not good enough, they are
    passed over at once.
    """

    def __init__(
        self,
        term: tuple[str, bytes],
        documents: Ints,
        frequencies: Ints,
        *,
        positions: EncodedPositions | None,
        described: TermInfo,
        scorer: Any,
    ) -> None:
        ListMatcher.__init__(
            self,
            documents.tolist(),
            weights=frequencies.astype(float).tolist(),
            values=positions,
            format=Existence() if positions is None else _POSITIONS,
            scorer=scorer,
            term=term,
            terminfo=described,
        )

    def copy(self) -> PostingList:
        """One that goes on from here on its own."""
        return copy(self)

    def skip_to(self, id: int) -> None:
        """Go on to the first document that is not before this one."""
        self._i = bisect_left(self._ids, id, self._i)

    def skip_to_quality(self, minquality: float) -> int:
        """Go on to what may score more than this: here, or nowhere."""
        if ListMatcher.block_quality(self) <= minquality:
            self._i = len(self._ids)
        return 0

    def block_max_weight(self) -> float:
        """The highest weight of all."""
        return float(self._terminfo.max_weight())

    def value_as(self, astype: str) -> Any:
        """The positions in the document it is at, or what else its format is asked for."""
        if astype == "positions" and self._values is not None:
            return self._values.positions(self._i)
        return ListMatcher.value_as(self, astype)


class EncodedPositions(Sequence[bytes]):
    """Where a term stands in each of so many documents, as Whoosh writes it.

    All of them are decoded when somebody asks for the first, each is encoded when somebody asks for it.
    """

    def __init__(self, count: int, decode: Callable[[], Positions]) -> None:
        self._count = count
        self._decode = decode

    @cached_property
    def _decoded(self) -> Positions:
        return self._decode()

    def positions(self, posting: int) -> list[int]:
        """Where the term stands in one of the documents, ascending."""
        starts, places = self._decoded.starts, self._decoded.places
        found: list[int] = places[int(starts[posting]) : int(starts[posting + 1])].tolist()
        return found

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, posting: int) -> bytes: ...

    @overload
    def __getitem__(self, posting: slice) -> list[bytes]: ...

    def __getitem__(self, posting: int | slice) -> bytes | list[bytes]:
        if isinstance(posting, slice):
            return [self[each] for each in range(*posting.indices(self._count))]
        if posting >= self._count:  # which ends a loop
            raise IndexError(posting)
        encoded: bytes = _POSITIONS.encode(self.positions(posting))
        return encoded
