"""The words of many strings at once: the same terms as `search.text.words` gives, without its cost a word.

A word by itself costs a dozen calls: to lower it, to look for what holds its parts together, to stem it,
to fold it. Here each of these steps is done once for a list of words, on one long text of a word a line
where that can be; the few words that need more than the usual go to `search.text.words` one by one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from search.text.folding import fold, lower
from search.text.languages import stems
from search.text.words import MAX_WORD, PIECED, WORD, bare, readings_of

_AROUND: Final = "!\"$%&'()*,-./:;<=>?@[\\]^`{|}~“”‘’„…–—«»·•"
"""Characters around a word that are no part of it. `#` and `+` may be, and `_` is a letter here."""

_APOSTROPHE: Final = "'"


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
    if any(map(_is_pieced, words)):
        return _pieced_readings(words, code)
    plain = _plain(words)
    counts = [1 if word else 0 for word in plain]
    said = [word for word in plain if word]
    forms = _folded(said)
    return Readings(forms, _folded(stems(said, code)) if code else forms, counts)


def _is_pieced(word: str) -> bool:
    """Whether a word may be more, or less, than one piece."""
    return "_" in word if word.isascii() else PIECED.search(word) is not None


def _pieced_readings(words: Sequence[str], code: str) -> Readings:
    """The readings of words some of which have to be taken apart: those before it, it, those after."""
    pieced = [number for number, word in enumerate(words) if _is_pieced(word)]
    pieces = [list(readings_of(words[number], code)) for number in pieced]
    taken = set(pieced)
    whole = readings([word for number, word in enumerate(words) if number not in taken], code)
    forms, stemmed, counts = [], [], []
    done, done_words = 0, 0
    for place, (number, parts) in enumerate(zip(pieced, pieces, strict=True)):
        until_words = number - place
        until = done + sum(whole.counts[done_words:until_words])
        forms += whole.forms[done:until]
        stemmed += whole.stems[done:until]
        counts += whole.counts[done_words:until_words]
        forms += [form for form, _ in parts]
        stemmed += [stem for _, stem in parts]
        counts.append(len(parts))
        done, done_words = until, until_words
    return Readings(
        forms + whole.forms[done:], stemmed + whole.stems[done:], counts + whole.counts[done_words:]
    )


def _plain(words: Sequence[str]) -> list[str]:
    """Words in lower case with their accents, without what held their parts together."""
    short = [word[:MAX_WORD] for word in _by_line(lower, [word[:MAX_WORD] for word in words])]
    return [word if word.isalnum() and "ʼ" not in word else bare(word) for word in short]


def _folded(words: Sequence[str]) -> list[str]:
    return [word.replace(_APOSTROPHE, "") if _APOSTROPHE in word else word for word in _by_line(fold, words)]


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
