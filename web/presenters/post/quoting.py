"""Where a post quotes whom it quotes: the place in its text that a link can lead to."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable

from markupsafe import Markup

from web.presenters import markup

ANCHOR = "quoting"
"""The id of the place; the ids of a post's own HTML all begin with `in-post-`."""


def with_anchor(sanitised: str, names: Iterable[str]) -> str:
    """Sanitised HTML with the first name that its text has, where it first has it, as an anchor.

    It is the same HTML where the text has none of the names.
    """
    pieces = markup.split_html(sanitised)
    for name in names:
        wanted = _as_words(name)
        for n in range(0, len(pieces), 2):
            text = html.unescape(pieces[n])
            if name and (found := wanted.search(text)):
                pieces[n] = _anchored(text, *found.span())
                return "".join(pieces)
    return sanitised


def _as_words(name: str) -> re.Pattern[str]:
    """Finds a name as whole words, however its lines are broken."""
    return re.compile(r"(?<!\w)" + r"\s+".join(map(re.escape, name.split())) + r"(?!\w)")


def _anchored(text: str, start: int, end: int) -> Markup:
    return Markup('{}<span id="{}">{}</span>{}').format(text[:start], ANCHOR, text[start:end], text[end:])
