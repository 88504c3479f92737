"""How the words of a text must begin that could be a term: letters that are quick to look for.

What begins so is a candidate and has to be analysed; what does not need not be. Stemmers change the end
of a word, and for most languages it is known how much of it. The tables were checked with the vocabularies
of the Snowball project (https://github.com/snowballstem/snowball-data). Languages that are not in them
take letters from the front or the middle of words too: there every word is a candidate.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from search.text.languages import base
from search.text.skeleton import STRANGE
from search.text.words import MAX_WORD, UNSPACED

_UNCHANGED = re.compile(r"\Z")
_LAST_LETTER = re.compile(r"(?<=.).\Z")

_WRITTEN_OTHERWISE = {
    **dict.fromkeys(("", "da", "eu", "hi", "hy", "nb", "ne", "nn", "no", "pl", "ru", "sv", "de"), _UNCHANGED),
    **dict.fromkeys(("ca", "cs", "es", "it", "pt", "ro"), _LAST_LETTER),
    "en": re.compile(r"(?<=^.)ie\Z|(?<=.).\Z"),  # "dying" is found as "die"
    "fr": re.compile(r"(?<=.).{1,3}\Z"),
}
"""By language, what of the end of a term may be other letters in the word."""

_DIGRAPHS = {"de": frozenset("aou")}
"""By language, the letters of a term that a word may have with an `e` after: `Haeuser` is `Häuser`."""
_LONGEST = 5
"""Letters that are looked for: more would spare few candidates, and have more places for an apostrophe."""
_BEYOND = 4 * MAX_WORD
"""Characters that a chunk may have beyond a part of a text."""
_SPELLINGS = 4
"""Ways to spell a beginning, up to which there can be more of it."""

_APART = r"\s\0!\"$%&()*\-/:;<=>?@\[\\\]^`{|}~\x02-\x1f\x7f"
"""What no word has in it, as far as a skeleton has it, as the inside of `[ ]`."""
APART = frozenset(character for character in map(chr, range(128)) if re.match(rf"[{_APART}]", character))
"""The same as characters."""

CHUNK = re.compile(rf"[^{_APART}]+")
"""Finds the chunks of a skeleton: words, and what may hold several of them together."""

_HELD = re.compile("'.")
_INITIAL = re.compile(r"\.[^\W\d_](?!\w)")
# Each begins with one letter, which is quicker to look for than any two.
_STARTS_ANYWHERE = re.compile(rf"[{UNSPACED}{STRANGE}]|\W")
INSIDE = frozenset(
    map(chr, (*b"abcdefghijklmnopqrstuvwxyz0123456789", *range(0x3B1, 0x3CA), *range(0x430, 0x450)))
)
"""After these no word begins: the letters of Latin, Greek and Cyrillic, and digits. Others cost a look."""


class Sign(NamedTuple):
    """Letters that tell of a candidate; `in_front` says that they do where no letter is before them.

    Of letters around an apostrophe, or the point of an abbreviation, `held` are the last two: a text has few
    of these, so that most need not be looked for.
    """

    letters: str
    in_front: bool
    held: str = ""


def beginning(term: str, language: str) -> str | None:
    """The letters with which the skeleton of a word has to begin; None where any word could be the term."""
    written_otherwise = _WRITTEN_OTHERWISE.get(base(language))
    return None if written_otherwise is None else written_otherwise.sub("", term, count=1)


def signs(beginnings: Iterable[str | None], language: str) -> tuple[Sign, ...] | None:
    """What to look for in a skeleton, to find every word that begins so; None where any word could."""
    found: dict[Sign, None] = {}
    for letters in beginnings:
        if not letters:
            return None
        if CHUNK.fullmatch(letters):  # else no word has it
            for spelling in _spellings(letters[:_LONGEST], _DIGRAPHS.get(base(language), frozenset())):
                found[Sign(spelling, not _STARTS_ANYWHERE.match(spelling))] = None
                found.update(dict.fromkeys(_held_together(spelling)))
    if found:
        found[Sign(STRANGE, False)] = None
    return tuple(found)


def anywhere(letters: str) -> tuple[Sign, ...] | None:
    """What to look for to find every word that has these letters somewhere; None where any word could."""
    if not letters:
        return None
    if not CHUNK.fullmatch(letters):
        return ()
    return (Sign(letters, False), *_held_together(letters), Sign(STRANGE, False))


def nearly(word: str, edits: int) -> tuple[Sign, ...] | None:
    """What to look for to find every word within so many edits of this one; None where any word could be.

    Cut into more pieces than there are edits, some piece stays as it is. An edit that swaps two letters
    harms two pieces, if it is where they meet.
    """
    pieces = 2 * edits + 1
    cuts = [len(word) * piece // pieces for piece in range(pieces + 1)]
    if len(word) < pieces:
        return None
    found: dict[Sign, None] = {}
    for start, end in pairwise(cuts):
        found.update(dict.fromkeys(anywhere(word[start:end]) or ()))
    return tuple(found)


def chunks_with(
    signs: Iterable[Sign], bones: str, begin: int = 0, stop: int | None = None
) -> list[tuple[int, int]]:
    """Where the chunks of a skeleton begin and end that have any of the signs in a part of it, in order.

    Chunks that reach far beyond the part are cut there.
    """
    stop = len(bones) if stop is None else stop
    return chunks_around(seen(signs, bones, begin, stop), bones, begin - _BEYOND, stop + _BEYOND)


def chunks_around(
    seen_at: Iterable[tuple[int, int]], bones: str, lowest: int, highest: int
) -> list[tuple[int, int]]:
    """Where the chunks begin and end in which something was seen, in order, as far as they are between."""
    places: list[tuple[int, int]] = []
    done = -1
    lowest = max(lowest, 0)
    for at, after in sorted(seen_at):
        if at < done:
            continue  # in the chunk before
        start = at
        while start > lowest and bones[start - 1] not in APART:
            start -= 1
        rest = CHUNK.match(bones, after, highest)
        done = rest.end() if rest else after
        places.append((start, done))
    return places


def seen(signs: Iterable[Sign], bones: str, begin: int, stop: int) -> Iterator[tuple[int, int]]:
    """Where signs begin and end in a part of a skeleton.

    Nothing is as quick as looking for a few letters: here no expression has to be compiled, nor tried at
    every character.
    """
    held: dict[str, list[str]] = {}
    for letters, in_front, mark in signs:
        if mark:
            held.setdefault(mark, []).append(letters)
            continue
        size = len(letters)
        at = bones.find(letters, begin, stop)
        while at >= 0:
            if not (in_front and at and bones[at - 1] in INSIDE):
                yield at, at + size
            at = bones.find(letters, at + size, stop)
    for marks in (_HELD, _INITIAL) if held else ():
        for match in marks.finditer(bones, begin, stop):
            for letters in held.get(match[0], ()):
                at = match.start() - 1
                if at >= 0 and bones.startswith(letters, at):
                    yield at, at + len(letters)


def _spellings(letters: str, digraphs: frozenset[str]) -> list[str]:
    """The beginnings of words that have these letters or two for one of them."""
    spellings = [""]
    for letter in letters:
        spellings = [spelling + letter for spelling in spellings]
        if letter in digraphs:
            spellings += [spelling + "e" for spelling in spellings]
        if len(spellings) >= _SPELLINGS:
            break
    return spellings


def _held_together(letters: str) -> Iterator[Sign]:
    """Signs of a mark between two letters that their term leaves out.

    They tell of `dont` in `don't`, of `us` in `U.S.` and of `35000` in `35,000`.
    """
    for before, after in pairwise(letters):
        yield Sign(f"{before}'{after}", False, f"'{after}")
        if before.isdigit() and after.isdigit():
            yield Sign(f"{before},{after}", False)
    if letters[:2].isalpha() and len(letters) > 1:
        yield Sign(f"{letters[0]}.{letters[1]}", True, f".{letters[1]}")
