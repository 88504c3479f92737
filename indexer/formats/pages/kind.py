"""Whether a page is of one post, or an index, a theme or anything else of a site.

The surest sign comes first: what the page's software says it is, then where it lies, then what is on it.
"""

from __future__ import annotations

import re
from collections import Counter
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser

from indexer.formats.pages import templates
from indexer.formats.pages.address import own_address
from indexer.formats.pages.elements import value_of
from indexer.formats.pages.structured_data import Facts
from indexer.formats.reading.links import absolute

INDEX = "several posts are on it, so it is an index page"
_THEME = "it is a theme, from which pages are made"
_PLACE = "it has the address of an index page"

_LONG = 1_200  # characters that are more than a list says of a post
_LONGEST_ADDRESS = 2_000  # characters
_TEMPLATE = ("<b:skin", "<data:post.", "<$BlogItemBody$>", "<$MTEntryBody$>")
_INDEX_PLACE = re.compile(  # of a year, month or day, of what was found, of a label, and page after page
    r"/(?:\d{4}/(?:\d\d/(?:\d\d/)?)?(?:index\.html?)?|\d{4}_\d\d(?:_\d\d)?(?:_archive)?\.html?"
    r"|search(?:/.*|\?.*|\.html|\.php)?|archives?/(?:index\.html?)?|archives?\.(?:html?|php)"
    r"|(?:categor(?:y|ies)|tags?|label|labels|authors?|topics?|keyword)/(?:[^/]+/){0,3}[^/]*"
    r"|(?:posts?|blog|articles|notes|weblog|journal|news)/(?:index\.html?)?"
    r"|page/?\d+(?:/.*|\.html?)?|(?:cat|category|author)_[\w-]+\.(?:html?|php)|sitemap(?:/.*|\.html?)?"
    r"|(?:feed|rss|atom|wp-json|xmlrpc\.php|wp-login\.php)(?:/.*)?)(?:[?#].*)?$",
    re.IGNORECASE,
)
_INDEX_QUERY = re.compile(
    r"(?:^|&)(?:cat|tag|s|q|author|paged|page|max-results|updated-max|by-date|skip|mode)=|(?:^|&)m=\d{4,8}(?:&|$)",
    re.IGNORECASE,
)
_COLLECTIONS = frozenset(["CollectionPage", "SearchResultsPage", "ItemList"])
_ARTICLE_TYPES = frozenset(["article", "blog", "post", "blogpost"])


def why_no_post(tree: LexborHTMLParser, text: str, facts: Facts, link: str, name: str) -> str:
    """Why the page is not of one post, as far as its marks tell; empty where it may be.

    `link` is its own address where that is known, `name` that of its file.
    """
    why = ""
    if any(mark in text for mark in _TEMPLATE):
        why = _THEME
    elif tree.css_first(templates.ATTACHMENT_PAGES) is not None:
        why = "it shows an attachment"
    elif tree.css_first(templates.INDEX_PAGES) is not None:
        why = INDEX
    elif is_index_address(link or name):
        why = _PLACE
    elif tree.css_first(templates.POST_PAGES) is None and not is_article(tree, facts):
        why = INDEX if _is_collection(facts) or _lists_posts(tree, link) else ""
    return why


def is_article(tree: LexborHTMLParser, facts: Facts) -> bool:
    """Whether the page says to other software that it is an article."""
    kind = tree.css_first('meta[property="og:type"]')
    return (
        "title" in facts or "text" in facts or (kind is not None and value_of(kind).lower() in _ARTICLE_TYPES)
    )


def is_index_address(address: str) -> bool:
    """Whether lists of posts have such addresses, or the front page of a blog, but no posts."""
    address = address[:_LONGEST_ADDRESS]
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    if parts.netloc and parts.path.rstrip("/") == "" and not parts.query:
        return True
    return _INDEX_PLACE.search(address) is not None or _INDEX_QUERY.search(parts.query) is not None


def _is_collection(facts: Facts) -> bool:
    return not _COLLECTIONS.isdisjoint(facts.get("page", ()))


def _lists_posts(tree: LexborHTMLParser, link: str) -> bool:
    """Whether titles on it lead to several posts, and none is its own."""
    main = tree.css_first(templates.MAIN_TITLES)
    if main is not None and main.css_first("a[href]") is None:
        return False
    heading = tree.css_first("h1")
    if heading is not None and heading.css_first("a[href]") is None and _has_one_text(tree):
        return False
    own = own_address(link)
    targets = set()
    for anchor in tree.css(templates.POST_LINKS):
        href = (anchor.attributes.get("href") or "").strip()
        if href and not href.startswith(("#", "mailto:", "javascript:")):
            targets.add(own_address(absolute(link, href)))
    return len(targets) > 1 and own not in targets


def _has_one_text(tree: LexborHTMLParser) -> bool:
    """Whether the paragraphs of one element are most of what is on it to read."""
    lengths: Counter[int | None] = Counter()
    for paragraph in tree.css("p"):
        if (around := paragraph.parent) is not None:
            lengths[around.mem_id] += len(paragraph.text())
    (_, longest), (_, second) = (*lengths.most_common(2), (0, 0), (0, 0))[:2]
    return longest >= _LONG and longest > 2 * second
