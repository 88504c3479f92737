"""The words of many strings at once: the same terms as `search.text.words` gives, without its cost a word.

A word by itself costs a dozen calls: to lower it, to look for what holds its parts together, to stem it,
to fold it. Here each of these steps is done once for a list of words, on one long text of a word a line
where that can be; the few words that need more than the usual go to `search.text.words` one by one.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

from search.text.folding import fold, lower
from search.text.languages import stems
from search.text.words import MAX_WORD, PIECED, WORD, bare, readings_of

_AROUND: Final = "!\"$%&'()*,-./:;<=>?@[\\]^`{|}~“”‘’„…–—«»·•"
"""Characters around a word that are no part of it. `#` and `+` may be, and `_` is a letter here."""

_APOSTROPHE: Final = re.compile("'")


@dataclass(frozen=True, slots=True)
class Readings:
    """What some words are indexed as: each of their pieces unstemmed and folded, and by its stem.

    One word follows the other; `counts` says how many pieces each has. That is mostly one, and none where
    it is stray marks.
    """

    forms: list[str]
    stems: list[str]
    counts: list[int]


def words_of(chunks: Sequence[str]) -> tuple[list[str], list[int]]:
    """The words of pieces of text without a space, one after the other, and how many each piece has.

    Upper case is lowered where that is simple, so that fewer distinct words are left.

    >>> words_of(["(Rain,", "sun-set", "..."])
    (['rain', 'sun', 'set'], [1, 2, 0])
    """
    words: list[str] = []
    counts = [1] * len(chunks)
    add = words.append
    for number, chunk in enumerate(chunks):
        core = chunk.strip(_AROUND)
        if core.isascii() and core.isalnum():
            add(core.lower())
        else:
            found = WORD.findall(chunk)
            counts[number] = len(found)
            words += found
    return words, counts


def readings(words: Sequence[str], code: str) -> Readings:
    """How words that `words_of` found are read by the rules of a language, as `base` calls it."""
    pieced = _having(PIECED, words)
    if not pieced:
        return _whole_readings(words, code)
    pieces = [list(readings_of(words[number], code)) for number in pieced]
    others = list(words)
    for number in pieced:
        others[number] = ""
    return _inserted(_whole_readings(others, code), dict(zip(pieced, pieces, strict=True)))


def _whole_readings(words: Sequence[str], code: str) -> Readings:
    """The readings of words that are one piece each."""
    plain = _plain(words)
    said = list(filter(None, plain))
    counts = [1] * len(plain) if len(said) == len(plain) else [1 if word else 0 for word in plain]
    forms = _folded(said)
    return Readings(forms, _folded(stems(said, code)) if code else forms, counts)


def _inserted(read: Readings, pieces: Mapping[int, list[tuple[str, str]]]) -> Readings:
    """The readings of all words, given those that some of them have besides; these have none in `read`."""
    forms, stemmed, counts = list[str](), list[str](), list(read.counts)
    done, words_done = 0, 0
    for word, parts in pieces.items():
        until = done + sum(read.counts[words_done:word])
        forms += read.forms[done:until]
        stemmed += read.stems[done:until]
        forms += [form for form, _ in parts]
        stemmed += [stem for _, stem in parts]
        counts[word] = len(parts)
        done, words_done = until, word
    return Readings(forms + read.forms[done:], stemmed + read.stems[done:], counts)


def _having(pattern: re.Pattern[str], words: Sequence[str]) -> list[int]:
    """Which words a pattern of one character is found in: one search through all of them."""
    found = [match.start() for match in pattern.finditer("\n".join(words))]
    if not found:
        return []
    ends = list(accumulate(len(word) + 1 for word in words))
    return sorted({bisect_right(ends, place) for place in found})


def _plain(words: Sequence[str]) -> list[str]:
    """Words in lower case with their accents, without what held their parts together."""
    short = _shortened(_by_line(lower, _shortened(words)))
    return [word if word.isalnum() and "ʼ" not in word else bare(word) for word in short]


def _shortened(words: Sequence[str]) -> Sequence[str]:
    if max(map(len, words), default=0) <= MAX_WORD:
        return words
    return [word[:MAX_WORD] for word in words]


def _folded(words: Sequence[str]) -> list[str]:
    folded = _by_line(fold, words)
    for number in _having(_APOSTROPHE, folded):
        folded[number] = folded[number].replace("'", "")
    return folded


def _by_line(change: Callable[[str], str], words: Sequence[str]) -> list[str]:
    """A change of words that looks at no more than each by itself, made of many as one text.

    No word has the end of a line in it, no character becomes one, and nothing combines with one. Words
    beyond ASCII are changed by themselves, for among them all the others would take as long.
    """
    if not words:
        return []
    if (text := "\n".join(words)).isascii():
        return change(text).split("\n")
    others = [number for number, word in enumerate(words) if not word.isascii()]
    changed = change("\n".join([words[number] for number in others])).split("\n")
    mixed = list(words)
    for number in others:
        mixed[number] = ""
    mixed = _by_line(change, mixed)
    for number, word in zip(others, changed, strict=True):
        mixed[number] = word
    return mixed
