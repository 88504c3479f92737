"""Small questions to a parsed page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from indexer.formats.pages.templates import VALUE_ATTRIBUTES
from indexer.formats.reading.links import is_absolute


def first_values(tree: LexborHTMLParser | LexborNode, selectors: Iterable[str]) -> Iterator[str]:
    """What the first element of each selector says, for those that say anything."""
    for selector in selectors:
        node = tree.css_first(selector)
        if node is not None and (value := value_of(node)):
            yield value


def addresses(tree: LexborHTMLParser, selectors: Iterable[str]) -> Iterator[str]:
    """Where the first element of each selector leads, for those that lead to a whole address."""
    for selector in selectors:
        node = tree.css_first(selector)
        if node is not None:
            address = (node.attributes.get("href") or node.attributes.get("content") or "").strip()
            if is_absolute(address):
                yield address


def value_of(node: LexborNode) -> str:
    """What an element stands for: an exact value in an attribute, else its text."""
    for attribute in (*VALUE_ATTRIBUTES, *(["title"] if node.tag == "abbr" else [])):
        if value := (node.attributes.get(attribute) or "").strip():
            return value
    return " ".join(node.text().split())


def inner_html(node: LexborNode) -> str:
    """The HTML inside an element."""
    return (node.inner_html or "").strip()


def remove(tree: LexborHTMLParser | LexborNode, selector: str) -> None:
    """Take all elements of the selector off the page; those inside others of them go with these."""
    for node in reversed(tree.css(selector) if selector else ()):
        node.decompose()


def outermost(tree: LexborHTMLParser, selector: str) -> list[LexborNode]:
    """The elements of the selector, in order of the page, that are in no other of them."""
    found = tree.css(selector)
    if len(found) > 1:
        inner = {node.mem_id for node in tree.css(f":is({selector}) :is({selector})")}
        found = [node for node in found if node.mem_id not in inner]
    return found


def ancestors(node: LexborNode) -> Iterator[LexborNode]:
    """The elements around an element, from the inside out."""
    while (parent := node.parent) is not None:
        yield parent
        node = parent
