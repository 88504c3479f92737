"""What a reader finds on a page: its nodes, texts, names, links and forms."""

from __future__ import annotations

from urllib.parse import urlencode

from selectolax.lexbor import LexborHTMLParser, LexborNode


def one(page: LexborHTMLParser | LexborNode, selector: str) -> LexborNode:
    """The only node of the selector."""
    (node,) = page.css(selector)
    return node


def text(node: LexborNode) -> str:
    """Its text, on one line."""
    return " ".join(node.text().split())


def name(node: LexborNode) -> str:
    """What a screen reader calls it."""
    return node.attributes.get("aria-label") or text(node)


def texts(page: LexborHTMLParser | LexborNode, selector: str) -> list[str]:
    """The texts of all nodes of the selector."""
    return [text(node) for node in page.css(selector)]


def names(page: LexborHTMLParser | LexborNode, selector: str) -> list[str]:
    """Their names, for screen readers."""
    return [name(node) for node in page.css(selector)]


def links(page: LexborHTMLParser | LexborNode, selector: str) -> dict[str, str]:
    """The addresses of links by their names."""
    return {name(node): str(node.attributes["href"]) for node in page.css(selector)}


def submitted(form: LexborNode, **typed: str) -> str:
    """The address a browser goes to when a form is sent with this typed in."""
    fields = [(n.attributes["name"] or "", n.attributes.get("value") or "") for n in form.css("input[name]")]
    assert form.attributes["method"] == "get"
    return f"{form.attributes['action']}?{urlencode([(n, typed.get(n, v)) for n, v in fields])}"
