"""From text to terms: where its words are, and under which term each is indexed and looked for.

A word is a run of letters, digits and their marks. Inside it an apostrophe (`don't`, found by `dont`
too), the point of a number (`3.14`), the comma of thousands (`35,000`, which is `35000`) and the points
of an abbreviation (`U.S.`, which is `us`) hold it together; a hyphen does not. `C#` and `C++` are words.
An emoji is a word. Scripts written without spaces are cut into overlapping pairs of characters.

There are no stop words: a phrase is found as it was written.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import chain, pairwise
from typing import NamedTuple

from search.text.folding import MARKS, fold, lower
from search.text.languages import base, stem, stems_as_typed

__all__ = [
    "MAX_WORD", "PIECED", "UNSPACED", "WORD", "Token", "analyser", "bare", "fold", "form",
    "query_terms", "readings_of", "terms", "terms_of", "tokens",
]  # fmt: skip

MAX_WORD = 64
"""Characters of a word that count, the same in texts and queries. Longer ones are no language's words."""

_REMEMBERED = 65_536
"""Distinct words of a language whose analysis is kept: some 20 MB."""

_TYPED = 4_096
"""Words of queries whose terms are kept: an archive is asked for the same ones again and again."""

UNSPACED = (
    "\u0e01-\u0e30\u0e32-\u0e46\u0e81-\u0eb0\u0eb2-\u0ec6"  # Thai, Lao
    "\u1000-\u102a\u1780-\u17b3"  # Burmese, Khmer
    "\u1100-\u115f\u3005-\u3007\u3041-\u3096\u309d-\u30ff\u3105-\u318e\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\uff66-\uff9d\uffa1-\uffdc"
    "\U0001b000-\U0001b16f\U00020000-\U0003ffff"
)
"""Letters of scripts written without spaces, and of Korean, whose words take endings like suffixes."""

_EMOJI = "\u2600-\u27bf\U0001f000-\U0001faff"

WORD = re.compile(
    rf"[\w{MARKS}{_EMOJI}]+"
    rf"(?:['’ʼ][\w{MARKS}]+"  # don't
    r"|\.(?<=\d\.)\d\w*"  # 3.14
    r"|,(?<=\d,)\d{3}(?!\d)\w*"  # 35,000
    r"|\.(?<=\b[^\W\d_]\.)[^\W\d_](?!\w))*"  # U.S.
    r"(?:\#(?<=\b\w\#)(?!\w)|\+\+(?<=\b\w\+\+)(?!\w))?"  # C#, C++
)
"""Finds the words of a text. Each is analysed by `terms_of`, once, into mostly one term."""

_PIECE = re.compile(
    rf"(?P<unspaced>[{UNSPACED}][{UNSPACED}{MARKS}\u1160-\u11ff\uff9e\uff9f]*)"
    rf"|(?P<emoji>[\U0001f1e6-\U0001f1ff]{{2}}|[{_EMOJI}])"
    rf"|(?P<plain>[^_{UNSPACED}{_EMOJI}]+)"
)
PIECED = re.compile(rf"[_{UNSPACED}{_EMOJI}]")
"""Finds what makes a word more, or less, than one piece: without any of these it is one as a whole."""

_CHARACTER = re.compile(rf"[{UNSPACED}][{MARKS}\u1160-\u11ff\uff9e\uff9f]*")
_SKIN_TONES = frozenset("\U0001f3fb\U0001f3fc\U0001f3fd\U0001f3fe\U0001f3ff")
_CONTRACTED = re.compile(r"(?<=.)'(?:s|ll|re|ve|d|m)\Z")  # or "I'll" would be "ill", and "we're" "were"
_POINT_OF_ABBREVIATION = re.compile(r"(?<!\d)\.")


class Token(NamedTuple):
    """A term and the characters of the text it stands for. Its position is its place in the sequence."""

    term: str
    start: int
    end: int


def tokens(text: str, language: str) -> list[Token]:
    """The terms of a text with their places; `terms` is much quicker where places do not matter."""
    vocabulary, code = _vocabulary(language), base(language)
    found: list[Token] = []
    for match in WORD.finditer(text):
        word, start = match[0], match.start()
        if len(word) > MAX_WORD:  # not remembered, and not to be taken apart twice
            found += [
                Token(_term(piece, code), start + piece.start, start + piece.end)
                for piece in _pieces(word)
                if piece.term
            ]
            continue
        analysed = vocabulary[word]
        if len(analysed) == 1 and "_" not in word:
            found.append(Token(analysed[0], start, match.end()))
        else:
            places = (place for place in _pieces(word) if place.term)
            found += [
                Token(term, start + place.start, start + place.end)
                for term, place in zip(analysed, places, strict=True)
            ]
    return found


def terms(text: str, language: str) -> list[str]:
    """The terms of a text in order: folded, and stemmed where the language has a stemmer."""
    return list(chain.from_iterable(map(_vocabulary(language).__getitem__, WORD.findall(text))))


def terms_of(word: str, language: str) -> tuple[str, ...]:
    """The terms of one word that `WORD` found: mostly one, none of stray marks, many of Chinese."""
    return _vocabulary(language)[word]


