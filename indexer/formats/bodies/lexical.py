"""Lexical (https://lexical.dev), in which Ghost has kept posts since version 5, as HTML.

    {"root": {"type": "root", "children": [
      {"type": "paragraph", "children": [{"type": "extended-text", "text": ..., "format": 1},
                                         {"type": "link", "url": ..., "children": [...]}]},
      {"type": "image", "src": ..., "caption": ...}]}}

A node is an element with children, a piece of text whose `format` has a bit for each of bold, italic and so
on, or a card of Ghost's editor.
"""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from indexer.formats.bodies.ghost_cards import Values, card_html
from indexer.formats.reading.json_list import Json, load, text_of
from indexer.formats.reading.text import whole_characters

_DEEPEST = 60  # nodes in each other: 20 lists in lists
_FORMATS = ("strong", "em", "s", "u", "code", "sub", "sup", "mark")  # from the lowest bit on
_ELEMENTS = {
    "paragraph": "p",
    "quote": "blockquote",
    "extended-quote": "blockquote",
    "aside": "blockquote",
    "listitem": "li",
    "code": "pre",
    "table": "table",
    "tablerow": "tr",
}
_TEXTS = frozenset({"text", "extended-text", "code-highlight", "tk", "tab", "hashtag"})
_LEAVES = {"linebreak": "<br>", "zwnj": "", "at-link-search": ""}
_LINKS = frozenset({"link", "autolink", "at-link"})


def lexical_html(text: str, unknown: Callable[[str], None]) -> str:
    """The document as HTML that is not safe yet; tells `unknown` which nodes it left out.

    Raises `NotJson` where the text is no JSON; what is not as it should be shows as much as it has.
    """
    document = load(text)
    return _node(document.get("root") if isinstance(document, dict) else None, unknown, 0)


def _node(node: Json, unknown: Callable[[str], None], depth: int) -> str:
    if not isinstance(node, dict):
        return ""
    kind, children = text_of(node.get("type")), node.get("children")
    if kind in _TEXTS:
        return _text(node)
    if kind in _LEAVES:
        return _LEAVES[kind]
    if isinstance(children, list) and depth <= _DEEPEST:
        return _element(kind, node, "".join(_node(child, unknown, depth + 1) for child in children))
    card = card_html(kind, node)
    if card is None:
        unknown(kind)
    return card or ""


def _element(kind: str, node: Values, inner: str) -> str:
    if kind in _LINKS:
        return f'<a href="{escape(text_of(node.get("url")))}">{inner}</a>'
    tag = _tag(kind, node)
    if not tag or not (inner or tag in ("tr", "td", "th")):
        return inner
    start = text_of(node.get("start"))
    numbered = f' start="{start}"' if tag == "ol" and start.isdecimal() and start != "1" else ""
    return f"<{tag}{numbered}>{inner}</{tag}>"


def _tag(kind: str, node: Values) -> str:
    """The HTML element for a kind of node; empty for one that shows only what is in it."""
    match kind:
        case "heading" | "extended-heading":
            tag = text_of(node.get("tag"))
            return tag if tag in ("h1", "h2", "h3", "h4", "h5", "h6") else "h2"
        case "list":
            return (
                "ol"
                if text_of(node.get("tag")) == "ol" or text_of(node.get("listType")) == "number"
                else "ul"
            )
        case "tablecell":
            return "th" if text_of(node.get("headerState")) not in ("", "0") else "td"
    return _ELEMENTS.get(kind, "")


def _text(node: Values) -> str:
    text = node.get("text")
    if not isinstance(text, str) or not text:
        return ""
    shown = escape(whole_characters(text), quote=False)
    bits = text_of(node.get("format"))
    mask = int(bits) if bits.isdecimal() and len(bits) < 5 else 0
    for bit, tag in enumerate(_FORMATS):
        if mask >> bit & 1:
            shown = f"<{tag}>{shown}</{tag}>"
    return shown
