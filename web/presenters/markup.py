"""Fragments as HTML: the one place where text becomes markup and is escaped for it."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable

from markupsafe import Markup, escape

from search.results import Fragment, Fragments, Snippet

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
        _MARK + escape(fragment.text) + _END_OF_MARK if fragment.matched else escape(fragment.text)
        for fragment in fragments
    )


def snippet(passage: Snippet) -> Markup:
    """The passage as `marked`, with an ellipsis where text was cut off."""
    before = _CUT_BEFORE if passage.before else Markup("")
    after = _CUT_AFTER if passage.after else Markup("")
    return before + marked(passage.fragments) + after


def mark_html(sanitised: str, mark: Callable[[str], Fragments]) -> Markup:
    """Sanitised HTML with the words of its text marked; tags and attributes stay as they are."""
    pieces = _TAG.split(sanitised)
    return Markup("").join(
        _tag(piece) if index % 2 else marked(mark(html.unescape(piece)))
        for index, piece in enumerate(pieces)
        if piece
    )


def _tag(piece: str) -> Markup:
    # A tag that is never closed would swallow the page after it.
    return Markup(piece) if piece.endswith(">") else escape(piece)  # noqa: S704 - sanitised before it was stored
