"""When a text is only the beginning of another."""

from __future__ import annotations

_NO_LETTERS = bytes(code for code in range(128) if not chr(code).isalnum())
_CUT = 60  # letters at the end of an excerpt that may be "Continue reading" and the like
_TELLING = 40  # letters that have to agree at the least
_LONGER = 1.2


def letters(text: str) -> str:
    """The letters and digits of a text, in small letters: what two ways to write it have in common."""
    encoded = text.casefold().encode("utf-8", "surrogatepass")
    kept = encoded.translate(None, _NO_LETTERS).decode("utf-8", "surrogatepass")
    return kept if kept.isascii() else "".join(filter(str.isalnum, kept))


def is_excerpt(text: str, of: str) -> bool:
    """Whether `text` is a beginning of `of`, maybe with "Read more" behind it, and that is clearly longer."""
    if len(of) <= len(text):
        return False
    short, long = letters(text), letters(of)
    beginning = short[: max(_TELLING, len(short) - _CUT)]
    return len(long) > _LONGER * len(short) and len(beginning) >= _TELLING and long.startswith(beginning)
