"""Which language a text is in, as a two or three letter code."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

_LOOKED_AT = 1_000  # characters: more would only take longer
_ENOUGH = 120  # bytes of UTF-8, about two lines of English or one of Japanese
_SURE = 0.95
_TAG = re.compile(r"([a-z]{2,3})(?:[-_][a-z0-9]{1,8})*(?:[.@].*)?", re.ASCII)
_RENAMED = {
    "iw": "he",
    "in": "id",
    "ji": "yi",
    "eng": "en",
    "deu": "de",
    "ger": "de",
    "fra": "fr",
    "spa": "es",
}
_NONE = frozenset(["und", "mul", "zxx", "mis", "xx"])


def declared_language(tag: str) -> str:
    """The language of a declaration such as `en-US` or `pt_BR`; empty where it names none."""
    match = _TAG.fullmatch(tag.strip().lower()[:100])
    language = match[1] if match else ""
    return "" if language in _NONE else _RENAMED.get(language, language)


def detected_language(text: str) -> str:
    """The language a text is in by its letters; empty where it is too short or not sure."""
    sample = text[:_LOOKED_AT]
    if len(sample.encode("utf-8", "replace")) < _ENOUGH:
        return ""
    language, confidence = _identifier().classify(sample)
    return declared_language(language) if confidence >= _SURE else ""  # its own "zxx" is no language


@cache
def _identifier() -> LanguageIdentifier:
    """The model, loaded once and only where a text has no declared language: it takes a moment."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415 - brings NumPy and the model

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
