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

from search.text.languages import base
from search.text.skeleton import STRANGE
from search.text.words import UNSPACED

_UNCHANGED = re.compile(r"\Z")
_LAST_LETTER = re.compile(r"(?<=.).\Z")

_WRITTEN_OTHERWISE = {
    **dict.fromkeys(("", "da", "eu", "hi", "hy", "nb", "ne", "nn", "no", "pl", "ru", "sv", "de"), _UNCHANGED),
    **dict.fromkeys(("ca", "cs", "es", "it", "pt", "ro"), _LAST_LETTER),
    "en": re.compile(r"(?<=^.)ie\Z|(?<=.).\Z"),  # "dying" is found as "die"
    "fr": re.compile(r"(?<=.).{1,3}\Z"),
}
"""By language, what of the end of a term may be other letters in the word."""

_DIGRAPHS = {"de": re.compile("[aou]")}
"""By language, the letters of a term that a word may have with an `e` after: `Haeuser` is `Häuser`."""

_APART = r"\s\0!\"$%&()*\-/:;<=>?@\[\\\]^`{|}~\x02-\x1f\x7f"
"""What no word has in it, as far as a skeleton has it, as the inside of `[ ]`."""

APART = frozenset(character for character in map(chr, range(128)) if re.match(rf"[{_APART}]", character))
"""The same as characters."""

CHUNK = re.compile(rf"[^{_APART}]+")
"""Finds the chunks of a skeleton: words, and what may hold several of them together."""

_IN_A_WORD = "[a-z0-9\u03b1-\u03c9\u0430-\u044f]"  # Latin, Greek and Cyrillic
"""Before these a word does not begin; there are others, which are not worth the while."""


def beginning(term: str, language: str) -> str | None:
    """The letters with which the skeleton of a word has to begin; None where any word could be the term."""
    written_otherwise = _WRITTEN_OTHERWISE.get(base(language))
    return None if written_otherwise is None else written_otherwise.sub("", term, count=1)


def candidates(beginnings: Iterable[str | None], language: str) -> tuple[re.Pattern[str], ...]:
    """Expressions that find the rest of the chunks of a skeleton in which a word may begin so."""
    wanted = set(beginnings)
    if not wanted:
        return ()
    if None in wanted or "" in wanted:
        return (CHUNK,)
    digraphs = _DIGRAPHS.get(base(language))
    letters = sorted(found for found in wanted if found and CHUNK.fullmatch(found))
    shortest = [found for found in letters if not any(found != o and found.startswith(o) for o in letters)]
    sources = [STRANGE]
    for found in shortest:
        sources += [_at_the_front(found, digraphs), *_held_together(found, digraphs)]
    return tuple(re.compile(rf"{source}[^{_APART}]*") for source in dict.fromkeys(sources))


def _at_the_front(letters: str, digraphs: re.Pattern[str] | None) -> str:
    """An expression for the letters where a word begins.

    It begins with the letters themselves, which the interpreter looks for as quickly as memory is read.
    """
    first, rest = letters[0], letters[1:]
    if re.match(rf"[{UNSPACED}]|\W", first):
        return re.escape(letters)
    if digraphs and digraphs.search(letters):
        spelt = digraphs.sub(r"\g<0>e?", re.escape(letters))
        return rf"{spelt[0]}(?<!{_IN_A_WORD}{spelt[0]}){spelt[1:]}"
    return rf"{re.escape(first + rest)}(?<!{_IN_A_WORD}{re.escape(letters)})"


def _held_together(letters: str, digraphs: re.Pattern[str] | None) -> Iterator[str]:
    """Expressions for the places where a mark that a term leaves out stands between two of its letters.

    They are `dont` of `don't`, `us` of `U.S.` and `35000` of `35,000`.
    """
    if len(letters) == 1:
        return
    pairs: dict[str, str] = {}
    for before, after in pairwise(letters):
        spelt = f"[{before}e]" if digraphs and digraphs.match(before) else re.escape(before)
        pairs[rf"(?<={spelt}')"] = pairs.get(rf"(?<={spelt}')", "") + re.escape(after)
    yield "'(?:" + "|".join(f"{before}[{after}]" for before, after in pairs.items()) + ")"
    if letters[:2].isalpha():
        yield rf"\.(?<=(?<!\w){letters[0]}\.){letters[1]}(?!\w)"
    if re.search(r"\d\d", letters):
        yield r",(?<=\d,)\d\d\d"
