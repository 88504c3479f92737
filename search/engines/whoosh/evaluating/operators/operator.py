"""What a query becomes: an operator, which finds documents."""

from __future__ import annotations

from abc import ABC, abstractmethod

from search.deadline import DeadlinePassed
from search.engines.whoosh.evaluating.hits import Documents, Hits, constant
from search.engines.whoosh.evaluating.run import Run


class Operator(ABC):
    """Finds documents, by their numbers in all segments. `size` is at most about how many: the smallest is
    asked first.
    """

    __slots__ = ("size",)

    size: int

    @abstractmethod
    def hits(self, within: Documents | None = None) -> Hits:
        """The documents that match; only those in `within`, which ascend, where it is given.

        Raises `DeadlinePassed`.
        """

    def parts(self, within: Documents | None = None) -> list[Hits]:
        """The same as several lists, which may share documents: these score the sum."""
        return [self.hits(within)]


class BySegment(Operator):
    """Looks at one segment after the other. All that it finds scores the same.

    Where the deadline passes, it has what it found in the segments before.
    """

    __slots__ = ("_run", "_score")

    def __init__(self, run: Run, score: float) -> None:
        self._run = run
        self._score = score

    def hits(self, within: Documents | None = None) -> Hits:
        """What it finds in each segment."""
        segments = range(len(self._run.segments))
        parts = [None for _ in segments] if within is None else self._run.numbering.split(within)
        found = []
        try:
            for segment in segments:
                self._run.deadline.check()
                found.append(self.documents(segment, parts[segment]))
        except DeadlinePassed:
            if not found:
                raise
        return constant(self._run.numbering.joined(found), self._score)

    @abstractmethod
    def documents(self, segment: int, within: Documents | None) -> Documents:
        """The documents of a segment, by their numbers there."""
