"""Fragments as HTML: the one place where text becomes markup and is escaped for it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from markupsafe import Markup, escape

from search.results import Fragment, Snippet
from web.presenters import words

ELLIPSIS = "…"

_CUT_BEFORE, _CUT_AFTER = ELLIPSIS + Markup(" "), Markup(" ") + ELLIPSIS
_MARK, _END_OF_MARK = Markup("<mark>"), Markup("</mark>")

# Sanitised HTML is serialised by the sanitiser: every `<` begins a tag and attributes are in double
# quotes. So tags can be told from text in one pass, however deeply they nest. Whatever is not closed
# runs to the end, which keeps the pass linear on anything else.
_TAG = re.compile(r'(<[^>"]*(?:"[^"]*(?:"|\Z)[^>"]*)*(?:>|\Z))')


def marked(fragments: Iterable[Fragment]) -> Markup:
    """The text, escaped, with what matched in `<mark>`."""
    return Markup("").join(
        mark(fragment.text) if fragment.matched else escape(fragment.text) for fragment in fragments
    )


def snippet(passage: Snippet) -> Markup:
    """The passage as `marked`, with an ellipsis where text was cut off."""
    before = _CUT_BEFORE if passage.before else Markup("")
    after = _CUT_AFTER if passage.after else Markup("")
    return before + marked(passage.fragments) + after


def mark(text: str, number: int = 0) -> Markup:
    """A match, escaped; with a number it can be linked to as `#match-<number>`."""
    begun = Markup('<mark id="match-{}">').format(number) if number else _MARK
    return begun + escape(text) + _END_OF_MARK


def split_html(sanitised: str) -> list[str]:
    """Sanitised HTML as texts (with entities) and tags by turns, a text first; they may be empty."""
    return _TAG.split(sanitised)


def tag(piece: str) -> Markup:
    """A tag as it stands; one that is never closed would swallow the page after it, and is shown as text."""
    return Markup(piece) if piece.endswith(">") else escape(piece)  # noqa: S704 - sanitised before it was stored


def code(text: str) -> Markup:
    """Text in which words between backticks are code, as Markdown has it."""
    pieces = text.split("`")
    return Markup("").join(
        Markup("<code>{}</code>").format(piece) if number % 2 else escape(piece)
        for number, piece in enumerate(pieces)
    )


def both(pieces: Iterable[str]) -> Markup:
    """Pieces of a page as the reader's language lists them: `one, two and three`."""
    return Markup(words.both(map(escape, pieces)))  # noqa: S704 - of escaped pieces and CLDR's words
