"""Operators that combine others: any, all, but not, and what leaves or replaces scores."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from search.deadline import DeadlinePassed
from search.engines.whoosh.evaluating.hits import (
    NOTHING,
    Documents,
    Hits,
    any_of,
    both,
    constant,
    without,
)
from search.engines.whoosh.evaluating.operators.operator import Operator
from search.engines.whoosh.evaluating.run import Run


class Nothing(Operator):
    """No document at all."""

    __slots__ = ()

    def __init__(self) -> None:
        self.size = 0

    def hits(self, within: Documents | None = None) -> Hits:  # noqa: ARG002 (of an operator)
        """None."""
        return NOTHING


class Any(Operator):
    """The documents of any operator, scored by the sum or, with `highest`, by the best.

    Where the deadline passes, it has what it found until then.
    """

    __slots__ = ("_highest", "_operators", "_run")

    def __init__(self, run: Run, operators: Sequence[Operator], *, highest: bool = False) -> None:
        self._run = run
        self._operators = operators
        self._highest = highest
        self.size = sum(operator.size for operator in operators)

    def hits(self, within: Documents | None = None) -> Hits:
        """Everything that any of them finds."""
        return any_of(self.parts(within), self._run.numbering.documents)

    def parts(self, within: Documents | None = None) -> list[Hits]:
        """What each of them finds."""
        several: list[Hits] = []
        try:
            for operator in self._operators:
                several += [operator.hits(within)] if self._highest else operator.parts(within)
        except DeadlinePassed:
            pass
        return [any_of(several, self._run.numbering.documents, highest=True)] if self._highest else several


class All(Operator):
    """The documents of all operators, scored by the sum.

    The one with the fewest documents goes first, and the others look only at what is left. The order is the
    same for all documents, so that equal ones get equal scores, whatever sums of fractions do.
    """

    __slots__ = ("_operators", "_run")

    def __init__(self, run: Run, operators: Sequence[Operator]) -> None:
        self._run = run
        self._operators = sorted(operators, key=lambda operator: operator.size)
        self.size = self._operators[0].size

    def hits(self, within: Documents | None = None) -> Hits:
        """What all of them find."""
        found = self._operators[0].hits(within)
        for operator in self._operators[1:]:
            if not len(found):
                return NOTHING
            more = operator.hits(found.documents)
            found = both(found, more, self._run.numbering.documents)
        return found


class But(Operator):
    """The documents of one operator that another does not find."""

    __slots__ = ("_excluded", "_found", "_run")

    def __init__(self, run: Run, found: Operator, excluded: Operator) -> None:
        self._run = run
        self._found = found
        self._excluded = excluded
        self.size = found.size

    def hits(self, within: Documents | None = None) -> Hits:
        """What is left."""
        found = self._found.hits(within)
        if not len(found):
            return NOTHING
        excluded = self._excluded.hits(found.documents)
        # What ended early may not have excluded everything.
        self._run.deadline.check()
        return without(found, excluded.documents, self._run.numbering.documents)


class Maybe(Operator):
    """The documents of one operator; those that another finds too score the sum."""

    __slots__ = ("_found", "_more", "_run")

    def __init__(self, run: Run, found: Operator, more: Operator) -> None:
        self._run = run
        self._found = found
        self._more = more
        self.size = found.size

    def hits(self, within: Documents | None = None) -> Hits:
        """All documents of the first."""
        found = self._found.hits(within)
        if not len(found):
            return NOTHING
        more = self._more.hits(found.documents)
        return any_of([found, more], self._run.numbering.documents)


class Scored(Operator):
    """The documents of an operator with another score: one for all, or `times` their own."""

    __slots__ = ("_operator", "_score", "_times")

    def __init__(self, operator: Operator, *, score: float = 0.0, times: float = 0.0) -> None:
        self._operator = operator
        self._score, self._times = score, times
        self.size = operator.size

    def hits(self, within: Documents | None = None) -> Hits:
        """The same documents."""
        found = self._operator.hits(within)
        if self._times:
            return Hits(found.documents, found.scores * np.float32(self._times))
        return constant(found.documents, self._score)
