"""What many searches need of a generation, made before the first of them."""

from __future__ import annotations

from typing import Final

from search.deadline import Deadline
from search.engines.whoosh.answering.completion import complete
from search.engines.whoosh.answering.evaluation import answer
from search.engines.whoosh.publishing.snapshot import Snapshot
from search.query.parser import parse
from search.request import SearchRequest

_NO_WORD: Final = "qzxjqv"
"""For which words like it are looked for among all there are."""

_SECONDS: Final = 60.0


def warm(snapshot: Snapshot) -> None:
    """Have at hand what the start page, misspelt words and completions take: half a second's work."""
    for request in (SearchRequest(), SearchRequest(parse(_NO_WORD))):
        answer(request, snapshot, Deadline(_SECONDS))
    complete(snapshot.columns, snapshot.segments, "a", 1)
