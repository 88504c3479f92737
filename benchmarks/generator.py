"""Posts of any number, drawn from the distributions of a corpus and the same for the same seed.

A post is made of runs of sentences from three real posts, until it is as long as its length was drawn:
words keep their frequencies, phrases stay phrases, and words that go together still do. Lengths are
log-normal, as wide as the corpus' own. Blog, authors and tags are those of its first real post, its day
lies within a month of it. Beyond the size of the corpus, made-up words, authors and tags come in as fast
as new ones do in the corpus, so that a vocabulary grows with its posts.

What it cannot do: words made up have one language and one length; sentences repeat, so that phrases of
rare words are found more often than in a million real posts; posts of a time are not about the same.
"""

from __future__ import annotations

import math
import random
import re
import statistics
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from benchmarks.tails import Growth, Tail
from search.model import Blog, Period, Post

MEDIAN_LENGTH: Final = 1_800
"""Characters of the middle post, as in blogs at large."""

_SOURCES: Final = 3
_LONGEST_RUN: Final = 4
_SENTENCES: Final = range(20, 1_000)
"""Characters of a sentence that is taken over: not a stray label, not a listing."""
_DAYS_APART: Final = 30
_LENGTHS: Final = (100, 200_000)
"""The shortest and the longest post."""

_BETWEEN_SENTENCES: Final = re.compile(r"(?<=[.!?])\s+|\n+")
_WORD: Final = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Model:
    """What was learnt of a corpus: its posts cut into sentences, the spread of lengths, and growth."""

    posts: tuple[Post, ...]
    sentences: tuple[tuple[str, ...], ...]
    spread: float
    words: Growth
    authors: Growth
    tags: Growth

    @classmethod
    def of(cls, corpus: Iterable[Post], seed: int = 1) -> Model:
        """Learn from posts; those without a sentence are left out. Raises `ValueError` if none is left."""
        pairs = [(post, cut) for post in corpus if (cut := _sentences(post.text))]
        if not pairs:
            raise ValueError("no post of the corpus has a sentence of text")
        random.Random(seed).shuffle(pairs)  # growth is measured on posts that come in no order
        posts, sentences = zip(*pairs, strict=True)
        lengths = [math.log(len(post.text)) for post in posts]
        return cls(
            posts=posts,
            sentences=sentences,
            spread=statistics.pstdev(lengths),
            words=Growth.of(_WORD.findall(" ".join(cut).lower()) for cut in sentences),
            authors=Growth.of(post.authors for post in posts),
            tags=Growth.of(post.tags for post in posts),
        )


def generate(model: Model, count: int, *, seed: int = 1, median: int = MEDIAN_LENGTH) -> Iterator[Post]:
    """Stream `count` posts with the numbers from 1, in twelve digits, as ids."""
    drawing = _Drawing(model, random.Random(seed), median)
    for number in range(1, count + 1):
        yield drawing.post(f"{number:012}")


class _Drawing:
    """The state of one stream: where chance is, and what was made up so far."""

    def __init__(self, model: Model, randomness: random.Random, median: int) -> None:
        self._model = model
        self._random = randomness
        self._median = math.log(median)
        self._words = Tail(model.words)
        self._authors = Tail(model.authors)
        self._tags = Tail(model.tags)

    def post(self, post_id: str) -> Post:
        model, drawn = self._model, self._random
        sources = [drawn.randrange(len(model.posts)) for _ in range(_SOURCES)]
        like = model.posts[sources[0]]
        return Post(
            id=post_id,
            blog=Blog(like.blog.name),
            title=model.posts[sources[1]].title,
            text=self._text([model.sentences[source] for source in sources]),
            authors=self._values(like.authors, self._authors),
            tags=self._values(like.tags, self._tags),
            date=self._near(like.date),
            language=like.language,
        )

    def _text(self, sources: list[tuple[str, ...]]) -> str:
        drawn = self._random
        shortest, longest = _LENGTHS
        wanted = min(max(int(drawn.lognormvariate(self._median, self._model.spread)), shortest), longest)
        pieces: list[str] = []
        length = 0
        while length < wanted:
            sentences = drawn.choice(sources)
            start = drawn.randrange(len(sentences))
            run = sentences[start : start + drawn.randint(1, _LONGEST_RUN)]
            pieces += run
            length += sum(map(len, run)) + len(run)
        text = " ".join(pieces)[:wanted].rsplit(" ", 1)[0]
        made_up = self._words.values(text.count(" ") + 1, drawn)
        return " ".join([text, *made_up])

    def _values(self, values: tuple[str, ...], tail: Tail) -> tuple[str, ...]:
        return tuple(dict.fromkeys((*values, *tail.values(len(values), self._random))))

    def _near(self, day: Period | None) -> Period | None:
        if day is None:
            return None
        near = day.first_day + timedelta(days=self._random.randint(-_DAYS_APART, _DAYS_APART))
        return _period(near)


def _period(day: date) -> Period:
    return Period.of(day.year, day.month, day.day)


def _sentences(text: str) -> tuple[str, ...]:
    cut = (" ".join(sentence.split()) for sentence in _BETWEEN_SENTENCES.split(text))
    return tuple(sentence for sentence in cut if len(sentence) in _SENTENCES)
