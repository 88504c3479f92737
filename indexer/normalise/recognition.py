"""By what a post or comment is recognised in another source: keys made of what it says of itself.

docs/formats.md has the rules in words, `search.sameness` what becomes of the keys.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import combinations
from urllib.parse import parse_qsl, unquote, urlsplit

from indexer.normalise.identity import canonical_link
from indexer.normalise.text import one_line
from indexer.record import RawComment, RawPost
from search.model import Blog, Comment, Period, Post, Precision, Standing
from search.sameness.excerpts import letters
from search.sameness.identity import CommentIdentity, Held, Identity, IdKind, Strength, key, number
from search.sameness.origins import sureness
from search.sameness.sketch import sketch

_SURE = 0.7  # of a blog's name, to say that two blogs are one
_COMMON_NAMES = frozenset(
    [
        *(
            "blog",
            "home",
            "homepage",
            "myblog",
            "mysite",
            "mywebsite",
            "news",
            "journal",
            "weblog",
            "untitled",
        ),
        # what generators and themes call a blog until somebody does
        *("myjekyllblog", "yourawesometitle", "yourawesomeblog", "sitetitle", "yoursitetitle", "yourname"),
        *("mynewhugosite", "hexo", "apelicanblog", "myoctopressblog", "demosite", "mywordpressblog"),
        *("gatsbystarterblog", "eleventybaseblog", "yourblogname", "blogtitle"),
    ]
)
_COMMON_TITLES = frozenset(["untitled", "notitle", "ohnetitel", "sanstitre"])
_COMMON_SLUGS = frozenset(["index", "default", "post", "untitled", "blog", "hello-world", "about-us"])
_LONG_SLUG = 10  # characters
_ANY_BLOG = ""  # of a post whose blog's address nobody knows
_ENDING = re.compile(r"\.(?:html?|php|aspx?|md)$")
_BEGINNING = 120  # letters of a text that are compared
_TELLING = 40  # letters that it has to have at the least
_SCHEMES = frozenset(["http", "tag", "urn"])  # in which feeds name posts
_WEST, _EAST = 12, 14  # hours from UTC, the farthest time zones


def post_identity(raw: RawPost, post: Post, held: Held, source: str) -> Identity:
    """By what this version of a post, in the file called `source`, is recognised."""
    kind, scheme, own = _own_name(raw, post, held, source)
    link = post.blog.link
    first, last = _days(post.date) if post.date else (0, 0)
    return Identity(
        kind=kind,
        scheme=number(held.format, scheme) if scheme else 0,
        own=number(own) if scheme else 0,
        blog_name=_blog_name(post.blog.name) if sureness(post, "blog") >= _SURE else 0,
        blog_link=number(canonical_link(link)) if link else 0,
        blog_host=number(_host(post.link)) if post.link and not link else 0,
        first_day=first,
        last_day=last,
        keys=tuple(sorted(set(_keys(raw, post, kind, own)))),
    )


def comment_identity(raw: RawComment, comment: Comment, blog: Blog) -> CommentIdentity:
    """How a comment finds its post in other sources, and how it is recognised there."""
    own, words = one_line(raw.own_id), letters(comment.text)
    return CommentIdentity(
        addresses=tuple(_addresses(raw, blog)),
        own=number(own) if ":" in own else 0,  # a number alone is another comment's elsewhere
        words=number(letters(comment.author), words) if words else 0,
    )


def _own_name(raw: RawPost, post: Post, held: Held, source: str) -> tuple[IdKind, str, str]:
    """What the source calls the post, and in which way of naming posts; none for a name by chance."""
    own = one_line(raw.own_id)
    if own and own == source:
        return (IdKind.PATH, "path", own) if held.standing is Standing.EXPORT else (IdKind.WEAK, "", "")
    if own:
        # An export names each post once; the feeds of a mirror name it twice, by an address and by a tag.
        scheme = "" if held.standing is Standing.EXPORT else own.partition(":")[0].removesuffix("s")
        return IdKind.OWN, scheme if scheme in _SCHEMES else "name", own
    return (IdKind.LINK, "link", same_link(post.link)) if post.link else (IdKind.WEAK, "", "")


def _keys(raw: RawPost, post: Post, kind: IdKind, own: str) -> Iterator[int]:
    if kind is IdKind.OWN and own.startswith(("tag:", "urn:")):
        yield key(Strength.OWN_ID, own)
    hosts = {_host(post.link), _host(post.blog.link)} - {""}
    for address in (post.link, own if kind is IdKind.OWN and _host(own) in hosts else ""):
        if address and _is_of_one_post(address, post.blog):
            yield key(Strength.LINK, same_link(address))
    slug = slug_of(raw.slug) or slug_of(post.link)
    title = letters(post.title)
    title = "" if title in _COMMON_TITLES else title
    if post.date and post.date.precision in (Precision.DAY, Precision.TIME):
        day = str(post.date.first_day)
        named = ((Strength.TITLE, title), (Strength.SLUG, slug))
        yield from (key(strength, name, day) for strength, name in named if name)
    if title:
        yield from _text_keys(title, post.text)
    if slug:
        yield from (key(Strength.ADDRESS, slug, blog) for blog in _blog_words(post.blog, post.link))
        if not (post.link or post.blog.link) and _is_telling(slug):
            yield key(Strength.ADDRESS, slug, _ANY_BLOG)


def _text_keys(title: str, text: str) -> Iterator[int]:
    """The keys of a title with its text: for excerpts by how it begins, else by two rows of its words."""
    beginning = letters(text[: 2 * _BEGINNING])[:_BEGINNING]
    if len(beginning) < _BEGINNING:  # which is rare, so that less is read of most
        beginning = letters(text[: 8 * _BEGINNING])[:_BEGINNING]
    if len(beginning) >= _TELLING:
        yield key(Strength.TEXT, title, beginning)
    for one, other in combinations(sketch(text), 2):
        yield key(Strength.TEXT, title, str(one), str(other))


def _is_telling(slug: str) -> bool:
    """Whether hardly two blogs have the same slug."""
    return "-" in slug and len(slug) >= _LONG_SLUG and slug not in _COMMON_SLUGS


def _addresses(raw: RawComment, blog: Blog) -> Iterator[int]:
    link = one_line(raw.post_link)
    if link:
        yield key(Strength.LINK, same_link(link))
    if slug := slug_of(raw.post_slug) or slug_of(link):
        blog = Blog("", "") if link else blog  # then its host tells the blog, and nobody has to name it
        yield from (key(Strength.ADDRESS, slug, words) for words in _blog_words(blog, link))
        if _is_telling(slug):
            yield key(Strength.ADDRESS, slug, _ANY_BLOG)


def _blog_words(blog: Blog, link: str) -> Iterator[str]:
    """How a blog may be named beside a slug: by name, or by where it is."""
    if blog.name:
        yield " ".join(blog.name.casefold().split())
    if place := canonical_link(blog.link) or _host(link):
        yield place


def _days(date: Period) -> tuple[int, int]:
    """The first and last day that a date can be of, wherever its clock was, as ordinals."""
    first, last = date.first_day.toordinal(), date.last_day.toordinal()
    if date.precision is Precision.TIME:
        hour = date.start.hour
        return first - (hour < _WEST), last + (hour >= 24 - _EAST)
    return first, last


@lru_cache(1_000)
def same_link(link: str) -> str:
    """A link as it is compared: its canonical form, however its letters are encoded, mobile or not."""
    bare, _, query = canonical_link(link).partition("?")
    bare = unquote(bare).removesuffix("/index.html").removesuffix("/amp").rstrip("/")
    kept = sorted(pair for pair in parse_qsl(query, keep_blank_values=True) if pair not in _OTHER_VIEWS)
    return bare + ("?" + "&".join(f"{name}={value}" for name, value in kept) if kept else "")


_OTHER_VIEWS = [("m", "0"), ("m", "1"), ("amp", "1"), ("amp", "")]


@lru_cache(1_000)
def slug_of(address: str) -> str:
    """The last part of an address, or a slug, as it is compared; empty for what names no post."""
    try:
        path = urlsplit(address).path
    except ValueError:
        return ""
    slug = _ENDING.sub("", unquote(path).rstrip("/").rpartition("/")[2].casefold())
    return "" if slug in _COMMON_SLUGS or len(letters(slug)) < 3 or slug.isdecimal() else slug


def _is_of_one_post(address: str, blog: Blog) -> bool:
    """Whether an address can be a post's, and is not the blog's own."""
    place = same_link(address)
    return place not in {"", _host(address), same_link(blog.link) if blog.link else ""}


@lru_cache(1_000)
def _host(link: str) -> str:
    try:
        return (urlsplit(link).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


@lru_cache(1_000)
def _blog_name(name: str) -> int:
    words = letters(name)
    return number(words) if words and words not in _COMMON_NAMES else 0
