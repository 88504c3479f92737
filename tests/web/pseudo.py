"""A translation in which every text says of itself that it was looked up: `⟦Next⟧`.

It is of Arabic, for what is written from right to left, in letters that no English word has.
"""

from __future__ import annotations

import re
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po

from tests.web.translations import extracted
from web.language.languages import CATALOGUE

LANGUAGE = "ar"

_KEPT = re.compile(r"(%\(\w+\)[sd]|<[^>]*>|\s+$|^\s+)")
"""What a translation keeps: its places, markup, and the white space around it."""


def translate(folder: Path) -> None:
    """Write the catalogue into a folder of translations."""
    catalogue = Catalog(LANGUAGE, fuzzy=False)
    for each in extracted():
        if isinstance(each.id, str):
            catalogue.add(each.id, bracketed(each.id), context=each.context)
        else:
            plurals = (bracketed(each.id[1]),) * catalogue.num_plurals
            catalogue.add(each.id, plurals, context=each.context)
    file = folder / LANGUAGE / CATALOGUE
    file.parent.mkdir(parents=True)
    with file.open("wb") as opened:
        write_po(opened, catalogue)


def bracketed(text: str) -> str:
    """The text with brackets around all that is written in it."""
    pieces = _KEPT.split(text)
    return "".join(piece if _KEPT.fullmatch(piece) or not piece else f"⟦{piece}⟧" for piece in pieces)


def unmarked(text: str) -> list[str]:
    """The pieces of a text that were not looked up."""
    return [" ".join(piece.split()) for piece in re.split(r"⟦[^⟦⟧]*⟧", text) if piece.strip()]
