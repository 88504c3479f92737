"""The text of a Substack post without what asks for something, and with what is drawn by scripts only."""

from __future__ import annotations

from html import escape

from selectolax.lexbor import LexborHTMLParser, LexborNode

from indexer.formats.pages.elements import inner_html, outermost, remove
from indexer.formats.reading.json_list import NotJson, load, text_of
from indexer.normalise.bodies.nesting import shallow

_ASKING = (
    ".subscription-widget-wrap, .subscription-widget-wrap-editor, .subscription-widget, .paywall-jump,"
    " .captioned-button-wrap, .poll-embed, .install-substack-app-embed, .community-chat, .directMessage,"
    " .tweet-footer, .image-link-expand"
)
_BUTTONS = ".button-wrapper"
_ASKS = ("%%", "/subscribe", "action=share", "gift=true", "/comments", "/leaderboard")
"""What is in the address of a button that asks to subscribe, share or comment."""

_WORDS = ("title", "full_text", "name", "persistentExpression", "caption", "truncated_body_text")
"""Which of the values of an embedded post, tweet, formula or name are what a reader sees."""
_ADDRESSES = ("canonical_url", "url")


def reading_text(html: str) -> str:
    """What a reader sees of the text, as HTML that is not safe yet."""
    tree = LexborHTMLParser(shallow(html))
    remove(tree, _ASKING)
    for button in outermost(tree, _BUTTONS):
        address = button.css_first("a[href]")
        if address is None or any(sign in (address.attributes.get("href") or "") for sign in _ASKS):
            button.decompose()
    for embedded in reversed(tree.css("div[data-attrs], span[data-attrs]")):
        _fill(embedded)
    return inner_html(tree.body) if tree.body is not None else ""


def _fill(embedded: LexborNode) -> None:
    """Write into an empty element what scripts would draw there of its values."""
    if embedded.text(deep=False).strip() or any(True for _ in embedded.iter()):
        return
    try:
        values = load(embedded.attributes.get("data-attrs") or "")
    except NotJson:
        return
    if not isinstance(values, dict):
        return
    words = [text for name in _WORDS if (text := text_of(values.get(name)))]
    address = next(filter(None, (text_of(values.get(name)) for name in _ADDRESSES)), "")
    if not words:
        return
    first = f'<a href="{escape(address)}">{escape(words[0])}</a>' if address else escape(words[0])
    drawn = "<br>".join([first, *map(escape, words[1:])])
    tag = "div" if embedded.tag == "div" else "span"
    if (node := LexborHTMLParser(f"<{tag}>{drawn}</{tag}>").css_first(tag)) is not None:
        embedded.replace_with(node)
