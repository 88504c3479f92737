"""Facet counts against counting one post after the other, over random posts, filters and queries."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import chain

import pytest

from search.engine import Engine
from search.model import Blog, Comment, Period, Post, PostWithComments
from search.query.parser import parse
from search.request import FacetOrder, Filters, SearchRequest, ValueFilter
from search.results import FacetValue
from search.text.words import fold
from tests.engine_contract.engines import ENGINES, changes

TAGS = ("War", "war", "Sea", "café", "Cafe", "CAFÉ", "garden")
AUTHORS = ("Ann Öztürk", "ann ozturk", "Bob", "Jonathan Low")
BLOGS = ("Alpha", "Beta", "alpha")
WORDS = ("kursk", "drones", "tea", "spade")
DATES = (None, "2019", "2020", "2020-02", "2020-02-29", "2021-07", "2021-07-04", "2021-07-04T12:00:00Z")

FACETS: dict[str, Callable[[Post], tuple[str, ...]]] = {
    "tag": lambda post: post.tags,
    "author": lambda post: post.authors,
    "blog": lambda post: (post.blog.name,),
    "date": lambda post: levels(post.date),
}
"""What a post has in each facet."""


def is_listed(value: str, filters: Filters) -> bool:
    """Whether a facet counts the value: days only in a month that is chosen or has a chosen day."""
    return len(value) < 10 or any(chosen[:7] == value[:7] for chosen in filters.chosen("date"))


def levels(date: Period | None) -> tuple[str, ...]:
    """The year, month and day of a date, as far as it is known."""
    known = str(date)[:10] if date else ""
    return tuple(known[:length] for length in (4, 7, 10) if len(known) >= length)


def some(chance: random.Random, values: tuple[str, ...], most: int) -> tuple[str, ...]:
    return tuple(chance.sample(values, chance.randint(0, most)))


def random_post(chance: random.Random, number: int) -> PostWithComments:
    date = chance.choice(DATES)
    post = Post(
        id=f"post-{number}",
        blog=Blog(chance.choice(BLOGS)),
        text=" ".join(some(chance, WORDS, 3)),
        tags=some(chance, TAGS, 3),
        authors=some(chance, AUTHORS, 2),
        date=Period.parse(date) if date else None,
    )
    comments = tuple(
        Comment(f"{post.id}-{place}", post.id, text=chance.choice(WORDS))
        for place in range(chance.randint(0, 2))
    )
    return PostWithComments(post, comments)


def random_filters(chance: random.Random) -> Filters:
    choices = (("tag", TAGS, 2), ("author", AUTHORS, 1), ("blog", BLOGS, 1))
    chosen = [
        ValueFilter(facet, values)
        for facet, all_values, most in choices
        if chance.random() < 0.5 and (values := some(chance, all_values, most))
    ]
    if chance.random() < 0.3:
        chosen.append(ValueFilter("tag", (chance.choice(TAGS),), excluded=True))
    return Filters(
        values=tuple(chosen),
        dates=tuple(Period.parse(text) for text in some(chance, ("2020", "2021-07", "2020-02-29"), 1)),
        after=Period.parse("2020") if chance.random() < 0.2 else None,
        before=Period.parse("2021-07") if chance.random() < 0.2 else None,
    )


def folded(values: tuple[str, ...]) -> set[str]:
    return {fold(value) for value in values}


def within(date: Period | None, first: Period | None, last: Period | None) -> bool:
    if date is None:
        return False
    return (first is None or date.first_day >= first.first_day) and (
        last is None or date.last_day <= last.last_day
    )


def passes(post: Post, filters: Filters, counting: str) -> bool:
    """Whether a post passes all filters but the own choice of the facet that is counted."""
    for value_filter in filters.values:
        has = bool(folded(FACETS[value_filter.facet](post)) & folded(value_filter.values))
        if value_filter.excluded and has:
            return False
        if not value_filter.excluded and value_filter.facet != counting and not has:
            return False
    chosen_dates = () if counting == "date" else filters.dates
    if chosen_dates and not any(within(post.date, period, period) for period in chosen_dates):
        return False
    return not (filters.after or filters.before) or within(post.date, filters.after, filters.before)


def flat(values: tuple[FacetValue, ...]) -> Iterator[FacetValue]:
    return chain.from_iterable((value, *flat(value.children)) for value in values)


@pytest.mark.parametrize("name", list(ENGINES))
@pytest.mark.parametrize("order", FacetOrder)
@pytest.mark.parametrize("prefix", ["", "a", "ö"])
def test_pages_of_a_facet_put_together_are_all_of_it(
    name: str, order: FacetOrder, prefix: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    chance = random.Random(prefix)
    with ENGINES[name](tmp_path_factory.mktemp(name)) as engine:
        engine.publish(changes([random_post(chance, number) for number in range(60)]), rebuild=True)
        for facet in ("tag", "author", "blog"):
            asked = SearchRequest(facets=(facet,), facet_prefix=prefix, facet_size=100, facet_order=order)
            whole = engine.search(asked).facets[facet]
            pages = [
                engine.search(replace(asked, facet_size=2, facet_offset=offset)).facets[facet]
                for offset in range(0, 12, 2)
            ]
            assert tuple(value for page in pages for value in page.values) == whole.values
            assert {page.distinct for page in pages} == {whole.distinct} == {len(whole.values)}


@pytest.mark.parametrize("name", list(ENGINES))
def test_values_stand_by_number_or_by_name_whatever_the_case_and_accents(
    name: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    tagged = [("zebra", "Äpfel"), ("zebra", "beta"), ("zebra", "beta", "Apfelmus")]
    posts = [PostWithComments(Post(f"post-{n}", Blog("Alpha"), tags=tags)) for n, tags in enumerate(tagged)]
    with ENGINES[name](tmp_path_factory.mktemp(name)) as engine:
        engine.publish(changes(posts), rebuild=True)
        listed = {
            order: [
                value.label for value in engine.search(SearchRequest(facet_order=order)).facets["tag"].values
            ]
            for order in FacetOrder
        }
    assert listed == {
        FacetOrder.COUNT: ["zebra", "beta", "Äpfel", "Apfelmus"],
        FacetOrder.NAME: ["Äpfel", "Apfelmus", "beta", "zebra"],
    }


@pytest.mark.parametrize("name", list(ENGINES))
def test_selected_values_are_all_on_the_first_page_of_a_facet(
    name: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    posts = [
        PostWithComments(Post(f"post-{n}-{use}", Blog("Alpha"), tags=(f"tag-{n}",), date=Period.of(2010 + n)))
        for n in range(6)
        for use in range(6 - n)
    ]
    with ENGINES[name](tmp_path_factory.mktemp(name)) as engine:
        engine.publish(changes(posts), rebuild=True)
        asked = SearchRequest(filters=Filters((ValueFilter("tag", ("tag-3", "TAG-5")),)), facet_size=2)
        pages = [
            engine.search(replace(asked, facet_offset=offset)).facets["tag"].values for offset in (0, 2, 4, 6)
        ]
        years = engine.search(SearchRequest(facets=("date",), facet_offset=4)).facets["date"]
    assert [[(value.value, value.selected) for value in values] for values in pages] == [
        [("tag-0", False), ("tag-1", False), ("tag-3", True), ("tag-5", True)],
        [("tag-2", False), ("tag-3", True)],
        [("tag-4", False), ("tag-5", True)],
        [],
    ]
    assert ([value.value for value in years.values], years.distinct) == (["2011", "2010"], 6)


@pytest.mark.parametrize("name", list(ENGINES))
@pytest.mark.parametrize("seed", range(3))
def test_facets_count_what_counting_by_hand_counts(
    name: str, seed: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    chance = random.Random(seed)
    posts = [random_post(chance, number) for number in range(120)]
    with ENGINES[name](tmp_path_factory.mktemp(name)) as engine:
        engine.publish(changes(posts), rebuild=True)
        for _ in range(40):
            compare(engine, posts, random_filters(chance), chance.choice(("", *WORDS)))


def compare(engine: Engine, posts: list[PostWithComments], filters: Filters, word: str) -> None:
    found = engine.search(
        SearchRequest(parse(word), filters, facets=tuple(FACETS), facet_size=100, size=100, page=1)
    )
    matching = [
        content.post
        for content in posts
        if not word or word in " ".join([content.post.text, *(comment.text for comment in content.comments)])
    ]
    assert found.total == sum(passes(post, filters, counting="") for post in matching)
    for facet, values_of in FACETS.items():
        counted = Counter(
            value
            for post in matching
            if passes(post, filters, counting=facet)
            for value in folded(values_of(post))
            if facet != "date" or is_listed(value, filters)
        )
        shown = {fold(value.value): value.count for value in flat(found.facets[facet].values) if value.count}
        assert shown == counted
        chosen = folded(filters.chosen(facet))
        assert {fold(v.value) for v in flat(found.facets[facet].values) if v.selected} == chosen
