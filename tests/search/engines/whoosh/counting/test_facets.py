"""Facets and filters on a generation of several segments, against counting one post after the other."""

from __future__ import annotations

import random
from collections import Counter
from typing import Any

import numpy as np
import pytest

from search.engines.whoosh.arrays import Ints
from search.engines.whoosh.cache import Cache
from search.engines.whoosh.columns.columns import Columns
from search.engines.whoosh.counting.facets import FilterMasks, count_facets
from search.engines.whoosh.values import folded
from search.model import Period, PostWithComments
from search.request import Filters, SearchRequest, ValueFilter
from search.results import Facet
from tests.engine_contract.test_facet_counts import (
    FACETS,
    flat,
    is_listed,
    passes,
    random_filters,
    random_post,
)
from tests.search.engines.whoosh.generation import content, join, segment_of, without


def counted(columns: Columns, posts: Ints | None = None, **asked: Any) -> dict[str, Facet]:
    request = SearchRequest(**asked)
    return count_facets(request, posts, FilterMasks.of(request.filters, columns, Cache()), columns)


def listed(facet: Facet) -> list[tuple[str, int]]:
    return [(value.value, value.count) for value in facet.values]


def generation(chance: random.Random, contents: list[PostWithComments], parts: int) -> Columns:
    """The columns of these posts in several segments, which also have other versions that were deleted."""
    segments, deleted = [], []
    for part in range(parts):
        others = chance.sample([each for place, each in enumerate(contents) if place % parts != part], 20)
        mixed = contents[part::parts] + others
        chance.shuffle(mixed)
        segments.append(segment_of(mixed))
        deleted.append(without(segments[-1], *(each.post.id for each in others)))
    return Columns.join(segments, deleted)


@pytest.mark.parametrize("parts", [2, 5])
@pytest.mark.parametrize("share", [0.01, 0.2, 0.5, 0.9, 1.0])
def test_facets_count_what_counting_by_hand_counts(parts: int, share: float) -> None:
    chance = random.Random(parts)
    contents = [random_post(chance, number) for number in range(300)]
    columns = generation(chance, contents, parts)
    by_id = {each.post.id: each.post for each in contents}
    posts = [by_id[columns.id(number)] for number in range(columns.posts)]
    for _ in range(20):
        filters = random_filters(chance)
        matched = chance.sample(range(len(posts)), round(share * len(posts)))  # in no order
        facets = counted(columns, np.array(matched), filters=filters, facets=tuple(FACETS), facet_size=100)
        for name, values_of in FACETS.items():
            expected = Counter(
                value
                for number in matched
                if passes(posts[number], filters, counting=name)
                for value in {folded(each) for each in values_of(posts[number])}
                if name != "date" or is_listed(value, filters)
            )
            shown = {folded(value.value): value.count for value in flat(facets[name].values) if value.count}
            assert shown == expected


def test_all_posts_are_counted_as_each_of_them() -> None:
    contents = [random_post(random.Random(number), number) for number in range(50)]
    columns = join(contents[:20], contents[20:])
    assert counted(columns) == counted(columns, np.arange(50))


def test_the_most_frequent_values_come_first_and_equal_ones_by_letter() -> None:
    columns = join([content("a", tags=["x", "y", "b"]), content("b", tags=["y", "B", "c"])])
    assert listed(counted(columns, facet_size=3)["tag"]) == [("B", 2), ("y", 2), ("c", 1)]
    assert counted(columns, facet_size=1)["tag"].distinct == 4


def test_a_value_is_shown_as_most_live_posts_write_it() -> None:
    first = segment_of(
        [content("a", tags=["CAFÉ"]), content("b", tags=["CAFÉ"]), content("c", tags=["cafe"])]
    )
    second = segment_of([content("d", tags=["Café"]), content("e", tags=["Café"])])
    columns = Columns.join([first, second], [without(first, "a"), None])
    assert listed(counted(columns)["tag"]) == [("Café", 4)]


def test_of_equally_common_spellings_the_first_is_shown() -> None:
    columns = join([content("a", tags=["war"]), content("b", tags=["War"])])
    assert listed(counted(columns)["tag"]) == [("War", 2)]


