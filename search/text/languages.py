"""Stemming by language: which algorithm, and the little that Snowball leaves to its caller."""

from __future__ import annotations

import threading
from collections.abc import Sequence

import Stemmer

_ALGORITHMS = {
    "ar": "arabic", "ca": "catalan", "cs": "czech", "da": "danish", "de": "german", "el": "greek",
    "en": "english", "eo": "esperanto", "es": "spanish", "et": "estonian", "eu": "basque", "fa": "persian",
    "fi": "finnish", "fr": "french", "ga": "irish", "hi": "hindi", "hu": "hungarian", "hy": "armenian",
    "id": "indonesian", "it": "italian", "lt": "lithuanian", "nb": "norwegian", "ne": "nepali",
    "nl": "dutch", "nn": "norwegian", "no": "norwegian", "pl": "polish", "pt": "portuguese",
    "ro": "romanian", "ru": "russian", "sr": "serbian", "st": "sesotho", "sv": "swedish", "ta": "tamil",
    "tr": "turkish", "yi": "yiddish",
}  # fmt: skip
"""Snowball's algorithms by ISO 639-1 code."""

_SUPPORTED = frozenset(Stemmer.algorithms())

_ACCENTED_ENDINGS = {
    "fr": (("ee", "ée"), ("ees", "ées")),
    "pt": (("cao", "ção"), ("coes", "ções"), ("oes", "ões"), ("gues", "guês"), ("ces", "cês")),
}
"""Endings the algorithm knows by their accent only, as people type them without."""


class _Stemmers(threading.local):
    """Stemmers by algorithm, each made and used by one thread: they are not safe to share."""

    def __init__(self) -> None:
        self.by_algorithm: dict[str, Stemmer.Stemmer] = {}

    def of(self, algorithm: str) -> Stemmer.Stemmer:
        """This thread's stemmer."""
        stemmer = self.by_algorithm.get(algorithm)
        if stemmer is None:
            # Its own cache is off: words are remembered with all their analysis in `search.text.words`.
            stemmer = self.by_algorithm[algorithm] = Stemmer.Stemmer(algorithm, 0)
        return stemmer


_stemmers = _Stemmers()


def base(language: str) -> str:
    """The language of a tag, without its region: `pt` of `pt-BR`; empty where it has no stemmer."""
    code = language[:16].replace("_", "-").partition("-")[0].lower()
    return code if _ALGORITHMS.get(code) in _SUPPORTED else ""


def stem(word: str, language: str) -> str:
    """The stem of a lower-case word; the word itself in a language without a stemmer, or if none is left.

    The word keeps its accents: Portuguese finds the *ação* of *informação* by them.
    """
    algorithm = _ALGORITHMS.get(language)
    if algorithm is None or algorithm not in _SUPPORTED:
        return word
    stemmed: str = _stemmers.of(algorithm).stemWord(word)
    return stemmed or word


def stems(words: Sequence[str], language: str) -> list[str]:
    """`stem` of each of many words, at a fraction of its cost."""
    algorithm = _ALGORITHMS.get(language)
    if algorithm is None or algorithm not in _SUPPORTED:
        return list(words)
    stemmed: list[str] = _stemmers.of(algorithm).stemWords(words)
    return [short or word for short, word in zip(stemmed, words, strict=True)]


def stems_as_typed(word: str, language: str) -> tuple[str, ...]:
    """The stems a word of a query may stand for, when accents were perhaps left out in typing it."""
    endings = _ACCENTED_ENDINGS.get(language, ())
    accented = [word.removesuffix(plain) + full for plain, full in endings if word.endswith(plain)]
    return tuple(dict.fromkeys(stem(spelling, language) for spelling in (word, *accented)))
