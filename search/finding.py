"""What a request finds: with all of its words or, where that is nothing, with any of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from search.message import Message, message
from search.query.relax import relax
from search.request import MatchMode, SearchRequest
from search.results import Matches

SOME_WORDS = message("No post has all of these words. These have some of them.")


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found, and which of the words it was asked to have.

    `first` is what came of the words as the request joins them: where that is nothing, it may have a
    correction.
    """

    matches: Matches
    match: MatchMode
    warnings: tuple[Message, ...]
    first: Matches


def find(request: SearchRequest, search: Callable[[SearchRequest], Matches]) -> Finding:
    """Search for all of the words, then for any; a request for any word is searched for as that."""
    match, warnings = request.match, request.query.warnings
    matches = first = search(_with_match(request, match))
    if not matches.total and match is MatchMode.ALL:
        relaxed = _with_match(request, MatchMode.ANY)
        if relaxed.query != request.query:
            found = search(relaxed)
            if found.total:
                matches, match, warnings = found, MatchMode.ANY, (*warnings, SOME_WORDS)
            elif found.partial:  # there may be some
                matches = replace(matches, partial=True)
    return Finding(matches, match, warnings, first)


def _with_match(request: SearchRequest, match: MatchMode) -> SearchRequest:
    if match is MatchMode.ALL:
        return request
    return replace(request, match=match, query=replace(request.query, node=relax(request.query.node)))
