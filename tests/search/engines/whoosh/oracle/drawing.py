"""Random queries of every kind that Whoosh has, over the words and values of some posts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random
from typing import Self

from whoosh import query as whoosh
from whoosh.query import Query, spans

from search.engines.whoosh.compiling.queries import AllOf, AnyOf, Constant, Near, Without
from search.engines.whoosh.values import facet_values, folded, words
from search.model import PostWithComments
from search.text.words import terms


@dataclass(frozen=True)
class Material:
    """What queries are made of: texts as stems, and as words; keyword values by field; days; ids."""

    stems: Sequence[tuple[str, Sequence[str]]]
    words: Sequence[tuple[str, str]]
    values: Sequence[tuple[str, str]]
    days: Sequence[int]
    ids: Sequence[str]

    @classmethod
    def of(cls, contents: Sequence[PostWithComments]) -> Self:
        """Take posts apart."""
        stems: list[tuple[str, Sequence[str]]] = []
        plain: set[tuple[str, str]] = set()
        values: set[tuple[str, str]] = set()
        days = set()
        for content in contents:
            post = content.post
            texts = [("title", post.title), ("body", post.readable)]
            texts += [("body", comment.text) for comment in content.comments]
            stems += [(name, found) for name, text in texts if (found := terms(text, post.language))]
            plain |= {(f"{name}_word", word) for name, text in texts for word in words(text)}
            values |= {(name, value) for name, some in facet_values(post).items() for value in some}
            values |= {("author_word", word) for author in post.authors for word in words(author)}
            for comment in content.comments:
                values |= {("commenter_word", word) for word in words(comment.author)}
                values |= {("commenter", folded(comment.author))} - {("commenter", "")}
            if post.date:
                days |= {post.date.first_day.toordinal(), post.date.last_day.toordinal()}
        ids = [content.post.id for content in contents]
        return cls(stems, sorted(plain), sorted(values), sorted(days) or [1], ids)


class Drawing:
    """Draws queries, the same ones for the same material and seed."""

    def __init__(self, material: Material, seed: int) -> None:
        self._material = material
        self._chance = Random(seed)
        self._leaves: tuple[Callable[[], Query], ...] = (
            (self._stem,) * 8
            + (self._phrase, self._near) * 3
            + (self._value, self._value, self._word, self._pattern, self._pattern, self._range)
            + (self._days, self._days, self._every, self._of_kind, self._spans, self._rare_kind)
        )

    def query(self, depth: int = 3) -> Query:
        """A tree of at most so many levels above its leaves."""
        if depth == 0 or self._chance.random() < 0.35:
            return self._chance.choice(self._leaves)()
        return self._joined(depth - 1)

    def _joined(self, depth: int) -> Query:
        def several(most: int) -> list[Query]:
            return [self.query(depth) for _ in range(self._chance.randint(1, most))]

        def one() -> Query:
            return self.query(depth)

        joins: tuple[Callable[[], Query], ...] = (
            lambda: whoosh.And(several(3), boost=self._boost()),
            lambda: whoosh.Or(several(4), boost=self._boost()),
            lambda: whoosh.And([*several(2), self._stem()]),
            lambda: whoosh.Or([*several(2), self._stem(), self._phrase()]),
            lambda: whoosh.DisjunctionMax(several(3)),
            lambda: AllOf(several(10)),
            lambda: AnyOf(several(12)),
            lambda: whoosh.Not(one()),
            lambda: whoosh.And([one(), whoosh.Not(one())]),
            lambda: whoosh.AndNot(one(), one()),
            lambda: Without(one(), one()),
            lambda: whoosh.AndMaybe(one(), one()),
            lambda: whoosh.Require(one(), one()),
            lambda: whoosh.Otherwise(one(), one()),
            lambda: whoosh.ConstantScoreQuery(one(), 2.5),
            lambda: Constant(one(), self._chance.choice((0.0, 1.5))),
        )
        return self._chance.choice(joins)()

    def _boost(self) -> float:
        return self._chance.choice((1.0, 1.0, 1.0, 2.0, 0.5))

    def _text(self) -> tuple[str, Sequence[str]]:
        return self._chance.choice(self._material.stems)

    def _stem(self) -> Query:
        name, text = self._text()
        return whoosh.Term(name, self._chance.choice((*text, "nowhere")), boost=self._boost())

    def _phrase(self) -> Query:
        name, chosen = self._window()
        return whoosh.Phrase(name, chosen, slop=self._chance.choice((1, 1, 2, 3)), boost=self._boost())

    def _near(self) -> Query:
        name, chosen = self._window()
        others = [self._chance.choice(self._text()[1]) for _ in chosen]
        alternatives = [
            (word, other) if self._chance.random() < 0.2 and word != other else (word,)
            for word, other in zip(chosen, others, strict=True)
        ]
        return Near(name, alternatives, slop=self._chance.choice((0, 0, 1, 4)), boost=self._boost())

    def _window(self) -> tuple[str, list[str]]:
        """Words in a row, at times with one left out or two changed round."""
        name, text = self._text()
        start = self._chance.randrange(len(text))
        chosen = list(text[start : start + self._chance.randint(2, 5)])
        if len(chosen) > 2 and self._chance.random() < 0.3:
            del chosen[self._chance.randrange(len(chosen))]
        if self._chance.random() < 0.1:
            self._chance.shuffle(chosen)
        return name, chosen

    def _value(self) -> Query:
        return whoosh.Term(*self._chance.choice(self._material.values))

    def _word(self) -> Query:
        return whoosh.Term(*self._chance.choice(self._material.words), boost=self._boost())

    def _pattern(self) -> Query:
        name, word = self._chance.choice((*self._material.words, *self._material.values))
        short, boost = word[: self._chance.randint(2, 4)], self._boost()
        patterns: tuple[Callable[[], Query], ...] = (
            lambda: whoosh.Prefix(name, short, boost=boost),
            lambda: whoosh.Wildcard(name, f"{_quoted(short)}*{_quoted(word[-1])}", boost=boost),
            lambda: whoosh.Wildcard(name, f"{_quoted(word[0])}?{_quoted(word[2:])}", boost=boost),
            lambda: whoosh.Regex(
                name, "".join(c if c.isalnum() else "." for c in short) + ".*e", boost=boost
            ),
            lambda: whoosh.FuzzyTerm(name, word, maxdist=1, prefixlength=1, boost=boost),
            lambda: whoosh.Variations(name, word, boost=boost),
        )
        return self._chance.choice(patterns)()

    def _range(self) -> Query:
        name, word = self._chance.choice(self._material.words)
        end = word[:2] + "z" if self._chance.random() < 0.8 else None
        if end is None and len(self._material.words) > 1_000:
            end = word + "zz"
        excluded = self._chance.random() < 0.3
        return whoosh.TermRange(name, word[:3], end, startexcl=excluded, endexcl=excluded)

    def _days(self) -> Query:
        one, other = sorted(self._chance.choices(self._material.days, k=2))
        name = self._chance.choice(("first_day", "last_day"))
        first, last = self._chance.choice(((one, other), (one, None), (None, other)))
        excluded = self._chance.random() < 0.2
        return whoosh.NumericRange(name, first, last, startexcl=excluded, boost=self._boost())

    def _every(self) -> Query:
        names = (None, None, "tag", "commenter", "title", "language", "author")
        return whoosh.Every(self._chance.choice(names), boost=self._boost())

    def _of_kind(self) -> Query:
        kind = whoosh.Term("kind", self._chance.choice(("post", "comment", "blog")))
        return self._chance.choice((kind, whoosh.Term("post", self._chance.choice(self._material.ids))))

    def _spans(self) -> Query:
        name, text = self._text()
        one, other = (whoosh.Term(name, self._chance.choice(text)) for _ in range(2))
        several: tuple[Callable[[], Query], ...] = (
            lambda: spans.SpanNear2([one, other], slop=3),
            lambda: spans.SpanNear(one, other, slop=5, ordered=False),
            lambda: spans.SpanFirst(one, limit=2),
            lambda: spans.SpanOr([one, other]),
            lambda: spans.SpanNot(one, other),
            lambda: spans.SpanBefore(one, other),
            lambda: spans.SpanCondition(one, other),
        )
        return self._chance.choice(several)()

    def _rare_kind(self) -> Query:
        return self._chance.choice(
            (
                whoosh.NullQuery,
                whoosh.And([]),
                whoosh.Or([]),
                whoosh.Term("nowhere", "war"),
                whoosh.Term("first_day", self._chance.choice(self._material.days)),
                whoosh.Or([self._stem(), self._stem()], minmatch=2),
                whoosh.Ordered([self._stem(), self._stem()]),
            )
        )


def _quoted(text: str) -> str:
    """A text in which nothing is a pattern."""
    return "".join(f"[{letter}]" if letter in "*?[" else letter for letter in text)
