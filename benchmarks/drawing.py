"""The searches to measure: ten classes of queries, their words drawn from the posts by document frequency.

Nobody picks a word. A share is the part of the posts that have a word; the bands are fixed here, and
the seed decides the rest, so the same posts give the same queries.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import islice, pairwise
from typing import Final

import Stemmer

from benchmarks.cases import Case, Joined
from search.model import Post

SAMPLE: Final = 20_000
"""Posts whose words are counted: the first ones. Generated posts come in no order."""
_RARE: Final = (0.0005, 0.002)
_MEDIUM: Final = (0.01, 0.1)
_COMMON: Final = (0.1, 0.5)
_FEWEST: Final = 3
"""A rare word of a small corpus is still in this many posts."""
_PREFIX: Final = 4
_LONG_WORD: Final = 7
_PATIENCE: Final = 10_000
"""Draws before a class is left with fewer queries: a tiny corpus does not have twenty of each."""

# Letters alone: where a word ends is the one thing on which all tokenisers agree.
_WORD: Final = re.compile(r"(?<![\w'’.-])[a-z]{4,20}(?![\w'’-])")
_PLAIN: Final = re.compile(r"[a-z]{2,20}")
_STEMMERS: Final = (Stemmer.Stemmer("english"), Stemmer.Stemmer("porter"))

Draw = Callable[[random.Random], Case | None]
"""Draws one case of a class, or None where the draw gave nothing."""


def draw_cases(posts: Iterable[Post], each: int = 20, seed: int = 1) -> Mapping[str, tuple[Case, ...]]:
    """The classes by name, each with at most `each` distinct cases; browsing has one."""
    drawing = _Drawing(list(islice(posts, SAMPLE)))
    classes: dict[str, Draw] = {
        "rare word": drawing.rare,
        "common word": drawing.common,
        "two words, all": drawing.two_words(Joined.ALL),
        "two words, any": drawing.two_words(Joined.ANY),
        "phrase": drawing.phrase,
        "prefix": drawing.prefix,
        "filter only": drawing.filter_only,
        "browse": lambda _: Case(),
        "date range": drawing.date_range,
        "newest first": drawing.newest_first,
    }
    return {name: _distinct(draw, each, random.Random(f"{seed} {name}")) for name, draw in classes.items()}


def _distinct(draw: Draw, each: int, randomness: random.Random) -> tuple[Case, ...]:
    found: dict[Case, None] = {}
    for _ in range(_PATIENCE):
        if len(found) == each:
            break
        if case := draw(randomness):
            found[case] = None
    return tuple(found)


class _Drawing:
    """What the posts offer to draw from."""

    def __init__(self, posts: Sequence[Post]) -> None:
        self._posts = posts
        self._tagged = [post for post in posts if post.tags]
        self._dated = [post.date.first_day for post in posts if post.date]
        frequencies = Counter(word for post in posts for word in _words(post))
        self._rare = self._band(frequencies, *_RARE)
        self._medium = self._band(frequencies, *_MEDIUM)
        self._common = self._band(frequencies, *_COMMON)
        self._medium_words = frozenset(self._medium)
        known = self._band(frequencies, _RARE[0], _COMMON[1])
        self._long = [word for word in known if len(word) >= _LONG_WORD]

    def _band(self, frequencies: Counter[str], least: float, most: float) -> list[str]:
        least_posts = max(_FEWEST, least * len(self._posts))
        most_posts = max(2 * _FEWEST, most * len(self._posts))
        return sorted(word for word, posts in frequencies.items() if least_posts <= posts <= most_posts)

    def rare(self, randomness: random.Random) -> Case | None:
        """A word of a few posts in ten thousand."""
        return _word(self._rare, randomness)

    def common(self, randomness: random.Random) -> Case | None:
        """A word of a tenth to a half of the posts."""
        return _word(self._common, randomness)

    def two_words(self, joined: Joined) -> Draw:
        """Two words of one post, each in one to ten posts of a hundred."""

        def draw(randomness: random.Random) -> Case | None:
            words = sorted(_words(randomness.choice(self._posts)) & self._medium_words)
            return Case(tuple(randomness.sample(words, 2)), joined) if len(words) > 1 else None

        return draw

    def phrase(self, randomness: random.Random) -> Case | None:
        """Two words side by side in a post: any two, or (half of the time) a telling one."""
        pairs = list(pairwise(randomness.choice(self._posts).text.split()))
        if not pairs:
            return None
        telling = randomness.random() < 0.5
        pair = randomness.choice(pairs)
        plain = all(map(_PLAIN.fullmatch, pair))
        wanted = plain and (not telling or not self._medium_words.isdisjoint(pair))
        return Case(pair, Joined.PHRASE) if wanted else None

    def prefix(self, randomness: random.Random) -> Case | None:
        """Four letters that a longer word begins with, and that stemming leaves alone.

        Where stems are searched, `mani` is also where `many` begins: no prefix ends in an i.
        """
        if not self._long:
            return None
        prefix = randomness.choice(self._long)[:_PREFIX]
        inert = all(stemmer.stemWord(prefix) == prefix for stemmer in _STEMMERS)
        return Case((prefix,), Joined.PREFIX) if inert and not prefix.endswith("i") else None

    def filter_only(self, randomness: random.Random) -> Case | None:
        """A tag, as likely as it is used."""
        return Case(tag=randomness.choice(randomness.choice(self._tagged).tags)) if self._tagged else None

    def date_range(self, randomness: random.Random) -> Case | None:
        """A word of medium frequency between the days of two posts."""
        if not self._dated or not self._medium:
            return None
        first, last = sorted(randomness.choices(self._dated, k=2))
        return Case((randomness.choice(self._medium),), first=first, last=last)

    def newest_first(self, randomness: random.Random) -> Case | None:
        """A common word, sorted by date."""
        return Case((randomness.choice(self._common),), newest=True) if self._common else None


def _word(words: Sequence[str], randomness: random.Random) -> Case | None:
    return Case((randomness.choice(words),)) if words else None


def _words(post: Post) -> set[str]:
    return set(_WORD.findall(post.text))
