"""Every search of the contract, on every engine."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from search.engine import Engine
from search.results import FacetValue, Matches
from tests.engine_contract.archive import load, posts, request
from tests.engine_contract.engines import ENGINES, changes

SEARCHES = load("searches.json")


@pytest.fixture(scope="module", params=list(ENGINES))
def engine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    with ENGINES[request.param](tmp_path_factory.mktemp(request.param)) as opened:
        opened.publish(changes(posts()), rebuild=True)
        yield opened


@pytest.fixture(scope="module", params=list(ENGINES))
def updated(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """The same posts, published one after the other and each changed once, so nothing is as at first."""
    with ENGINES[request.param](tmp_path_factory.mktemp(request.param)) as opened:
        everything = changes(posts())
        opened.publish(everything[10:], rebuild=False)
        for change in everything[:10]:
            opened.publish([change], rebuild=False)
        opened.publish(everything[5:15], rebuild=False)
        yield opened


@pytest.mark.parametrize("search", SEARCHES, ids=[search["name"] for search in SEARCHES])
def test_every_search_finds_what_the_contract_says(engine: Engine, search: dict[str, Any]) -> None:
    check(engine.search(request(search["request"])), search)


@pytest.mark.parametrize("search", SEARCHES, ids=[search["name"] for search in SEARCHES])
def test_an_index_built_in_steps_finds_the_same(updated: Engine, search: dict[str, Any]) -> None:
    # Deleted documents weigh in the scores until they are merged away, so only what is found is compared.
    check(updated.search(request(search["request"])), search, ranked=False)


def check(found: Matches, search: dict[str, Any], *, ranked: bool = True) -> None:
    ids = [match.post_id for match in found.matches]
    scores = [match.score for match in found.matches]
    expected = search.get("ids", search.get("set"))
    if "ids" in search and (ranked or not any(scores)):
        assert ids == search["ids"]
    elif expected is not None:
        assert sorted(ids) == sorted(expected)
    if expected is not None and "page" not in search["request"] and "size" not in search["request"]:
        assert found.total == len(expected)
    assert found.total == search.get("total", found.total)
    assert not set(ids) & set(search.get("without", ()))
    if ranked:
        assert ids[: len(search.get("first", ()))] == search.get("first", [])
        assert ids[len(ids) - len(search.get("last", ())) :] == search.get("last", [])
    check_comments(found, search, ranked=ranked)
    check_facets(found, search)
    if "correction" in search:
        assert found.correction == search["correction"]


def check_comments(found: Matches, search: dict[str, Any], *, ranked: bool) -> None:
    matches = {match.post_id: match for match in found.matches}
    for post_id, comments in search.get("comments", {}).items():
        arrange = list if ranked else sorted
        assert arrange(matches[post_id].comment_ids) == arrange(comments)
    for post_id, comment in search.get("best_comment", {}).items():
        assert matches[post_id].comment_ids[0] == comment
    for post_id, count in search.get("comments_matched", {}).items():
        assert matches[post_id].comments_matched == count
        assert len(matches[post_id].comment_ids) == min(count, 3)


def check_facets(found: Matches, search: dict[str, Any]) -> None:
    for name, counts in search.get("facets", {}).items():
        listed = {value.value: (value.count, value.selected) for value in flat(found.facets[name].values)}
        for value, count in counts.items():
            expected = None if count is None else tuple(count) if isinstance(count, list) else (count, False)
            assert listed.get(value) == expected, value
    for name, values in search.get("listed", {}).items():
        assert [value.value for value in found.facets[name].values] == values
    for name, distinct in search.get("distinct", {}).items():
        assert found.facets[name].distinct == distinct
    if "only_facets" in search:
        assert sorted(found.facets) == sorted(search["only_facets"])


def flat(values: tuple[FacetValue, ...]) -> Iterator[FacetValue]:
    for value in values:
        yield value
        yield from flat(value.children)
