"""Bodies in any markup, as safe HTML and as the text a reader sees."""

from __future__ import annotations

import re
from functools import cache
from html import escape
from typing import NamedTuple

from markdown_it import MarkdownIt

from indexer.normalise.html import LONGEST, read_html, text_of
from indexer.normalise.text import clean
from indexer.normalise.wordpress import as_seen, with_paragraphs
from indexer.record import Markup

_LONGEST_MARKDOWN = 500_000  # characters; the parser takes seconds over the worst of these
_DEEPEST_MARKDOWN = 40
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
            return body
        case Markup.WORDPRESS:
            return as_seen(body)
        case Markup.LINES:
            return with_paragraphs(body)
        case Markup.MARKDOWN:
            return _from_markdown(body)
        case Markup.TEXT:
            return _from_text(body)


def _from_text(text: str) -> str:
    paragraphs = (paragraph.strip() for paragraph in _BLANK_LINES.split(text))
    return "\n".join(f"<p>{escape(part).replace(chr(10), '<br>')}</p>" for part in paragraphs if part)


def _from_markdown(text: str) -> str:
    if len(text) > _LONGEST_MARKDOWN:
        return _from_text(text)
    markdown = _markdown()
    references: dict[str, object] = {}
    tokens = markdown.parse(text, references)
    if any(token.level >= _DEEPEST_MARKDOWN - 2 for token in tokens):
        return _from_text(text)  # the parser leaves out what nests deeper
    return str(markdown.renderer.render(tokens, markdown.options, references))


@cache
def _markdown() -> MarkdownIt:
    options = {"html": True, "maxNesting": _DEEPEST_MARKDOWN}
    return MarkdownIt("commonmark", options).enable(["table", "strikethrough"])
