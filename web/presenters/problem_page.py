"""What a kind of problem means, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass

from web.language.voice import gettext
from web.problems import Kind


@dataclass(frozen=True, slots=True)
class ProblemView:
    """A kind of problem in words; `status` is the number that it is answered with."""

    name: str
    status: int
    title: str
    meaning: str
    remedy: str


def problem_view(kind: Kind) -> ProblemView:
    """The page of a kind of problem."""
    return ProblemView(
        name=kind.name,
        status=kind.status.value,
        title=gettext(kind.title),
        meaning=gettext(kind.meaning),
        remedy=gettext(kind.remedy),
    )
