"""Posts of Tumblr's kinds as HTML, in the words of both versions of its API.

Version 1 puts the kind before each name (`photo-caption`), and calls some kinds otherwise than version 2.
Both give each post as an object: a field is taken from the first of some names that says anything.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape

from indexer.formats.bodies.npf import objects, to_html
from indexer.formats.reading.json_list import Json, text_of

Fields = Mapping[str, Json]


def text(post: Fields, *names: str) -> str:
    """What the first of these fields says that says anything."""
    return next(filter(None, (text_of(post.get(name)) for name in names)), "")


def title_of(post: Fields) -> str:
    """The title, as HTML, of the kinds that have one."""
    return text(post, "regular-title", "conversation-title", "link-text", "title")


def body_of(post: Fields) -> str:
    """What a reader sees of the post below its title, whose it was first included, as HTML."""
    kind = text(post, "type")
    own = to_html(post.get("content"), post.get("layout"))
    if not own and kind in _KINDS:
        own = _KINDS[kind](post)
    origin = _origin(post)
    return "\n".join(filter(None, [_trail(post), own or text(post, "body", "caption"), origin]))


def _trail(post: Fields) -> str:
    """The posts that one in blocks adds to; the older kinds have them in their texts."""
    if not isinstance(post.get("content"), list):
        return ""
    parts = []
    for earlier in objects(post.get("trail")):
        blog = earlier.get("blog")
        name = text(blog, "name") if isinstance(blog, dict) else text(earlier, "broken_blog_name")
        html = to_html(earlier.get("content"), earlier.get("layout"))
        parts.append(f"<p>{escape(name)}:</p><blockquote>{html}</blockquote>")
    return "\n".join(parts)


def _origin(post: Fields) -> str:
    """Whose post this one repeats, unless the text says so."""
    name = text(post, "reblogged-from-name", "reblogged_from_name")
    address = text(post, "reblogged-from-url", "reblogged_from_url")
    said = (text(post, name) for name in ("regular-body", "photo-caption", "body", "caption", "comment"))
    if not name or any(name in one for one in said) or isinstance(post.get("content"), list):
        return ""
    linked = f'<a href="{escape(address)}">{escape(name)}</a>' if address else escape(name)
    return f"<p>Reblogged from {linked}</p>"


def _regular(post: Fields) -> str:
    return text(post, "regular-body", "body")


def _quote(post: Fields) -> str:
    source = text(post, "quote-source", "source")
    return _quoted(text(post, "quote-text", "text")) + (f"<p>{source}</p>" if source else "")


def _quoted(html: str) -> str:
    return f"<blockquote>{html}</blockquote>" if html else ""


def _photo(post: Fields) -> str:
    photos = objects(post.get("photos"))
    pictures = [_picture(photo, text(photo, "caption")) for photo in photos] or [_picture(post, "")]
    return "\n".join(filter(None, [*pictures, text(post, "photo-caption", "caption")]))


def _picture(photo: Fields, caption: str) -> str:
    original = photo.get("original_size")
    address = text(photo, "photo-url", "photo-url-1280", "photo-url-500")
    address = address or (text(original, "url") if isinstance(original, dict) else "")
    below = f"<figcaption>{caption}</figcaption>" if caption else ""
    return f'<figure><img src="{escape(address)}" alt="">{below}</figure>' if address else ""


def _link(post: Fields) -> str:
    address = escape(text(post, "link-url", "url"))
    name = text(post, "link-text", "title") or address
    about = text(post, "link-description", "description")
    return f'<p><a href="{address}">{name}</a></p>{about}' if address else about


def _conversation(post: Fields) -> str:
    """Who said what, a line each."""
    lines = objects(post.get("conversation")) or objects(post.get("dialogue"))
    said = "".join(
        f"<p><b>{escape(text(line, 'label'))}</b> {escape(text(line, 'phrase'))}</p>" for line in lines
    )
    return said or escape(text(post, "conversation-text", "body")).replace("\n", "<br>")


def _video(post: Fields) -> str:
    address = text(post, "permalink_url", "video-source")
    leads = address.startswith("http") and "<" not in address
    link = f'<p><a href="{escape(address)}">{escape(address)}</a></p>' if leads else ""
    return link + text(post, "video-caption", "caption")


def _audio(post: Fields) -> str:
    track = " – ".join(
        filter(None, [text(post, "id3-artist", "artist"), text(post, "id3-title", "track_name")])
    )
    return (f"<p>{escape(track)}</p>" if track else "") + text(post, "audio-caption", "caption")


def _answer(post: Fields) -> str:
    asker = text(post, "asking_name", "asker")
    question = text(post, "question")
    return (f"<p>{escape(asker)}:</p>" if asker else "") + _quoted(question) + text(post, "answer")


_KINDS: Mapping[str, Callable[[Fields], str]] = {
    "regular": _regular,
    "text": _regular,
    "quote": _quote,
    "photo": _photo,
    "link": _link,
    "conversation": _conversation,
    "chat": _conversation,
    "video": _video,
    "audio": _audio,
    "answer": _answer,
}
