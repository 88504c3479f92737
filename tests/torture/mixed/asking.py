"""What visitors of an archive ask for: every kind of request, about the words that the archive is made of."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from random import Random
from urllib.parse import quote, urlencode

from search.archive import Archive

_WORD = re.compile(r"[^\W\d_]{2,}")
_POSTS = 300


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What an archive can be asked about; words are as frequent here as they are in its posts."""

    words: Sequence[str]
    phrases: Sequence[str]
    tags: Sequence[str]
    ids: Sequence[str]

    @classmethod
    def of(cls, data: Path) -> Lexicon:
        """Read it from some of the posts of an archive."""
        words: list[str] = []
        tags: list[str] = []
        with Archive.open(data) as archive:
            ids = [listed.id for listed in archive.listing(0, _POSTS)]
            for post_id in ids:
                post = archive.post(post_id).post
                words += _WORD.findall(post.text)
                tags += post.tags
        return cls(words, [f"{one} {two}" for one, two in pairwise(words)], tags, ids)


@dataclass(frozen=True, slots=True)
class Asking:
    """One request, and the statuses of the answers that are right."""

    path: str
    statuses: frozenset[int] = frozenset({200})


Query = Callable[[Lexicon, Random], str]

QUERIES: tuple[Query, ...] = (
    lambda lexicon, random: random.choice(lexicon.words),
    lambda lexicon, random: " ".join(random.choices(lexicon.words, k=2)),
    lambda lexicon, random: " OR ".join(random.choices(lexicon.words, k=3)),
    lambda lexicon, random: f'"{random.choice(lexicon.phrases)}"',
    lambda lexicon, random: f"{random.choice(lexicon.words)} -{random.choice(lexicon.words)}",
    lambda lexicon, random: f"{random.choice(lexicon.words)[:3]}*",
    lambda lexicon, random: f"{random.choice(lexicon.words)}~",
    lambda lexicon, random: f"title:{random.choice(lexicon.words)}",
    lambda lexicon, random: f'tag:"{random.choice(lexicon.tags)}"',
    lambda lexicon, random: f"{random.choice(lexicon.words)} after:{random.randint(2010, 2025)}",
    lambda lexicon, random: f'"{random.choice(lexicon.words)} (unfinished',
    lambda lexicon, random: "",
)

_MORE: tuple[Mapping[str, str], ...] = (
    {},
    {},
    {},
    {"page": "2"},
    {"size": "50"},
    {"sort": "newest"},
    {"match": "any"},
)


def _search(ending: str = "", **more: str) -> Callable[[Lexicon, Random], Asking]:
    def ask(lexicon: Lexicon, random: Random) -> Asking:
        asked = {"q": random.choice(QUERIES)(lexicon, random), **more}
        if ending != ".jsonl":
            asked |= random.choice(_MORE)
        # Only so many exports are sent at once; who comes then is asked to come again.
        statuses = {200, 503} if ending == ".jsonl" else {200}
        return Asking(f"/search{ending}?{urlencode(asked)}", frozenset(statuses))

    return ask


def _post(ending: str = "") -> Callable[[Lexicon, Random], Asking]:
    def ask(lexicon: Lexicon, random: Random) -> Asking:
        # A page is at the address that has its title; the one without leads there.
        statuses = {200} if ending else {200, 301, 308}
        words = f"?q={quote(random.choice(lexicon.words))}" if not ending else ""
        return Asking(f"/posts/{random.choice(lexicon.ids)}{ending}{words}", frozenset(statuses))

    return ask


def _about(path: str) -> Callable[[Lexicon, Random], Asking]:
    """A path with a word of the archive, or its beginning, in it."""

    def ask(lexicon: Lexicon, random: Random) -> Asking:
        word = random.choice(lexicon.words)
        return Asking(path.format(word=quote(word), prefix=quote(word[: random.randint(1, 4)])))

    return ask


def _always(path: str, status: int = 200) -> Callable[[Lexicon, Random], Asking]:
    return lambda _lexicon, _random: Asking(path, frozenset({status}))


KINDS: Mapping[Callable[[Lexicon, Random], Asking], int] = {
    _search(): 25,
    _search(".json"): 25,
    _search(".atom"): 3,
    _search(".jsonl"): 1,
    _search(".json", facets="none"): 5,
    _search(".json", tag="news"): 3,
    _post(): 8,
    _post(".json"): 4,
    _post(".txt"): 2,
    _post(".bib"): 1,
    _about("/suggest.json?q={prefix}"): 12,
    _about("/facets/tag?q={word}"): 2,
    _about("/facets/tag.json?q={word}"): 2,
    _about("/facets/author.json?prefix={prefix}"): 2,
    _about("/facets/date?q={word}"): 1,
    _always("/"): 3,
    _always("/browse"): 2,
    _always("/api"): 1,
    _always("/openapi.json"): 1,
    _always("/robots.txt"): 1,
    _always("/healthz"): 2,
    _always("/readyz"): 2,
    _always("/nowhere", 404): 1,
    _always("/posts/zzzzzzzzzzz2.json", 404): 1,
    _always("/search.json?page=-1", 400): 1,
    _always("/search?q=" + "word+" * 65, 400): 1,
}
"""What is asked, and how often: so many of all the numbers together."""


def draw(lexicon: Lexicon, random: Random) -> Asking:
    """The next request of a visitor."""
    (kind,) = random.choices([*KINDS], [*KINDS.values()])
    return kind(lexicon, random)