def analyser(language: str) -> Callable[[str], tuple[str, ...]]:
    """`terms_of` of one language, for loops over many words."""
    return _vocabulary(language).__getitem__


def form(word: str) -> str:
    """The one form of a word that spellings share before it is stemmed: `dont` of `Don’t`."""
    return fold(_plain(word)).replace("'", "")


def query_terms(text: str, languages: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    """The terms to look for at each position of a text, by the rules of any of these languages.

    Several positions are a phrase: also of a single word, where its script is cut into pairs. The
    alternatives of a position are distinct, and come in the order of the languages.
    """
    codes = _codes(tuple(languages))
    return tuple(chain.from_iterable(_typed_positions(word, codes) for word in WORD.findall(text)))


@lru_cache(64)
def _codes(languages: tuple[str, ...]) -> tuple[str, ...]:
    """The distinct rules of some languages, in their order."""
    return tuple(dict.fromkeys(map(base, languages))) or ("",)


@lru_cache(_TYPED)
def _typed_positions(word: str, codes: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """The terms that a word of a query may be indexed under, at each position that it takes."""
    return tuple(
        tuple(dict.fromkeys(chain.from_iterable(_typed_terms(piece, code) for code in codes)))
        for piece in _pieces(word)
        if piece.term
    )


class _Piece(NamedTuple):
    """A part of a word that is one term: as stemming wants it, and whether it is to be stemmed at all."""

    term: str
    start: int
    end: int
    stemmed: bool


def _pieces(word: str) -> Iterator[_Piece]:
    """Take a word apart where scripts change; `terms_of` has one term for each piece that has any."""
    if word.isascii() and "_" not in word:
        yield _Piece(_plain(word), 0, len(word), True)
        return
    for match in _PIECE.finditer(word):
        start, end = match.span()
        match match.lastgroup:
            case "unspaced":
                yield from _pairs(match[0], start)
            case "emoji":
                yield _Piece("" if match[0] in _SKIN_TONES else match[0], start, end, False)
            case _:
                yield _Piece(_plain(match[0]), start, end, True)


def _pairs(run: str, offset: int) -> Iterator[_Piece]:
    """The overlapping pairs of characters of a run; a single character is itself."""
    characters = [(match.start(), match.end()) for match in _CHARACTER.finditer(run)]
    for (start, _), (_, end) in pairwise(characters) if len(characters) > 1 else [characters * 2]:
        yield _Piece(_pair(run[start : min(end, start + MAX_WORD)]), offset + start, offset + end, False)


@lru_cache(_REMEMBERED)
def _pair(characters: str) -> str:
    """The term of a pair of characters: of most texts' pairs, each comes often."""
    return fold(characters)


def _plain(word: str) -> str:
    """A word in lower case with its accents, without what held its parts together or an ending such as 's."""
    short = lower(word[:MAX_WORD])[:MAX_WORD]
    if short.isalnum() and "ʼ" not in short:  # a letter to Unicode, an apostrophe to readers
        return short
    return bare(short)


def bare(short: str) -> str:
    """A word in lower case without the commas, points and apostrophes that held its parts together."""
    if not short.isascii():
        # Some characters stand for words with spaces between; what is found as one word stays one.
        short = "".join(short.split()).replace("’", "'").replace("ʼ", "'")
    short = _POINT_OF_ABBREVIATION.sub("", short.replace(",", ""))
    # Without a letter or digit nothing was written that could be looked for.
    return _CONTRACTED.sub("", short) if any(map(str.isalnum, short)) else ""


def _term(piece: _Piece, language: str) -> str:
    """The term a piece is indexed under."""
    return fold(stem(piece.term, language)).replace("'", "") if piece.stemmed else piece.term


def _typed_terms(piece: _Piece, language: str) -> Iterator[str]:
    """The terms a piece of a query may be indexed under."""
    if not piece.stemmed:
        yield piece.term
        return
    for stemmed in stems_as_typed(piece.term, language):
        yield fold(stemmed).replace("'", "")


def readings_of(word: str, code: str) -> Iterator[tuple[str, str]]:
    """Each of a word's terms, unstemmed and stemmed: what `terms_of` has in no language, and in this one."""
    for piece in _pieces(word):
        if piece.term:
            yield _term(piece, ""), _term(piece, code)


def _analysed_word(word: str, code: str) -> tuple[str, ...]:
    return tuple(_term(piece, code) for piece in _pieces(word) if piece.term)


class _Memory(dict[str, tuple[str, ...]]):
    """What an analysis says of each string met so far, by one language's rules.

    Safe for threads: the terms of a string never change, so it does not matter who finds them, or twice.
    """

    def __init__(self, analysis: Callable[[str, str], tuple[str, ...]], code: str) -> None:
        super().__init__()
        self._analysis = analysis
        self._code = code

    def __missing__(self, string: str) -> tuple[str, ...]:
        analysed = self._analysis(string, self._code)
        if len(string) <= MAX_WORD:
            if len(self) >= _REMEMBERED:
                self.clear()
            self[string] = analysed
        return analysed


_vocabularies: dict[str, _Memory] = {}


def _vocabulary(language: str) -> _Memory:
    code = base(language)
    found = _vocabularies.get(code)
    return _vocabularies.setdefault(code, _Memory(_analysed_word, code)) if found is None else found
