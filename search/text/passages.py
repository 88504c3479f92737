"""Which passages of a text to show, and where to cut them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from search.text.folding import MARKS
from search.text.phrases import Occurrence

LENGTH = 220
"""About how many characters a passage has."""
MAX_LENGTH = 240
_LEAD = 90
"""How far before the first word a passage may begin, to begin with a sentence."""
_WEIGHED = 5_000
"""Occurrences weighed against each other, the first of a text: what is best is among them."""

_SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]]*\s+|\s*\n\s*|[。\uff01\uff1f]")
_SPACE = re.compile(r"\s")
_MARK = re.compile(rf"[{MARKS}]")


class Passage(NamedTuple):
    """The characters from `start` to before `end`."""

    start: int
    end: int


def best_passages(
    text: str, occurrences: Sequence[Occurrence], phrases: frozenset[int], most: int
) -> list[Passage]:
    """At most so many passages, best first, that do not overlap.

    A passage is better when it has more of the query's terms, those first that no passage before it
    has; phrases count double; then by how often they occur; then the earlier one.
    """
    weighed = occurrences[:_WEIGHED]
    chosen: list[Passage] = []
    shown: set[int] = set()
    while len(chosen) < most:
        window = _best_window(weighed, phrases, shown, chosen)
        if window is None:
            break
        first, last = window
        shown.update(occurrence.term for occurrence in weighed[first : last + 1])
        chosen.append(_cut(text, weighed[first].start, weighed[last].end, chosen))
    return chosen


def beginning(text: str) -> Passage | None:
    """The first passage of a text; None where it is blank."""
    start = len(text) - len(text.lstrip())
    return Passage(start, _end(text, start, start, len(text))) if start < len(text) else None


def _best_window(
    occurrences: Sequence[Occurrence], phrases: frozenset[int], shown: set[int], chosen: list[Passage]
) -> tuple[int, int] | None:
    """The first and last of the occurrences that go best into one passage, outside those chosen."""
    best: tuple[int, int] | None = None
    best_score = -1
    inside: defaultdict[int, int] = defaultdict(int)
    score = 0

    def weight(term: int) -> int:
        return (100 if term in phrases else 50) * (3 if term not in shown else 1)

    last = -1
    for first, occurrence in enumerate(occurrences):
        if last < first:
            last = first
            inside[occurrence.term] += 1
            score += weight(occurrence.term)
        while last + 1 < len(occurrences) and occurrences[last + 1].end - occurrence.start <= LENGTH:
            last += 1
            following = occurrences[last].term
            score += 1 if inside[following] else weight(following)
            inside[following] += 1
        # Counted at most 40 times, so that no repetition outweighs another word.
        value = score - max(0, last + 1 - first - len(inside) - 40)
        if value > best_score and not _overlaps(occurrence.start, occurrences[last].end, chosen):
            best, best_score = (first, last), value
        inside[occurrence.term] -= 1
        score -= 1 if inside[occurrence.term] else weight(occurrence.term)
        if not inside[occurrence.term]:
            del inside[occurrence.term]
    return best


def _overlaps(start: int, end: int, chosen: list[Passage]) -> bool:
    return any(start < passage.end and passage.start < end for passage in chosen)


def _cut(text: str, first: int, last: int, chosen: list[Passage]) -> Passage:
    """A passage around the characters from `first` to `last`, apart from those chosen before."""
    floor = max((passage.end for passage in chosen if passage.end <= first), default=0)
    ceiling = min((passage.start for passage in chosen if passage.start >= last), default=len(text))
    # Never so early that the last of the words would be cut in two.
    start = _start(text, first, max(floor, min(first, max(first - _LEAD, last - MAX_LENGTH))))
    if ceiling - start < LENGTH:
        # At the end of a text there is room before the words instead.
        room = max(floor, min(start, ceiling - LENGTH))
        start = _after_space(text, room, start) if 0 < room < start else room
    start += len(text[start:first]) - len(text[start:first].lstrip())
    end = _end(text, start, last, ceiling)
    return Passage(start, max(end, min(last, start + MAX_LENGTH)))


def _start(text: str, first: int, lowest: int) -> int:
    """Where to begin: with the sentence, if it begins near enough, else with a word."""
    sentences = [match.end() for match in _SENTENCE_END.finditer(text, lowest, first)]
    if sentences:
        return sentences[-1]
    if lowest == 0:
        return len(text[:first]) - len(text[:first].lstrip())
    return _after_space(text, max(lowest, first - _LEAD // 2), first)


def _after_space(text: str, start: int, limit: int) -> int:
    """The beginning of the next word; in a script without spaces, of the next character."""
    if space := _SPACE.search(text, max(start - 1, 0), limit):
        start = space.end()
    while start < limit and (text[start].isspace() or _MARK.match(text[start])):
        start += 1
    return start


def _end(text: str, start: int, last: int, ceiling: int) -> int:
    """Where to stop: before the ceiling, after a sentence if one ends late enough, else after a word."""
    if ceiling - start <= MAX_LENGTH:
        return start + len(text[start:ceiling].rstrip())
    limit = start + MAX_LENGTH
    enough = max(last, start + LENGTH * 2 // 3)
    sentence = _SENTENCE_END.search(text, min(enough, limit), limit)
    if sentence:
        return start + len(text[start : sentence.end()].rstrip())
    spaces = [match.start() for match in _SPACE.finditer(text, min(enough, limit), limit + 1)]
    end = spaces[-1] if spaces else limit
    if not spaces:
        # Not between a letter and its marks, of which no script has many.
        end = next((at for at in range(limit, limit - 16, -1) if not _MARK.match(text[at])), limit)
    return start + len(text[start:end].rstrip())
