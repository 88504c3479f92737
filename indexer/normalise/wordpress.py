"""WordPress' own markup: line breaks that are paragraphs, and shortcodes, as a reader sees them."""

from __future__ import annotations

import re
from html import escape

_BLOCK = re.compile(
    r"<(?:p|div|br|ul|ol|dl|table|blockquote|h[1-6]|pre|hr|figure|section|article)[\s/>]", re.IGNORECASE
)
_PARAGRAPH = re.compile(r"<(?:p|div|br)[\s/>]", re.IGNORECASE)
_STARTS_BLOCK = re.compile(
    r"\s*</?(?:address|article|aside|blockquote|dd|div|dl|dt|figcaption|figure|footer|form|h[1-6]|header|hr|li|main|nav"
    r"|ol|p|pre|script|section|style|table|tbody|td|tfoot|th|thead|tr|ul)[\s/>]",
    re.IGNORECASE,
)
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
    """A body as WordPress shows it: its shortcodes resolved or left out, its line breaks seen.

    Bodies of other makers come back as they are, unless they have line breaks and no block tags at all.
    """
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
    """Blank lines made paragraphs, and line ends breaks, where the body has no paragraphs of its own."""
    if "\n" not in html.strip() or _PARAGRAPH.search(html):
        return html
    if _BLOCK.search(html) and not _BLANK_LINES.search(html):
        return html
    return "\n".join(map(_paragraph, _BLANK_LINES.split(html.strip())))


def _paragraph(text: str) -> str:
    if _STARTS_BLOCK.match(text) or _BLOCK.search(text) or text.startswith("<!--"):
        return text
    return f"<p>{text.strip().replace(chr(10), '<br>')}</p>"
