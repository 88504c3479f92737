"""Which language a text is in, as a two or three letter code."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from mmap import ACCESS_READ, mmap
from tempfile import TemporaryFile
from typing import TYPE_CHECKING

from indexer.normalise.scripts import language_of_script

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

_LOOKED_AT = 1_000  # characters: more would only take longer
_ENOUGH = 120  # bytes of UTF-8, about two lines of English or one of Japanese
_SURE = 0.95
_SMALL_WORDS = {
    "en": "the and of that this with you from have they which their would there been were about to are by not"
    " has how",
    "de": "der das und ist nicht ein eine mit auf sich auch wird wurde werden einen dass oder noch",
    "fr": "est dans une pour qui avec sont cette nous vous mais aux plus comme fait elle",
    "es": "los las una por con para pero como m\u00e1s muy tambi\u00e9n cuando hay sobre todo",
}
"""Words that are in every text of a language, and in few of any other."""
_LANGUAGE_OF = {word: language for language, words in _SMALL_WORDS.items() for word in words.split()}
_MANY = 8  # of them in a sample, and
_SHARE = 0.1  # such a part of all words, and
_MISTAKEN = 0.1  # so few of other languages, beside those of this one, leave no doubt
_CODE = re.compile(r"[{}<>\\|=;:()/_$#]")
_CODE_EVERY = 12  # characters of a line: then it is no sentence, but code or an address

_MARKS = re.compile(r'<[a-z0-9]+(?: [^<>]*?)? lang="([^"<>]{2,20})"')
_MARKED_WITHIN = 100_000  # characters

_TAG = re.compile(r"([a-z]{2,3})(?:[-_][a-z0-9]{1,8})*(?:[.@].*)?", re.ASCII)
_SPELLINGS = """
    he:iw,heb id:in yi:ji ro:mo,ron,rum no:nb,nob,nor ja:jp,jpn zh:cn,zho,chi en:eng de:deu,ger fr:fra,fre
    es:spa it:ita pt:por nl:nld,dut sv:swe da:dan fi:fin pl:pol cs:ces,cze ru:rus uk:ukr el:ell,gre tr:tur
    ar:ara fa:fas,per hi:hin ko:kor ca:cat hu:hun
"""
_RENAMED = {
    other: code
    for code, _, others in (spelling.partition(":") for spelling in _SPELLINGS.split())
    for other in others.split(",")
}
"""Codes of old, of three letters, and of countries; Norwegian, of which a text mostly is Bokmål, has one."""

_NONE = frozenset(["und", "mul", "zxx", "mis", "xx"])


def declared_language(tag: str) -> str:
    """The language of a declaration such as `en-US` or `pt_BR`; empty where it names none."""
    match = _TAG.fullmatch(tag.strip().lower()[:100])
    language = match[1] if match else ""
    return "" if language in _NONE else _RENAMED.get(language, language)


def detected_language(text: str) -> str:
    """The language a text is in by its letters; empty where it is too short or not sure."""
    beginning = text[:_LOOKED_AT]
    if plain := language_of_script(beginning) or _by_small_words(beginning):
        return plain
    sample = _prose(text) if _CODE.search(beginning) else beginning
    if len(sample.encode("utf-8", "replace")) < _ENOUGH:
        return ""
    if plain := language_of_script(sample):
        return plain
    language, confidence = language_model().classify(sample)
    return declared_language(language) if confidence >= _SURE else ""  # its own "zxx" is no language


def marked_language(html: str) -> str:
    """The language that most of the marks in some HTML are of; empty where there are none."""
    marks = _MARKS.findall(html, 0, _MARKED_WITHIN) if ' lang="' in html else ()
    found = Counter(filter(None, map(declared_language, marks)))
    language, count = max(found.items(), key=lambda item: item[1], default=("", 0))
    return language if 2 * count > found.total() else ""


def _prose(text: str) -> str:
    """The beginning of what is neither code nor addresses."""
    prose, length = [], 0
    for line in text[: _LOOKED_AT * 5].split("\n"):
        if len(_CODE.findall(line)) * _CODE_EVERY < len(line):
            prose.append(line)
            length += len(line) + 1
        if length > _LOOKED_AT:
            break
    found = "\n".join(prose)[:_LOOKED_AT]
    return found if len(found) >= _ENOUGH else text[:_LOOKED_AT]


def _by_small_words(sample: str) -> str:
    """The language whose small words the text is full of: as most texts are, and a tenth of the work."""
    words = sample.lower().split()
    counts = Counter(map(_LANGUAGE_OF.get, words))
    del counts[None]
    if not counts:
        return ""
    (language, count), *_ = counts.most_common(1)
    sure = count >= max(_MANY, _SHARE * len(words)) and counts.total() - count <= _MISTAKEN * count
    return language or "" if sure else ""


@cache
def language_model() -> LanguageIdentifier:
    """The model, loaded once and only where a text has no declared language: it takes a moment.

    Its 70 MB of tables lie in a file, which processes forked from this one share.
    """
    import numpy as np  # noqa: PLC0415 - takes a moment, too
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415

    loaded = LanguageIdentifier.from_model_file(MODEL_FILE)
    weights, moves = np.asarray(loaded.nb_ptc), loaded.tk_nextmove
    return LanguageIdentifier(
        np.frombuffer(_in_a_file(weights.data), weights.dtype).reshape(weights.shape),
        loaded.nb_pc,
        loaded.nb_classes,
        memoryview(_in_a_file(memoryview(moves))).cast(moves.typecode),
        loaded.tk_output,
        norm_probs=True,
        tk_row=loaded.tk_row,
    )


def _in_a_file(values: memoryview) -> mmap:
    """The same bytes in a file without a name: the system can take back the memory that it takes."""
    with TemporaryFile() as file:
        file.write(values)
        file.flush()
        return mmap(file.fileno(), 0, access=ACCESS_READ)
