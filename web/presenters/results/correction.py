"""Another spelling of a query that finds something, and what would be changed."""

from __future__ import annotations

import re
from dataclasses import dataclass

from search.results import Correction, Fragment, Fragments, SearchPage
from web import links, refine
from web.language.voice import gettext
from web.presenters import words


@dataclass(frozen=True, slots=True)
class Corrected:
    """The other wording, its changed words told apart, and the search for it.

    `missing` says which words no post has, `finds` how many posts the other wording finds.
    """

    missing: str
    text: Fragments
    url: str
    finds: str


def corrected(page: SearchPage) -> Corrected | None:
    """What else to search for; None where nothing is likely."""
    if (correction := page.correction) is None:
        return None
    return Corrected(
        missing=_missing(correction),
        text=_told_apart(correction),
        url=links.search(refine.asking(page.request, correction.text)),
        finds=words.posts(correction.total),
    )


def _missing(correction: Correction) -> str:
    if not correction.changes:
        return ""
    typed = words.either(gettext("“%(word)s”", word=word) for word, _ in correction.changes)
    return gettext("No post has %(words)s.", words=typed)


def _told_apart(correction: Correction) -> Fragments:
    """The text with the words that are new in it as matched fragments."""
    new = sorted({word for _, word in correction.changes if word}, key=len, reverse=True)
    if not new:
        return (Fragment(correction.text),)
    pieces = re.split(rf"\b({'|'.join(map(re.escape, new))})\b", correction.text, flags=re.IGNORECASE)
    return tuple(Fragment(piece, matched=bool(index % 2)) for index, piece in enumerate(pieces) if piece)
