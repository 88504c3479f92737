"""Tumblr's blocks ("Neue Post Format") as HTML (https://www.tumblr.com/docs/npf).

    [{"type": "text", "subtype": "heading1", "text": …, "formatting": [{"start", "end", "type", "url"}]},
     {"type": "image", "media": [{"url", "width"}], "alt_text": …, "caption": …},
     {"type": "link", "url", "title", "description"}, {"type": "audio" | "video", "url", "title"},
     {"type": "poll", "question", "answers": [{"answer_text"}]}]

A block of an unknown kind gives what text it has.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from itertools import groupby, pairwise

from indexer.formats.reading.json_list import Json, text_of

_ELEMENTS = {
    "": "p",
    "quirky": "p",
    "chat": "p",
    "heading1": "h2",
    "heading2": "h3",
    "quote": "blockquote",
    "indented": "blockquote",
    "ordered-list-item": "li",
    "unordered-list-item": "li",
}
_LISTS = {"ordered-list-item": "ol", "unordered-list-item": "ul"}
_INLINE = {"bold": "b", "italic": "i", "strikethrough": "s", "small": "small", "link": "a", "mention": "a"}
_MOST_FORMATS = 100  # of one block; each is repeated wherever another begins or ends within it

Block = dict[str, Json]


def to_html(content: Json, layout: Json = None) -> str:
    """The blocks in order; those that a layout says were asked stand in a quotation."""
    blocks = objects(content)
    asked = {
        index
        for one in objects(layout)
        if text_of(one.get("type")) == "ask"
        for index in _texts(one.get("blocks"))
    }
    parts = [
        f"<blockquote>{_run(run)}</blockquote>" if is_asked else _run(run)
        for is_asked, run in (
            (is_asked, [block for _, block in pairs])
            for is_asked, pairs in groupby(enumerate(blocks), lambda pair: str(pair[0]) in asked)
        )
    ]
    return "\n".join(filter(None, parts))


def objects(value: Json) -> list[Block]:
    """Those items of a list that are objects; none where it is no list."""
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def _texts(value: Json) -> list[str]:
    return [text_of(item) for item in value] if isinstance(value, list) else []


def _run(blocks: Sequence[Block]) -> str:
    parts: list[str] = []
    for list_name, items in groupby(blocks, lambda block: _LISTS.get(text_of(block.get("subtype")), "")):
        html = "\n".join(filter(None, map(_block, items)))
        parts.append(f"<{list_name}>{html}</{list_name}>" if list_name else html)
    return "\n".join(filter(None, parts))


def _block(block: Block) -> str:
    match text_of(block.get("type")):
        case "text":
            element = _ELEMENTS.get(text_of(block.get("subtype")), "p")
            return f"<{element}>{_inline(block)}</{element}>"
        case "image":
            return _image(block)
        case "poll":
            answers = (text_of(answer.get("answer_text")) for answer in objects(block.get("answers")))
            choices = "".join(f"<li>{escape(answer)}</li>" for answer in answers)
            return f"<p>{escape(text_of(block.get('question')))}</p><ul>{choices}</ul>"
        case _:
            return _link(block)


def _image(block: Block) -> str:
    media = block.get("media")
    sizes = objects([media] if isinstance(media, dict) else media)
    if not sizes:
        return ""
    address = escape(text_of(max(sizes, key=_width).get("url")))
    caption = escape(text_of(block.get("caption")))
    below = f"<figcaption>{caption}</figcaption>" if caption else ""
    return f'<figure><img src="{address}" alt="{escape(text_of(block.get("alt_text")))}">{below}</figure>'


def _width(size: Block) -> int:
    width = text_of(size.get("width"))
    return int(width) if width.isdecimal() and len(width) < 10 else 0


def _link(block: Block) -> str:
    """What is linked or embedded: its name, which leads to it, and what is said of it."""
    address = escape(text_of(block.get("url")))
    name = escape(text_of(block.get("title")) or text_of(block.get("text"))) or address
    about = escape(text_of(block.get("description")))
    linked = f'<a href="{address}">{name}</a>' if address else name
    return "".join(f"<p>{text}</p>" for text in (linked, about) if text)


def _inline(block: Block) -> str:
    """The text with its formats, of which any two may overlap, as elements that do not."""
    text = text_of(block.get("text"))
    spans = list(_spans(block, len(text)))
    edges = sorted({0, len(text), *(edge for start, end, *_ in spans for edge in (start, end))})
    parts: list[str] = []
    for start, end in pairwise(edges):
        around = [(tag, name) for first, last, tag, name in spans if first <= start and end <= last]
        opened = "".join(tag for tag, _ in around)
        closed = "".join(f"</{name}>" for _, name in reversed(around))
        parts.append(f"{opened}{escape(text[start:end], quote=False)}{closed}")
    return "".join(parts).replace("\n", "<br>")


def _spans(block: Block, length: int) -> Iterator[tuple[int, int, str, str]]:
    """Where each format begins and ends, its opening tag, and the name of its element."""
    for span in objects(block.get("formatting"))[:_MOST_FORMATS]:
        start, end = text_of(span.get("start")), text_of(span.get("end"))
        name = _INLINE.get(text_of(span.get("type")), "")
        if not name or not (start.isdecimal() and end.isdecimal()) or len(end) > 9 or len(start) > 9:
            continue
        blog = span.get("blog")
        address = text_of(span.get("url")) or (text_of(blog.get("url")) if isinstance(blog, dict) else "")
        tag = f'<a href="{escape(address)}">' if name == "a" else f"<{name}>"
        if int(start) < min(int(end), length):
            yield int(start), min(int(end), length), tag, name
