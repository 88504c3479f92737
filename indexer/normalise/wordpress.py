"""WordPress' own markup: line breaks that are paragraphs, and shortcodes, as a reader sees them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape

_BLOCK = re.compile(
    r"<!--|</?(?:address|article|aside|blockquote|dd|details|div|dl|dt|figcaption|figure|footer|form|h[1-6]|header|hr|li"
    r"|main|nav|ol|p|section|summary|table|tbody|td|tfoot|th|thead|tr|ul)[\s/>]",
    re.IGNORECASE,
)
_KEPT = re.compile(r"<(pre|script|style|textarea|svg)\b.*?(?:</\1\s*>|\Z)", re.IGNORECASE | re.DOTALL)
_LINE_END = re.compile(r"(?:<br\s*/?>)?[^\S\n]*\n")
_BLANK_LINES = re.compile(r"\n[^\S\n]*\n\s*")

_ATTRIBUTES = r"(?:\s[^\[\]<>]{0,2000})?"
_CAPTION = re.compile(rf"\[(/?)(?:wp_)?caption({_ATTRIBUTES})\]")
_CAPTION_TEXT = re.compile(r"""\scaption=(?:"([^"]*)"|'([^']*)')""")
_CODE = re.compile(rf"\[(/?)(?:source)?code{_ATTRIBUTES}\]")
_EMBED = re.compile(rf"\[embed{_ATTRIBUTES}\]\s*(https?://[^\s\[\]<>]{{1,2000}})\s*\[/embed\]")
_GONE = re.compile(
    r"\[/?(?:gallery|playlist|contact-form|contact-field|contact-form-7|sharethis|subscribe|toc|more)(?:\s[^\[\]<>]{0,2000})?/?\]"
    r"|\[/?(?:audio|video|youtube|vimeo|soundcloud|slideshare|googlemaps|polldaddy|gravityform|et_pb_\w+|vc_\w+|fusion_\w+)"
    r"(?:[\s=][^\[\]<>]{0,2000}/?)\]|\[/(?:audio|video|et_pb_\w+|vc_\w+|fusion_\w+)\]"
)


def as_seen(html: str) -> str:
    """A body as WordPress shows it: its shortcodes resolved or left out, its line breaks seen."""
    return with_paragraphs(without_shortcodes(html))


def without_shortcodes(html: str) -> str:
    """Captions become figures and code becomes code; what a reader never sees in brackets goes."""
    if "[" not in html:
        return html
    html = _CAPTION.sub(_figure, html)
    html = _CODE.sub(lambda tag: "</code></pre>" if tag[1] else "<pre><code>", html)
    html = _EMBED.sub(r'<a href="\1">\1</a>', html)
    return _GONE.sub("", html)


def _figure(tag: re.Match[str]) -> str:
    if tag[1]:
        return "</figure>"
    text = _CAPTION_TEXT.search(tag[2] or "")
    return "<figure>" + (f"<figcaption>{escape(text[1] or text[2] or '')}</figcaption>" if text else "")


def with_paragraphs(html: str) -> str:
    """Blank lines made paragraphs and line ends breaks, as the classic editor's bodies are shown.

    Bodies of the block editor say themselves what their paragraphs are.
    """
    if "\n" not in html.strip() or "<!-- wp:" in html:
        return html
    parts: list[str] = []
    end = 0
    for kept in _KEPT.finditer(html):
        parts += _paragraphs(html[end : kept.start()])
        parts.append(kept[0])
        end = kept.end()
    return "\n".join([*parts, *_paragraphs(html[end:])])


def _paragraphs(html: str) -> Iterator[str]:
    for chunk in _BLANK_LINES.split(html.strip()):
        block = _BLOCK.search(chunk)
        inline = chunk[: block.start()] if block else chunk
        if text := inline.strip():
            yield f"<p>{_LINE_END.sub('<br>', text)}</p>"
        if block:
            yield chunk[block.start() :]
