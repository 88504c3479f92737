"""What no reader of a post sees, taken out of it; formulas and embedded things made text and links."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from indexer.normalise.bodies.elements import CLUTTER, GUTTERS, REWRITTEN, VERBATIM, WITHOUT_CONTENT
from indexer.normalise.bodies.embeds import EMBEDS, link_embeds

_UNSEEN = ", ".join(
    (
        *sorted(WITHOUT_CONTENT - {"head", "math", *EMBEDS}),
        *(f".{name}" for name in sorted(CLUTTER)),
        *(f"td.{name}" for name in sorted(GUTTERS)),
        "[hidden]",
        '[style*="display:none" i], [style*="display: none" i], [style*="display :" i][style*="none" i]',
    )
)
_LOOKED_AT = WITHOUT_CONTENT | VERBATIM | {"form"}
_LOOKED_AT_CLASSES = CLUTTER | GUTTERS | REWRITTEN
_CLASSES = re.compile(r' class="([^"]*)"')
_HIDDEN = re.compile(
    r' (?:hidden=""|hidden="hidden"|aria-hidden="true"|style="[^"]*display\s*:\s*none)', re.IGNORECASE
)
_VERBATIM = ", ".join(sorted(VERBATIM))
_FORMULA_SOURCES = 'script[type^="math/tex"]'
_FORMULA_PICTURES = ".MathJax, .MathJax_Display, .MathJax_Preview, .MathJax_CHTML, .MathJax_SVG"
_FORMULA_TWICE = ".MJX_Assistive_MathML"
_TEX = 'annotation[encoding="application/x-tex"], annotation[encoding="TeX"]'
_ICON = 3  # characters that may be a picture; more are words, hidden from screen readers only
_FIELDS = 'input:not([type="hidden"]), textarea, select, button'
_SHORT_FORM = 300  # characters: to search or to subscribe; some systems put the whole page into a form


def may_be_unseen(name: str, attributes: str) -> bool:
    """Whether an element, by its name and its attributes as a parser writes them, has to be looked at."""
    if name in _LOOKED_AT:
        return True
    if not attributes:
        return False
    classes = _CLASSES.search(f" {attributes}")
    if classes and not _LOOKED_AT_CLASSES.isdisjoint(classes[1].split()):
        return True
    return ("hidden" in attributes or "style=" in attributes) and _HIDDEN.search(f" {attributes}") is not None


def take_out_unseen(tree: LexborHTMLParser) -> None:
    """Leave in the body of the tree what a reader of it sees."""
    body = tree.body
    if not body:
        return
    _write_formulas(body)
    _remove({node.mem_id: node for node in body.css("form") if _is_furniture(node)})
    _remove({node.mem_id: node for node in body.css(_UNSEEN)})  # once, whatever it is unseen for
    _remove({node.mem_id: node for node in body.css('[aria-hidden="true"]') if _is_icon(node)})
    link_embeds(tree, body)
    for node in [node for node in body.traverse(include_text=True) if _is_remark(node)]:
        node.decompose()
    for node in body.css(_VERBATIM):
        node.replace_with(node.text())


def _write_formulas(body: LexborNode) -> None:
    """Formulas as their author wrote them, once, in the place of all that draws them."""
    sources = body.css(_FORMULA_SOURCES)
    _remove({node.mem_id: node for node in body.css(_FORMULA_PICTURES if sources else _FORMULA_TWICE)})
    for node in sources:
        node.replace_with(node.text())
    for node in body.css(".katex"):
        if tex := node.css_first(_TEX):
            node.replace_with(tex.text())
    for node in body.css("math"):
        tex = node.css_first(_TEX)
        node.replace_with(tex.text() if tex else node.attributes.get("alttext") or node.text())


def _remove(nodes: dict[int, LexborNode]) -> None:
    for node in reversed(nodes.values()):  # what is inside of another before that other
        node.decompose()


def _is_icon(node: LexborNode) -> bool:
    return len(node.text().strip()) <= _ICON and node.css_first("img, picture") is None


def _is_furniture(form: LexborNode) -> bool:
    return len(form.text()) < _SHORT_FORM and form.css_first(_FIELDS) is not None


def _is_remark(node: LexborNode) -> bool:
    """Whether this is a comment or an instruction to a program."""
    return not (node.is_element_node or node.is_text_node)
