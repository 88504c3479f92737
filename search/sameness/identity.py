"""By what a post or comment of one source is recognised in another."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import IntEnum

from search.model import Standing

_SEPARATOR = "\x1f"  # never in cleaned text, so that two parts cannot be read as one
_HASH_BITS = 56


class Strength(IntEnum):
    """What a key is made of, the most telling first: in this order posts are joined.

    `TEXT` is a title with how the text begins, or with a good part of its words. `ADDRESS` never joins
    posts: by it a comment finds its post.
    """

    OWN_ID = 1
    LINK = 2
    TITLE = 3
    SLUG = 4
    TEXT = 5
    ADDRESS = 6


class IdKind(IntEnum):
    """What the id of a version was made of; the strongest of several becomes the id of the post."""

    WEAK = 0
    PATH = 1
    LINK = 2
    OWN = 3


@dataclass(frozen=True, slots=True)
class Held:
    """How a source holds a record: in which format, of which standing, and whether it has all of its blog."""

    format: str = ""
    standing: Standing = Standing.EXPORT
    complete: bool = True


@dataclass(frozen=True, slots=True)
class Identity:
    """By what a version of a post is recognised; numbers are hashes, 0 where nothing is known.

    Where two versions of one source have the same `scheme`, in which a format names posts, they are
    different posts if their `own` names differ. `blog_name` and `blog_link` are what the source says
    of the blog, `blog_host` is a guess by the post's link. `first_day` and `last_day` are the days that
    it can be of, in any time zone, as ordinals. Versions that share one of `keys` may be the same post.
    """

    kind: IdKind = IdKind.WEAK
    scheme: int = 0
    own: int = 0
    blog_name: int = 0
    blog_link: int = 0
    blog_host: int = 0
    keys: tuple[int, ...] = ()
    first_day: int = 0
    last_day: int = 0


@dataclass(frozen=True, slots=True)
class CommentIdentity:
    """How a comment finds its post, where it does not name it, and how it is recognised elsewhere.

    `addresses` are keys of its post, the surest first. `own` hashes a name that the comment has
    everywhere, 0 where it has none, and `words` its author and text.
    """

    addresses: tuple[int, ...] = ()
    own: int = 0
    words: int = 0


def key(strength: Strength, *parts: str) -> int:
    """One key of a version: a number that tells its strength, and sorts by it."""
    return strength << _HASH_BITS | number(*parts)


def strength_of(key: int) -> Strength:
    """Of what a key was made."""
    return Strength(key >> _HASH_BITS)


def number(*parts: str) -> int:
    """Texts as a number of 56 bits, never 0."""
    text = _SEPARATOR.join(parts).encode("utf-8", "surrogatepass")
    return int.from_bytes(hashlib.blake2b(text, digest_size=_HASH_BITS // 8).digest()) or 1
