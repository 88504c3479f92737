"""Which passages of a text to show, and where to cut them."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from typing import NamedTuple

from search.text.folding import MARKS
from search.text.phrases import Occurrence

LENGTH = 220
"""About how many characters a passage has."""
MAX_LENGTH = 240
REPEATED = 40
"""So many more occurrences than terms count in a passage."""
_LEAD = 90
"""How far before the first word a passage may begin, to begin with a sentence."""
_WEIGHED = 5_000
"""Occurrences weighed against each other, the first of a text: what is best is among them."""

_SENTENCE_END = re.compile(
    r"[.!?…\n。\uff01\uff1f](?:(?<=\n)\s*|(?<=[。\uff01\uff1f])|(?<=[.!?…])[\"'”’)\]]*\s+)"
)  # begins with one set of characters, which is quick to look for
_SPACE = re.compile(r"\s")
_MARK = re.compile(rf"[{MARKS}]")


class Passage(NamedTuple):
    """The characters from `start` to before `end`."""

    start: int
    end: int


def best_passages(text: str, occurrences: Sequence[Occurrence], weights: Weights, most: int) -> list[Passage]:
    """At most so many passages, best first, that do not overlap.

    A passage is better when it has more of the query's terms, those first that no passage before it
    has; phrases count double; then by how often they occur; then the earlier one.
    """
    weighed = occurrences[:_WEIGHED]
    kinds = _windows(weighed)
    chosen: list[Passage] = []
    shown = 0
    while len(chosen) < most:
        window = _best_window(weighed, kinds, weights, shown, chosen)
        if window is None:
            break
        first, last = window
        for occurrence in weighed[first : last + 1]:
            shown |= 1 << occurrence.term
        chosen.append(_cut(text, weighed[first].start, weighed[last].end, chosen))
    return chosen


def beginning(text: str) -> Passage | None:
    """The first passage of a text; None where it is blank."""
    start = len(text) - len(text.lstrip())
    return Passage(start, _end(text, start, start, len(text))) if start < len(text) else None


def _windows(occurrences: Sequence[Occurrence]) -> dict[tuple[int, int], list[tuple[int, int]]]:
    """For each occurrence, the first and the last of those that go with it into one passage.

    They are gathered by what they are worth: the terms they have, as the bits of a number, and how many
    more they are than terms, at most 40, so that no repetition outweighs another word.
    """
    kinds: dict[tuple[int, int], list[tuple[int, int]]] = {}
    inside: dict[int, int] = {}
    last, terms = -1, 0
    for first, (start, _, term) in enumerate(occurrences):
        while last < first or (last + 1 < len(occurrences) and occurrences[last + 1].end - start <= LENGTH):
            last += 1
            following = occurrences[last].term
            inside[following] = inside.get(following, 0) + 1
            terms |= 1 << following
        repeated = last + 1 - first - len(inside)
        repeated = min(repeated, REPEATED)
        kinds.setdefault((terms, repeated), []).append((first, last))
        inside[term] -= 1
        if not inside[term]:
            del inside[term]
            terms ^= 1 << term
    return kinds


class Weights(dict[tuple[int, int], int]):
    """What terms of a query are worth together where others were shown before; both as bits of a number.

    Kept as long as a request, for its texts have the same terms together again and again.
    """

    def __init__(self, phrases: Container[int]) -> None:
        super().__init__()
        self._phrases = phrases

    def __missing__(self, terms_and_shown: tuple[int, int]) -> int:
        terms, shown = terms_and_shown
        weight = 0
        for term in range(terms.bit_length()):
            if terms >> term & 1:
                weight += (100 if term in self._phrases else 50) * (1 if shown >> term & 1 else 3)
        self[terms_and_shown] = weight
        return weight


def _best_window(
    occurrences: Sequence[Occurrence],
    kinds: dict[tuple[int, int], list[tuple[int, int]]],
    weights: Weights,
    shown: int,
    chosen: list[Passage],
) -> tuple[int, int] | None:
    """The window that is worth most after these terms, of equals the first, outside the passages chosen."""
    best: tuple[int, int] | None = None
    best_worth = -1
    for (terms, repeated), windows in kinds.items():
        worth = weights[terms, shown] + repeated
        if worth < best_worth:
            continue
        for window in windows:
            if best and worth == best_worth and window > best:
                break
            if not _overlaps(occurrences[window[0]].start, occurrences[window[1]].end, chosen):
                best, best_worth = window, worth
                break
    return best


def _overlaps(start: int, end: int, chosen: list[Passage]) -> bool:
    return bool(chosen) and any(start < passage.end and passage.start < end for passage in chosen)


def _cut(text: str, first: int, last: int, chosen: list[Passage]) -> Passage:
    """A passage around the characters from `first` to `last`, apart from those chosen before."""
    floor, ceiling = 0, len(text)
    for passage in chosen:
        if passage.end <= first:
            floor = max(floor, passage.end)
        else:
            ceiling = min(ceiling, passage.start)
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
    late = min(enough, limit)
    rest = text[late : limit + 1]
    if rest[-1].isspace():
        end = limit
    elif len(word := rest.split()[-1]) < len(rest):
        end = limit + 1 - len(word)
    else:
        # Not between a letter and its marks, of which no script has many.
        end = next((at for at in range(limit, limit - 16, -1) if not _MARK.match(text[at])), limit)
    return start + len(text[start:end].rstrip())