def test_values_are_limited_to_those_with_a_word_that_begins_so() -> None:
    tags = ["North Sea", "seaside", "Overseas", "c++ (sea)"]
    columns = join([content("a", tags=tags)], [content("b", tags=["Red Sea", "north sea"])])
    assert listed(counted(columns, facet_prefix="SEA")["tag"]) == [
        ("North Sea", 2),
        ("c++ (sea)", 1),
        ("Red Sea", 1),
        ("seaside", 1),
    ]
    assert listed(counted(columns, facet_prefix="north s")["tag"]) == [("North Sea", 2)]
    assert listed(counted(columns, facet_prefix="ea")["tag"]) == []


def test_a_chosen_value_is_listed_although_others_are_more_frequent() -> None:
    columns = join([content(str(number), tags=["often", f"once {number}"]) for number in range(9)])
    filters = Filters(values=(ValueFilter("tag", ("ONCE 7", "Never")),))
    facet = counted(columns, filters=filters, facet_size=2)["tag"]
    assert [(value.value, value.count, value.selected) for value in facet.values] == [
        ("often", 9, False),
        ("once 0", 1, False),
        ("once 7", 1, True),
        ("Never", 0, True),
    ]


def test_many_values_of_one_post_are_all_counted() -> None:
    contents = [content(str(number), tags=[f"tag {each}" for each in range(number)]) for number in range(40)]
    columns = join(contents)
    for matched in (np.arange(3), np.arange(0, 40, 2), np.arange(1, 40)):
        tags = Counter(f"tag {each}" for post in matched for each in range(int(columns.id(int(post)))))
        assert dict(listed(counted(columns, matched, facet_size=100)["tag"])) == tags


def test_a_post_known_by_its_year_is_in_no_month() -> None:
    columns = join([content("a", "2020"), content("b", "2020-01"), content("c", "2020-01-01"), content("d")])
    [year] = counted(columns)["date"].values
    assert (year.value, year.count) == ("2020", 3)
    assert [(month.value, month.count, month.children) for month in year.children] == [("2020-01", 2, ())]


def test_days_are_counted_in_a_chosen_month() -> None:
    dates = ("2020-02", "2020-02-29", "2020-02-29T12:00:00Z", "2020-02-01", "2020-03-01")
    columns = join([content(date, date) for date in dates])
    filters = Filters(dates=(Period.parse("2020-02"),))
    [year] = counted(columns, filters=filters)["date"].values
    march, february = year.children
    assert not march.children
    assert [(day.value, day.count) for day in february.children] == [("2020-02-29", 2), ("2020-02-01", 1)]


@pytest.mark.parametrize(
    ("after", "before", "expected"),
    [
        ("2020", None, ["2020", "2020-06", "2021-01-01"]),
        ("2020-06", None, ["2020-06", "2021-01-01"]),
        (None, "2020", ["1969-12-31", "2020", "2020-06"]),
        (None, "2020-06", ["1969-12-31", "2020-06"]),
        ("2020-02", "2020-11", ["2020-06"]),
        ("2030", None, []),
        (None, "1900", []),
    ],
)
def test_a_post_is_within_bounds_when_all_of_its_period_is(
    after: str | None, before: str | None, expected: list[str]
) -> None:
    dates = ("1969-12-31", "2020", "2020-06", "2021-01-01")
    columns = join([*(content(date, date) for date in dates), content("undated")])
    filters = Filters(
        after=Period.parse(after) if after else None, before=Period.parse(before) if before else None
    )
    passing = FilterMasks.of(filters, columns, Cache()).places(np.arange(columns.posts))
    assert sorted(columns.ids(passing)) == expected


def test_filters_are_evaluated_once() -> None:
    columns, cache = join([content("a", tags=["x"]), content("b")]), Cache()
    filters = Filters(values=(ValueFilter("tag", ("x",), excluded=True),), after=Period.parse("2020"))
    first, second = (FilterMasks.of(filters, columns, cache) for _ in range(2))
    assert all(one is other for one, other in zip(first.others, second.others, strict=True))
    assert not len(first.places(np.array([0, 1])))
