"""What a query becomes: an operator, which finds documents in one segment after the other."""

from __future__ import annotations

from abc import ABC, abstractmethod

from search.engines.whoosh.evaluating.hits import Documents, Hits


class Operator(ABC):
    """Finds documents. `size` is at most about how many in all segments: the smallest is asked first."""

    __slots__ = ("size",)

    size: int

    @abstractmethod
    def hits(self, segment: int, within: Documents | None = None) -> Hits:
        """The documents of a segment that match; only those in `within`, which ascend, where it is given.

        Raises `DeadlinePassed`.
        """
