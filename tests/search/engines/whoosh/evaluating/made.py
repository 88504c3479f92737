"""Random posts and random queries over the same few words, so that most queries match something."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import Any

from hypothesis import strategies
from whoosh import query as whoosh
from whoosh.query import Query

from search.engines.whoosh.compiling.queries import AllOf, AnyOf, Constant, Near, Without
from tests.search.engines.whoosh.inverting import MadeIndex, Said, Written

WORDS = ("a", "as", "b", "c", "cs", "d", "e", "rare")
STEMS = ("a", "b", "c", "d", "e", "rare", "unknown")
COMMON = ("a", "b", "c")
NAMES = ("ann low", "bob low", "cy")
DAYS = (0, 0, 5, 6, 7, 9)


def made_index(seed: int, sizes: tuple[int, ...] = (9, 1, 14)) -> MadeIndex:
    """Segments of so many posts."""
    chance = Random(seed)
    return MadeIndex([[_post(chance) for _ in range(size)] for size in sizes], COMMON)


def _text(chance: Random, longest: int) -> list[str]:
    weights = [8, 3, 6, 4, 2, 2, 1, 0.3]
    return chance.choices(WORDS, weights, k=chance.randrange(longest))


def _post(chance: Random) -> Written:
    day = chance.choice(DAYS)
    return Written(
        title=_text(chance, 4),
        body=_text(chance, 12),
        day=day,
        last_day=day and day + chance.randrange(3),
        values={
            "tag": chance.sample(("war", "sea", "tea"), chance.randrange(3)),
            "author": chance.sample(NAMES, chance.randrange(3)),
        },
        comments=[
            Said(_text(chance, 6), chance.choice(("", *NAMES)))
            for _ in range(max(0, chance.randrange(-3, 4)))
        ],
    )


_texts = strategies.sampled_from(("body", "body", "title"))
_boosts = strategies.sampled_from((1.0, 1.0, 2.0))
_words = strategies.sampled_from(STEMS)
_names = strategies.sampled_from(NAMES)
_days = strategies.integers(1, 10)
_alternatives = strategies.lists(_words, min_size=1, max_size=2, unique=True)


def _terms(fields: Sequence[str], values: Sequence[str]) -> strategies.SearchStrategy[Query]:
    fieldnames, texts = strategies.sampled_from(fields), strategies.sampled_from(values)
    return strategies.builds(whoosh.Term, fieldnames, texts)


_leaves: strategies.SearchStrategy[Query] = strategies.one_of(
    strategies.builds(whoosh.Term, _texts, _words, _boosts),
    strategies.builds(whoosh.Term, _texts, _words, _boosts),
    _terms(["body_word"], WORDS),
    _terms(["tag"], ["war", "sea", "?"]),
    _terms(["author", "commenter"], NAMES),
    _terms(["author_word", "commenter_word"], ["low", "cy", "?"]),
    _terms(["kind"], ["post", "comment", "?"]),
    _terms(["post"], ["a0", "c3", "?"]),
    strategies.builds(whoosh.NumericRange, strategies.sampled_from(("first_day", "last_day")), _days, _days),
    strategies.builds(whoosh.Every, strategies.sampled_from((None, "tag", "title", "commenter"))),
    strategies.builds(
        whoosh.Prefix,
        strategies.sampled_from(("body_word", "body", "author")),
        strategies.sampled_from("abc"),
    ),
    strategies.builds(
        whoosh.Wildcard, strategies.just("body_word"), strategies.sampled_from(("?s", "ra*", "*e*"))
    ),
    strategies.builds(whoosh.TermRange, strategies.just("body"), strategies.just("b"), strategies.just("d")),
    strategies.builds(
        Near,
        _texts,
        strategies.lists(_alternatives, min_size=2, max_size=4),
        strategies.integers(0, 3),
        _boosts,
    ),
    strategies.builds(
        whoosh.Phrase,
        _texts,
        strategies.lists(_words, min_size=2, max_size=3),
        strategies.integers(1, 3),
        _boosts,
    ),
)


def _joined(children: strategies.SearchStrategy[Query]) -> strategies.SearchStrategy[Query]:
    several: Any = strategies.lists(children, min_size=1, max_size=4)
    scores = strategies.sampled_from((0.0, 1.5))
    return strategies.one_of(
        strategies.builds(AnyOf, several),
        strategies.builds(AllOf, several),
        strategies.builds(whoosh.Or, several),
        strategies.builds(whoosh.And, several),
        strategies.builds(whoosh.DisjunctionMax, several),
        strategies.builds(Without, children, children),
        strategies.builds(whoosh.AndNot, children, children),
        strategies.builds(whoosh.AndMaybe, children, children),
        strategies.builds(whoosh.Require, children, children),
        strategies.builds(whoosh.Not, children),
        strategies.builds(Constant, children, scores),
        strategies.builds(whoosh.ConstantScoreQuery, children, strategies.just(1.5)),
    )


QUERIES: strategies.SearchStrategy[Query] = strategies.recursive(_leaves, _joined, max_leaves=8)
"""Trees of all kinds of query."""
