"""Players, maps and the like of other sites in a post: a link to each instead, that nothing is just gone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple
from urllib.parse import parse_qs, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

EMBEDS = frozenset(["iframe", "object", "embed", "video", "audio"])
"""The elements that show what is elsewhere."""

_AROUND_PARAGRAPHS = frozenset(["body", "div", "article", "section", "center", "blockquote"])
_ANY = ", ".join(sorted(EMBEDS))
_SOURCES = 'param[name="movie"], param[name="src"], embed, iframe, source'
_NAMES = ("src", "data-src", "data-lazy-src", "data", "value")
_LONGEST_ADDRESS = 2_000  # characters
_LONGEST_SHOWN = 80  # characters of an address or title
_GENERIC_TITLE = re.compile(
    r"(?:you ?tube|vimeo|video|audio|embed(?:ded)?|spotify|soundcloud|player|content|post|by|from|\W)*",
    re.IGNORECASE,
)

_KINDS = {
    "Video": "youtube.com youtu.be vimeo.com dailymotion.com ted.com twitch.tv wistia.com rutube.ru peertube"
    " video.google.com videopress.com metacafe.com blip.tv viddler.com loom.com nicovideo.jp bilibili.com",
    "Audio": "soundcloud.com spotify.com bandcamp.com mixcloud.com podcasts.apple.com anchor.fm"
    " audioboom.com",
    "Map": "google.com/maps maps.google.com openstreetmap.org",
    "Slides": "slideshare.net speakerdeck.com docs.google.com/presentation slides.com",
    "Code": "gist.github.com codepen.io jsfiddle.net codesandbox.io replit.com",
    "Document": "scribd.com docs.google.com drive.google.com issuu.com",
}
"""What it is, by what its address contains."""

_NOTHING_TO_SEE = re.compile(
    r"doubleclick|googlesyndication|amazon-adsystem|rcm[\w-]*\.amazon|googletagmanager|addthis|disqus\.com"
    r"|facebook\.com/(?:v[\d.]+/)?plugins/(?:like|share|follow|page)|twitter\.com/widgets/(?:tweet|follow)_button"
    r"|plusone|/recaptcha|list-manage\.com|substack\.com/embed|subscribe|likebox|about:blank|/ads?[/?.]",
    re.IGNORECASE,
)
"""Advertisements, share buttons and forms, by their addresses."""


class Embed(NamedTuple):
    """A link to what was shown, and what it is called."""

    address: str
    text: str


def link_embeds(tree: LexborHTMLParser, body: LexborNode) -> None:
    """Put a link in the place of each embedded thing; advertisements and share buttons go."""
    inside: set[int] = set()
    for node in body.css(_ANY):
        if node.mem_id in inside:
            continue
        inside.update(part.mem_id for part in node.css(_ANY))
        found = embed(_addresses(node), node.attributes.get("title") or "", node.tag or "")
        if found is None:
            node.decompose()
            continue
        link = tree.create_node("a")
        link.attrs["href"] = found.address
        link.insert_child(found.text)
        node.insert_before(" ")
        node.insert_after(" ")
        if node.parent is not None and node.parent.tag in _AROUND_PARAGRAPHS:
            paragraph = tree.create_node("p")
            paragraph.insert_child(link)
            link = paragraph
        node.replace_with(link)


def embed(addresses: Iterable[str], title: str, element: str) -> Embed | None:
    """What an element shows whose parts have these addresses; None where that is nothing of the post."""
    found = [address for each in addresses if (address := _on_the_web(each))]
    # Old players are files that play what another address says, which is then of a site that is known.
    address = next(
        (address for address in found if _kind(urlsplit(address).netloc, "")), next(iter(found), "")
    )
    if not address or _NOTHING_TO_SEE.search(address):
        return None
    address = _page_of(address)
    parts = urlsplit(address)
    host = parts.netloc.removeprefix("www.")
    kind = _kind(f"{host}{parts.path}", element) or "Embedded"
    title = " ".join(title.split())[:_LONGEST_SHOWN]
    if title and not _GENERIC_TITLE.fullmatch(title):
        return Embed(address, f"{kind}: {title} ({host})" if host else f"{kind}: {title}")
    query = f"?{parts.query}" if parts.query and host == "youtube.com" else ""
    return Embed(address, f"{kind}: {host}{parts.path.rstrip('/')}{query}"[:_LONGEST_SHOWN])


def _addresses(node: LexborNode) -> Iterator[str]:
    for part in (node, *node.css(_SOURCES)):
        yield from filter(None, (part.attributes.get(name) for name in _NAMES))


def _on_the_web(address: str) -> str:
    """The address as one of the web, or one on the post's own site; empty where it is neither."""
    address = address.strip()
    if len(address) > _LONGEST_ADDRESS:
        return ""
    if address.startswith("//"):
        address = f"https:{address}"
    try:
        scheme = urlsplit(address).scheme
    except ValueError:
        return ""
    return address if scheme in ("http", "https", "") else ""


def _page_of(address: str) -> str:
    """The page on which a person finds what a player plays."""
    parts = urlsplit(address)
    host, path = parts.netloc.lower().removeprefix("www."), parts.path.strip("/").split("/")
    if host == "youtube.com" and path[0] == "watch" and (video := parse_qs(parts.query).get("v")):
        return f"https://www.youtube.com/watch?v={video[0]}"
    if host in ("youtube.com", "youtube-nocookie.com") and path[0] in ("embed", "v") and len(path) > 1:
        if playlist := parse_qs(parts.query).get("list", [""])[0] if path[1] == "videoseries" else "":
            return f"https://www.youtube.com/playlist?list={playlist}"
        return f"https://www.youtube.com/watch?v={path[1].partition('&')[0]}"
    if host == "player.vimeo.com" and path[0] == "video" and len(path) > 1:
        return f"https://vimeo.com/{path[1]}"
    return address


def _kind(place: str, element: str) -> str:
    if element in ("video", "audio"):
        return element.capitalize()
    place = f".{place}"
    kinds = (kind for kind, places in _KINDS.items() if any(f".{each}" in place for each in places.split()))
    return next(kinds, "")
