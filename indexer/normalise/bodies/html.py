"""HTML from strangers: made safe to show, and read as a person would read it."""

from __future__ import annotations

from selectolax.lexbor import LexborHTMLParser

from indexer.normalise.bodies.nesting import shallow
from indexer.normalise.bodies.regular import cut_regular
from indexer.normalise.bodies.tags import CutMarkup, Unseen, lines
from indexer.normalise.bodies.unseen import take_out_unseen

LONGEST = 10_000_000
"""How many characters of one body are kept."""

_STANDARD = "<!DOCTYPE html>"  # or paragraphs would hold tables, as they did in the browsers of the nineties


def read_html(html: str, base: str = "") -> tuple[str, str]:
    """Some HTML as `sanitise` and as `text_of` give it, in one go."""
    cut = _cut(html)
    return cut.safe(base), cut.text


def sanitise(html: str, base: str = "") -> str:
    """The part of some HTML that is safe to show inside a page; relative links are resolved against `base`.

    What remains has no scripts, styles, forms or frames, and links to http, https and mailto only.
    """
    return _cut(html).safe(base)


def text_of(html: str) -> str:
    """What a reader of some HTML sees: one line for each paragraph or the like, no empty ones.

    Words are never split or glued by the markup between them. Text that stands for pictures is part of
    it; scripts, navigation and share buttons are not.
    """
    if "<" not in html and "&" not in html:
        return lines(html[:LONGEST])
    return _cut(html).text


def _cut(html: str) -> CutMarkup:
    """What a reader sees of the HTML; parsed only where that is needed."""
    html = html[:LONGEST]
    return cut_regular(html) or cut_parsed(html)


def cut_parsed(html: str) -> CutMarkup:
    """What a parser makes of the HTML, less what no reader sees."""
    tree = LexborHTMLParser(_STANDARD + shallow(html))
    try:
        return CutMarkup.of(_inside(tree))
    except Unseen:
        take_out_unseen(tree)
        return CutMarkup.of(_inside(tree), gone=True)


def _inside(tree: LexborHTMLParser) -> str:
    return (tree.body.inner_html or "") if tree.body else ""
