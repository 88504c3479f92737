"""WordPress' own markup: line breaks that are paragraphs, and shortcodes, as a reader sees them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape, unescape

_BLOCK = re.compile(
    r"<!--|</?(?:address|article|aside|blockquote|dd|details|div|dl|dt|figcaption|figure|footer|form|h[1-6]|header|hr|li"
    r"|main|nav|ol|p|section|summary|table|tbody|td|tfoot|th|thead|tr|ul)[\s/>]",
    re.IGNORECASE,
)
_KEPT = re.compile(
    r"<(?=[pst])(pre|script|style|textarea|svg)\b.*?(?:</\1\s*>|\Z)", re.IGNORECASE | re.DOTALL
)
_LINE_END = re.compile(  # blanks only from their first, or a row of them would be tried from each
    r"<br\s*/?>[^\S\n]*+\n|(?<![^\S\n])[^\S\n]*+\n"
)
_BLANK_LINES = re.compile(r"\n[^\S\n]*\n\s*")

_ATTRIBUTES = r"(?:\s[^\[\]<>]{0,2000})?"
_SHORTCODE = re.compile(r"\[/?[a-z]")
_CAPTION = re.compile(rf"\[(/?)(?:wp_)?caption({_ATTRIBUTES})\]")
_CAPTION_TEXT = re.compile(r"""\scaption=(?:"([^"]*)"|'([^']*)')""")
_CODE = re.compile(rf"\[(/?)(?:source)?code{_ATTRIBUTES}\]")
_EMBED = re.compile(rf"\[embed{_ATTRIBUTES}\]\s*(https?://[^\s\[\]<>]{{1,2000}})\s*\[/embed\]")
_PLAYER = re.compile(
    r"\[(?<!\[\[)(?P<name>audio|video|youtube|vimeo|dailymotion|soundcloud|ted|slideshare|googlemaps|scribd|spotify)"
    r"(?P<attributes>[\s=][^\[\]<>]{0,2000})?\](?:(?P<inside>[^\[\]<>]{0,2000})\[/(?P=name)\])?"
)
_ADDRESS = re.compile(r"""https?://[^\s"'\[\]<>]+""")
_NUMBER = re.compile(r"""(?:\bid=)?["']?([\w-]{6,20})["']?$""")
_PLAYED_AT = {"youtube": "https://www.youtube.com/watch?v={}", "vimeo": "https://vimeo.com/{}"}
_GONE = re.compile(
    r"\[/?(?:gallery|playlist|contact-form|contact-field|contact-form-7|sharethis|subscribe|toc|more)(?:\s[^\[\]<>]{0,2000})?/?\]"
    r"|\[/?(?:et_pb|vc|fusion|su|av|mk|ult|nectar|cmsms|tdc|wpb|ux|themify|one|two|three|four)_[a-z]\w{1,60}"
    r"(?:\s[^\[\]<>]{0,2000})?\]"
)
_WITH_ATTRIBUTES = re.compile(
    r"""\[(?<!\[\[)([a-z][\w-]{2,40})(?:\s+[\w-]{1,40}=(?:"[^"\[\]<>]{0,500}"|'[^'\[\]<>]{0,500}'))+\s*/?\]"""
)
_CLOSING = re.compile(r"\[/([a-z][\w-]{2,40})\]")
_FORMULA = re.compile(r"\$latex\s+([^$<>]{1,2000})\$|\[latex\]([^\[\]<>]{1,2000})\[/latex\]")
_BARE_ADDRESS = re.compile(r"""\n[ \t]*(https?://[^\s<>\[\]"']{4,500})[ \t]*(?=\n|\Z)""")


def as_seen(html: str) -> str:
    """A body as WordPress shows it: its shortcodes resolved or left out, its line breaks seen."""
    html = without_shortcodes(html)
    if "://" in html and "<pre" not in html:  # on lines of their own they are embedded
        html = _BARE_ADDRESS.sub(r'\n<a href="\1">\1</a>', f"\n{html}")[1:]
    return with_paragraphs(html)


def without_shortcodes(html: str) -> str:
    """Captions become figures and players what they play; what a reader never sees in brackets goes."""
    if "latex" in html:
        html = _FORMULA.sub(lambda found: (found[1] or found[2]).strip(), html)
    if not _SHORTCODE.search(html):
        return html
    html = _CAPTION.sub(_figure, html)
    html = _CODE.sub(lambda tag: "</code></pre>" if tag[1] else "<pre><code>", html)
    html = _EMBED.sub(r'<a href="\1">\1</a>', html)
    html = _PLAYER.sub(_embedded, html)
    return _without_others(_GONE.sub("", html))


def _embedded(tag: re.Match[str]) -> str:
    """What a player plays, as the element that plays it; a word in brackets, without any, stays as it is."""
    said = f"{tag['attributes'] or ''} {tag['inside'] or ''}".strip()
    if not said:
        return tag[0]
    address = _ADDRESS.search(said)
    number = _NUMBER.search(said) if tag["name"] in _PLAYED_AT else None
    if not address and not number:
        return ""
    found = unescape(address[0]) if address else _PLAYED_AT[tag["name"]].format(number[1] if number else "")
    element = tag["name"] if tag["name"] in ("audio", "video") else "iframe"
    return f'<{element} src="{escape(found)}"></{element}>'


def _without_others(html: str) -> str:
    """The text without the shortcodes of plugins, known by their attributes; what is in them stays."""
    names = {tag[1] for tag in _WITH_ATTRIBUTES.finditer(html)}
    if not names:
        return html
    return _CLOSING.sub(lambda tag: "" if tag[1] in names else tag[0], _WITH_ATTRIBUTES.sub("", html))


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
            shown = _LINE_END.sub("<br>", text) if "\n" in text else text
            yield f"<p>{shown}</p>"
        if block:
            yield chunk[block.start() :]
