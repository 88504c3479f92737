"""HTML from strangers: made safe to show, and read as a person would read it."""

from __future__ import annotations

import re
from collections.abc import Callable, Set
from urllib.parse import urljoin, urlsplit

import nh3
from selectolax.lexbor import LexborHTMLParser

from indexer.normalise.nesting import shallow

LONGEST = 10_000_000
"""How many characters of one body are kept."""

ANCHOR_PREFIX = "in-post-"
"""Put before every id in a post's HTML, so that none clashes with an anchor of the page around it."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_TAGS = _words(
    "a abbr acronym address article aside b bdi bdo big blockquote br caption center cite code col colgroup"
    " dd del details dfn div dl dt em figcaption figure footer h1 h2 h3 h4 h5 h6 header hgroup hr i img ins"
    " kbd li main mark ol p picture pre q rp rt ruby s samp section small span strike strong sub summary"
    " sup table tbody td tfoot th thead time tr tt u ul var wbr"
)
_WITHOUT_CONTENT = _words(
    "script style template noscript iframe object embed applet svg math nav button select textarea input"
    " title head audio video canvas noembed noframes"
)
_ATTRIBUTES = {
    "*": {"id", "lang", "dir", "title"},
    "a": {"href"},
    "img": {"src", "alt", "width", "height"},
    "blockquote": {"cite"},
    "q": {"cite"},
    "del": {"cite", "datetime"},
    "ins": {"cite", "datetime"},
    "time": {"datetime"},
    "ol": {"start", "reversed", "type"},
    "li": {"value"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "details": {"open"},
}
_LINKS = frozenset(["href", "src", "cite"])
_WEB = frozenset(["http", "https"])
_SCHEMES = {"a": _WEB | {"mailto"}}

_CLUTTER = (  # share buttons, related posts and feed footers, by the classes that plugins give them
    ".sharedaddy, .jp-relatedposts, .addtoany_share_save_container, .a2a_kit, .sharethis, .ssba,"
    " .shareaholic-canvas, .social-share, .share-buttons, .post-share-buttons, .feedflare, .wpcnt,"
    " .twitter-share-button"
)
_UNSEEN = ", ".join([*sorted(_WITHOUT_CONTENT - {"head"}), _CLUTTER])

_BLOCKS = (
    "address article aside blockquote br caption center dd details dialog div dl dt fieldset figcaption"
    " figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr legend li main menu ol p pre section summary"
    " table tbody tfoot thead tr ul"
)
_BLOCK_TAG = re.compile(rf"<(?=/?(?:{_BLOCKS.replace(' ', '|')})[\s/>])", re.IGNORECASE)
_CELL_TAG = re.compile(r"<(?=/?(?:td|th|option)[\s/>])", re.IGNORECASE)
_PRE_TAG = re.compile(r"<(/?)pre[\s/>]", re.IGNORECASE)
_BREAK = "\f"  # white space to HTML, so that it moves nothing, and rare enough in real text to be the mark
_SOFT_HYPHEN = "\u00ad"  # would split words


def sanitise(html: str, base: str = "") -> str:
    """The part of some HTML that is safe to show inside a page; relative links are resolved against `base`.

    What remains has no scripts, styles, forms or frames, and links to http, https and mailto only.
    """
    tree = LexborHTMLParser(shallow(html[:LONGEST]))
    for unseen in tree.css(_CLUTTER):
        unseen.decompose()
    if tree.body is None:
        return ""
    return nh3.clean(
        tree.body.inner_html or "",  # regular by now: nh3's parser is slow on misnested tables
        tags=set(_TAGS),
        clean_content_tags=set(_WITHOUT_CONTENT),
        attributes=_ATTRIBUTES,
        attribute_filter=_attribute_filter(base),
        url_schemes=set(_SCHEMES["a"]),
        link_rel="nofollow noopener ugc",
        set_tag_attribute_values={"img": {"loading": "lazy"}},
    ).strip()


def text_of(html: str) -> str:
    """What a reader of some HTML sees: one line for each paragraph or the like, no empty ones.

    Words are never split or glued by the markup between them. Text that stands for pictures is part of
    it; scripts, navigation and share buttons are not.
    """
    html = html[:LONGEST]
    if "<" not in html and "&" not in html:
        return _lines(html.replace("\n", " "))
    html = shallow(html).replace(_BREAK, " ")
    html = _CELL_TAG.sub(" <", _BLOCK_TAG.sub(_BREAK + "<", _with_code_lines(html)))
    tree = LexborHTMLParser(html)
    for unseen in tree.css(_UNSEEN):
        unseen.decompose()
    for picture in tree.css("img[alt]"):
        picture.replace_with(f" {picture.attributes.get('alt') or ''} ")
    return _lines(tree.body.text(deep=True)) if tree.body else ""


def _lines(text: str) -> str:
    """The lines between breaks, white space within them collapsed."""
    lines = (" ".join(line.split()) for line in text.replace(_SOFT_HYPHEN, "").split(_BREAK))
    return "\n".join(line for line in lines if line)


def _with_code_lines(html: str) -> str:
    """Line ends inside `<pre>` turned into breaks, since they are seen there and nowhere else."""
    kept = []
    place = 0
    inside = False
    for tag in _PRE_TAG.finditer(html):
        piece = html[place : tag.start()]
        kept.append(piece.replace("\n", _BREAK) if inside else piece)
        inside = not tag[1]
        place = tag.start()
    rest = html[place:]
    return "".join([*kept, rest.replace("\n", _BREAK) if inside else rest])


def _attribute_filter(base: str) -> Callable[[str, str, str], str | None]:
    """Resolves links, and keeps ids out of the way of the page around."""

    def filtered(tag: str, attribute: str, value: str) -> str | None:
        if attribute == "id":
            return ANCHOR_PREFIX + value
        if attribute not in _LINKS:
            return value
        if value.startswith(("https://", "http://")):
            return value  # the most, by far, and checked by nh3
        if value.startswith("#"):
            return f"#{ANCHOR_PREFIX}{value[1:]}" if tag == "a" else None
        return absolute_link(value, base, _SCHEMES.get(tag, _WEB)) or None

    return filtered


def absolute_link(link: str, base: str, schemes: Set[str] = _WEB) -> str:
    """The link resolved against `base`; empty where that gives nothing of these schemes."""
    try:
        link = urljoin(base, link.strip())
        parts = urlsplit(link)
        wanted = parts.scheme in schemes and (parts.netloc or parts.scheme == "mailto")
    except ValueError:
        return ""
    return link if wanted else ""
