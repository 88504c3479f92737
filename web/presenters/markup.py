"""Fragments as HTML: the one place where text becomes markup and is escaped for it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from markupsafe import Markup, escape

from search.results import Fragment, Snippet
from web.presenters import words

ELLIPSIS = "…"

# Sanitised HTML is serialised by the sanitiser: every `<` begins a tag and attributes are in double
# quotes. So tags can be told from text in one pass, however deeply they nest. Whatever is not closed
# runs to the end, which keeps the pass linear on anything else.
_TAG = re.compile(r'(<[^>"]*(?:"[^"]*(?:"|\Z)[^>"]*)*(?:>|\Z))')


def marked(fragments: Iterable[Fragment]) -> Markup:
    """The text, escaped, with what matched in `<mark>`."""
    # Joined as plain strings: Markup would look again at each piece, of hundreds on a page.
    pieces = (mark(each.text) if each.matched else escape(each.text) for each in fragments)
    return Markup("".join(pieces))  # noqa: S704 - each of them is escaped


def snippet(passage: Snippet) -> Markup:
    """The passage as `marked`, with an ellipsis where text was cut off."""
    before = f"{ELLIPSIS} " if passage.before else ""
    after = f" {ELLIPSIS}" if passage.after else ""
    return Markup(f"{before}{marked(passage.fragments)}{after}")  # noqa: S704 - escaped where it is marked


def mark(text: str, number: int = 0) -> Markup:
    """A match, escaped; with a number it can be linked to as `#match-<number>`."""
    name = f' id="match-{number:d}"' if number else ""
    return Markup(f"<mark{name}>{escape(text)}</mark>")  # noqa: S704 - a number, and text that is escaped here


def split_html(sanitised: str) -> list[str]:
    """Sanitised HTML as texts (with entities) and tags by turns, a text first; they may be empty."""
    return _TAG.split(sanitised)


def joined(pieces: list[str]) -> Markup:
    """What was split, texts and tags by turns, as one again.

    A tag that is never closed would swallow the page after it: it is shown as text. Only the last can be one.
    """
    closed = len(pieces) < 2 or pieces[-2].endswith(">")
    html = pieces if closed else [*pieces[:-2], escape(pieces[-2]), pieces[-1]]
    return Markup("".join(html))  # noqa: S704 - sanitised before it was stored


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
