"""Languages that are told by their letters alone, however short the text."""

from __future__ import annotations

import re

_OTHER_THAN_LATIN = re.compile("[\u0370-\u1fff\u2e80-\ud7ff]")
_LETTER = re.compile(r"[^\W\d_]")
_OF_ONE_LANGUAGE = {
    "ko": "\u1100-\u11ff\uac00-\ud7a3",
    "th": "\u0e00-\u0e7f",
    "lo": "\u0e80-\u0eff",
    "km": "\u1780-\u17ff",
    "my": "\u1000-\u109f",
    "el": "\u0370-\u03ff\u1f00-\u1fff",
    "he": "\u0590-\u05ff",
    "hy": "\u0530-\u058f",
    "ka": "\u10a0-\u10ff",
    "am": "\u1200-\u137f",
    "ta": "\u0b80-\u0bff",
    "te": "\u0c00-\u0c7f",
    "kn": "\u0c80-\u0cff",
    "ml": "\u0d00-\u0d7f",
    "gu": "\u0a80-\u0aff",
    "pa": "\u0a00-\u0a7f",
    "si": "\u0d80-\u0dff",
}
"""Scripts that one language is written in, or hardly any other that has blogs."""

_KANA, _HAN, _ARABIC = "\u3041-\u30ff", "\u3400-\u9fff", "\u0600-\u06ff"
_PATTERNS = {
    script: re.compile(f"[{letters}]")
    for script, letters in {**_OF_ONE_LANGUAGE, "kana": _KANA, "han": _HAN, "arabic": _ARABIC}.items()
}
_URDU = re.compile("[\u0679\u0688\u0691\u06ba\u06d2]")
_PERSIAN = re.compile("[\u067e\u0686\u0698\u06af\u06a9\u06cc]")
_OF_ARABIC_ITSELF = re.compile("[\u064a\u0643\u0629]")
_OTHER_ARABIC = re.compile(
    "[\u0693\u0695\u06b5\u06c6\u06ce\u06d0\u0696\u06c7\u0685]"
)  # Pashto, Kurdish, Uyghur

_ENOUGH = 15  # letters
_MOST = 0.6  # of all letters
_SOME = 0.1


def language_of_script(sample: str) -> str:
    """The language whose script the text is in; empty where several languages have it."""
    if sample.isascii() or not _OTHER_THAN_LATIN.search(sample):
        return ""
    letters = len(_LETTER.findall(sample))
    counts = {script: len(pattern.findall(sample)) for script, pattern in _PATTERNS.items()}
    script = max(counts, key=lambda script: counts[script])
    east_asian = counts["kana"] + counts["han"]
    if script in ("kana", "han") and _is_most(east_asian, letters):
        return "ja" if counts["kana"] > _SOME * east_asian else "" if counts["kana"] else "zh"
    if not _is_most(counts[script], letters):
        return ""
    return _in_arabic_letters(sample) if script == "arabic" else script


def _is_most(count: int, letters: int) -> bool:
    return count >= max(_ENOUGH, _MOST * letters)


def _in_arabic_letters(sample: str) -> str:
    if _OTHER_ARABIC.search(sample):
        return ""
    if _URDU.search(sample):
        return "ur"
    persian, arabic = len(_PERSIAN.findall(sample)), len(_OF_ARABIC_ITSELF.findall(sample))
    return "fa" if persian > arabic else "ar" if arabic > persian else ""
