"""Bodies in any markup, as safe HTML and as the text a reader sees."""

from __future__ import annotations

import re
from functools import cache
from html import escape, unescape
from typing import NamedTuple

from markdown_it import MarkdownIt

from indexer.normalise.bodies.footnotes import mark_notes, read_footnotes, unmark_code
from indexer.normalise.bodies.html import LONGEST, read_html, text_of
from indexer.normalise.bodies.wordpress import as_seen, with_paragraphs
from indexer.normalise.text import clean
from indexer.record import Markup

_LONGEST_MARKDOWN = 500_000  # characters; the parser takes seconds over the worst of these
_DEEPEST_MARKDOWN = 40
_ESCAPED_TAG = re.compile(
    r"&lt;/(?:p|div|a|li|h[1-6]|blockquote|strong|em)&gt;|&lt;br ?/?&gt;", re.IGNORECASE
)
_ESCAPED_TWICE = re.compile(
    r"&amp;(#\d{2,6};|#x[0-9a-f]{2,5};|(?:nbsp|amp|quot|[lr][sd]quo|[lr]aquo|[mn]dash|hellip|copy|[aeiou](?:acute|grave"
    r"|circ|uml)|[cC]cedil|[nN]tilde|szlig|[AOU]uml|[AEIOU]acute);)"
)
_BLANK_LINES = re.compile(r"\n[^\S\n]*(?:\n\s*)+")


class Body(NamedTuple):
    """A body as it is shown and as it is searched."""

    html: str
    text: str


def read_body(body: str, markup: Markup, base: str = "") -> Body:
    """The body's safe HTML, relative links resolved against `base`, and its text; cut at `LONGEST`."""
    html = to_html(clean(body[:LONGEST]), markup)
    return Body(*read_html(html, base))


def read_text(text: str, markup: Markup) -> str:
    """What a reader sees of a title or summary: plain text, which formats give decoded, stays as it is."""
    if markup is Markup.TEXT:
        return clean(text[:LONGEST])
    return text_of(to_html(clean(text[:LONGEST]), markup))


def to_html(body: str, markup: Markup) -> str:
    """The body as HTML that is not safe to show yet."""
    match markup:
        case Markup.HTML:
            return _unescaped(body)
        case Markup.WORDPRESS:
            return as_seen(_unescaped(body))
        case Markup.LINES:
            return with_paragraphs(body)
        case Markup.MARKDOWN:
            return _from_markdown(body)
        case Markup.TEXT:
            return _from_text(body)


def _unescaped(html: str) -> str:
    """The HTML without what was escaped twice on its way: all of it, or characters that nobody writes so."""
    if "&" not in html:
        return html
    if "<" not in html and _ESCAPED_TAG.search(html):
        return unescape(html)
    if "&amp;" in html and "<code" not in html and "<pre" not in html:
        return _ESCAPED_TWICE.sub(r"&\1", html)
    return html


def _from_text(text: str) -> str:
    paragraphs = (paragraph.strip() for paragraph in _BLANK_LINES.split(text))
    return "\n".join(f"<p>{escape(part).replace(chr(10), '<br>')}</p>" for part in paragraphs if part)


def _from_markdown(text: str) -> str:
    if len(text) > _LONGEST_MARKDOWN:
        return _from_text(text)
    markdown = _markdown()
    references: dict[str, object] = {}
    tokens = markdown.parse(mark_notes(text), references)
    if any(token.level >= _DEEPEST_MARKDOWN - 2 for token in tokens):
        return _from_text(text)  # the parser leaves out what nests deeper
    unmark_code(tokens)
    return str(markdown.renderer.render(tokens, markdown.options, references))


@cache
def _markdown() -> MarkdownIt:
    options = {"html": True, "maxNesting": _DEEPEST_MARKDOWN}
    markdown = MarkdownIt("commonmark", options).enable(["table", "strikethrough"])
    read_footnotes(markdown)
    return markdown
