"""The cards of Ghost's editors (https://ghost.org/help/cards/): what each shows to a reader, as HTML.

Mobiledoc and Lexical both have them, as a name and named values. Captions and the like are HTML already,
titles and addresses are text. What is for e-mails or for subscribing alone shows nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from indexer.formats.reading.json_list import Json, text_of
from indexer.normalise.bodies.markup import to_html
from indexer.record import Markup

Values = dict[str, Json]
"""What a card holds, by name."""


def card_html(name: str, values: Values) -> str | None:
    """What a card shows, as HTML that is not safe yet; None for one of a kind not known."""
    render = _CARDS.get(name.removeprefix("card-").removesuffix("-card"))
    if render is None:
        return None
    return render(values) if _is_on_page(values.get("visibility")) else ""


def _is_on_page(visibility: Json) -> bool:
    """Whether a card is shown to any reader of the page, rather than in e-mails alone."""
    if not isinstance(visibility, dict):
        return True
    web = visibility.get("web")
    if isinstance(web, dict):
        return web.get("nonMember") is not False or text_of(web.get("memberSegment")) != ""
    return visibility.get("emailOnly") is not True and visibility.get("showOnWeb") is not False


def _link(address: str, label: str) -> str:
    """A link, or its label alone; nothing where there is neither."""
    label = escape(label or address)
    return f'<a href="{escape(address)}">{label}</a>' if address else label


def _around(tag: str, inner: str) -> str:
    return f"<{tag}>{inner}</{tag}>" if inner else ""


def _figure(inner: str, caption: Json) -> str:
    return _around("figure", inner + _around("figcaption", text_of(caption)))


def _picture(values: Values) -> str:
    source = text_of(values.get("src"))
    if not source:
        return ""
    words = "".join(
        f' {name}="{escape(text)}"' for name in ("alt", "title") if (text := text_of(values.get(name)))
    )
    picture = f'<img src="{escape(source)}"{words}>'
    address = text_of(values.get("href"))
    return f'<a href="{escape(address)}">{picture}</a>' if address else picture


def picture_html(source: str, alt: str, caption: str) -> str:
    """A picture with its caption, which is HTML."""
    return _figure(_picture({"src": source, "alt": alt}), caption)


def _image(values: Values) -> str:
    return _figure(_picture(values), values.get("caption"))


def _gallery(values: Values) -> str:
    images = values.get("images")
    pictures = (
        [_picture(image) for image in images if isinstance(image, dict)] if isinstance(images, list) else []
    )
    return _figure("".join(pictures), values.get("caption"))


def _before_after(values: Values) -> str:
    pair = (values.get("beforeImage"), values.get("afterImage"))
    return _figure(
        "".join(_picture(image) for image in pair if isinstance(image, dict)), values.get("caption")
    )


def _code(values: Values) -> str:
    code = values.get("code")
    block = f"<pre><code>{escape(code)}</code></pre>" if isinstance(code, str) else ""
    return _figure(block, values["caption"]) if text_of(values.get("caption")) else block


def _about(values: Values) -> Values:
    """What a card says of the page it is about."""
    metadata = values.get("metadata")
    return {**values, **metadata} if isinstance(metadata, dict) else values


def _bookmark(values: Values) -> str:
    about = _about(values)
    address = text_of(values.get("url")) or text_of(about.get("url"))
    source = " • ".join(filter(None, (text_of(about.get(name)) for name in ("publisher", "author"))))
    lines = (
        _link(address, text_of(about.get("title"))),
        escape(text_of(about.get("description"))),
        escape(source),
    )
    return _figure("".join(_around("p", line) for line in lines), values.get("caption"))


def _embed(values: Values) -> str:
    about = _about(values)
    link = _link(text_of(values.get("url")), text_of(about.get("title")))
    return _figure(text_of(values.get("html")) + _around("p", link), values.get("caption"))


def _callout(values: Values) -> str:
    text = text_of(values.get("calloutText"))
    return _around(
        "div", " ".join(filter(None, (escape(text_of(values.get("calloutEmoji"))), text))) if text else ""
    )


def _toggle(values: Values) -> str:
    heading, content = text_of(values.get("heading")), text_of(values.get("content"))
    return f"<details open><summary>{heading}</summary>{content}</details>" if heading or content else ""


def _button(values: Values) -> str:
    return _around("p", _link(text_of(values.get("buttonUrl")), text_of(values.get("buttonText"))))


def _header(values: Values) -> str:
    header, subheader = text_of(values.get("header")), text_of(values.get("subheader"))
    button = _button(values) if values.get("buttonEnabled") is True else ""
    return _around("h2", header) + _around("h3", subheader) + button


def _product(values: Values) -> str:
    button = _link(text_of(values.get("productUrl")), text_of(values.get("productButton")))
    return (
        _picture({"src": values.get("productImageSrc")})
        + _around("h4", text_of(values.get("productTitle")))
        + text_of(values.get("productDescription"))
        + (_around("p", button) if values.get("productButtonEnabled") is True else "")
    )


def _call_to_action(values: Values) -> str:
    button = _button(values) if values.get("showButton") is not False else ""
    return _picture({"src": values.get("imageUrl")}) + text_of(values.get("textValue")) + button


def _file(values: Values) -> str:
    label = text_of(values.get("fileTitle")) or text_of(values.get("fileName"))
    link = _around("p", _link(text_of(values.get("src")), label))
    return link + _around("p", escape(text_of(values.get("fileCaption"))))


def _recording(values: Values) -> str:
    label = text_of(values.get("title")) or text_of(values.get("fileName"))
    return _figure(_link(text_of(values.get("src")), label), values.get("caption"))


def _html(values: Values) -> str:
    return text_of(values.get("html"))


def _markdown(values: Values) -> str:
    return to_html(text_of(values.get("markdown")), Markup.MARKDOWN)


def _rule(_: Values) -> str:
    return "<hr>"


def _nothing(_: Values) -> str:
    return ""


_CARDS: dict[str, Callable[[Values], str]] = {
    "audio": _recording,
    "before-after": _before_after,
    "bookmark": _bookmark,
    "button": _button,
    "call-to-action": _call_to_action,
    "callout": _callout,
    "code": _code,
    "codeblock": _code,
    "email": _nothing,
    "email-cta": _nothing,
    "embed": _embed,
    "file": _file,
    "gallery": _gallery,
    "header": _header,
    "horizontalrule": _rule,
    "hr": _rule,
    "html": _html,
    "image": _image,
    "markdown": _markdown,
    "paywall": _nothing,
    "product": _product,
    "signup": _nothing,
    "toggle": _toggle,
    "transistor": _nothing,
    "video": _recording,
}
