from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from benchmarks.agreement import compare
from benchmarks.cases import Case, Joined
from benchmarks.drawing import draw_cases
from benchmarks.growth import touched
from benchmarks.peers.peer import FACETS, Answer, Opened
from benchmarks.peers.registry import PEERS, THIS, WHOLE, peer
from search.model import Post
from tests.benchmarks.invented import corpus

ENGINES = (THIS, *PEERS)
POSTS = corpus()
CLASSES = draw_cases(POSTS, each=5)
VALUES: dict[str, Callable[[Post], tuple[str, ...]]] = {
    "author": lambda post: post.authors,
    "tag": lambda post: post.tags,
    "blog": lambda post: (post.blog.name,),
    "month": lambda post: (str(post.date)[:7],),
}


@pytest.fixture(scope="module")
def engines(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Opened]]:
    pytest.importorskip("tantivy")
    opened = {}
    for name in ENGINES:
        folder = tmp_path_factory.mktemp(name)
        engine = peer(name)
        engine.build(POSTS, folder)
        opened[name] = engine.open(folder)
    yield opened
    for index in opened.values():
        index.close()


@pytest.mark.parametrize("queries", CLASSES)
@pytest.mark.parametrize("name", PEERS)
def test_engines_find_the_same(engines: dict[str, Opened], name: str, queries: str) -> None:
    cases = CLASSES[queries]
    assert cases
    agreement = compare(
        [(engines[THIS].search(case, True), engines[name].search(case, True)) for case in cases]
    )
    assert (agreement.totals, agreement.facets) == (len(cases), len(cases))


@pytest.mark.parametrize("name", ENGINES)
def test_facets_are_what_counting_by_hand_gives(engines: dict[str, Opened], name: str) -> None:
    answer = engines[name].search(Case(("bread",)), facets=True)
    found = [post for post in POSTS if "bread" in f"{post.title} {post.text}"]
    assert answer.total == len(found) > 0
    for facet in FACETS:
        counted = Counter(value for post in found for value in VALUES[facet](post))
        assert dict(answer.facets[facet]).items() <= counted.items()
        assert [count for _, count in answer.facets[facet]] == sorted(counted.values(), reverse=True)[:10]


@pytest.mark.parametrize("name", ENGINES)
def test_the_counts_of_tags_leave_out_the_filter_by_tag(engines: dict[str, Opened], name: str) -> None:
    answer = engines[name].search(Case(("bread",), tag="food"), facets=True)
    without = engines[name].search(Case(("bread",)), facets=True)
    assert answer.total == dict(without.facets["tag"])["food"] < without.total
    assert answer.facets["tag"] == without.facets["tag"]
    assert sum(count for _, count in answer.facets["blog"]) == answer.total


@pytest.mark.parametrize("name", ENGINES)
def test_days_are_included_at_both_ends(engines: dict[str, Opened], name: str) -> None:
    day = date(2021, 2, 2)  # post 1's
    assert engines[name].search(Case(("letter",), first=day, last=day), facets=False).numbers == (1,)


@pytest.mark.parametrize("name", ENGINES)
def test_the_newest_come_first(engines: dict[str, Opened], name: str) -> None:
    days = {int(post.id): post.date.first_day for post in POSTS if post.date}
    for case in (Case(), Case(("letter",), newest=True)):
        found = [days[number] for number in engines[name].search(case, facets=False).numbers]
        assert found == sorted(days.values(), reverse=True)[:10]


@pytest.mark.parametrize("name", ENGINES)
def test_ten_results_are_given_with_facets_and_without(engines: dict[str, Opened], name: str) -> None:
    case = Case(("letter",))
    assert [len(engines[name].search(case, facets).numbers) for facets in (True, False)] == [10, 10]
    assert engines[name].search(case, facets=False).facets == {}


def test_the_whole_search_finds_what_the_engine_finds(tmp_path: Path) -> None:
    for name in (THIS, WHOLE):
        peer(name).build(POSTS, tmp_path)
    with closing(peer(THIS).open(tmp_path)) as engine, closing(peer(WHOLE).open(tmp_path)) as whole:
        case = Case(("wooden", "boats"), Joined.PHRASE)
        found, expected = whole.search(case, True), engine.search(case, True)
        assert (found.total, found.numbers, found.facets) == (
            expected.total,
            expected.numbers,
            expected.facets,
        )


def test_a_difference_is_told() -> None:
    agreement = compare([(_counted(POSTS), _counted(POSTS[:40]))])
    assert (agreement.totals, agreement.worst) == (0, 0.5)


def _counted(posts: list[Post]) -> Answer:
    return Answer(len(posts), tuple(int(post.id) for post in posts[:10]), lambda: dict.fromkeys(FACETS, ()))


def test_finding_nothing_alike_is_finding_the_same() -> None:
    agreement = compare([(_counted([]), _counted([]))])
    assert (agreement.totals, agreement.worst, agreement.top_ten) == (1, 0.0, 1.0)


@pytest.mark.parametrize(
    ("case", "words"),
    [
        (Case(("wooden", "boats"), Joined.PHRASE), ("wooden", "boats")),
        (Case(("bread",), first=date(2021, 2, 2)), ("bread",)),
        (Case(("bread", "lanterns"), Joined.ANY, newest=True), ("bread", "lanterns")),
    ],
)
def test_a_search_touches_the_postings_of_its_words(
    engines: dict[str, Opened], case: Case, words: tuple[str, ...]
) -> None:
    texts = [f"{post.title} {post.text}" for post in POSTS]
    assert touched(engines[THIS], [case]) == sum(sum(word in text for text in texts) for word in words)


def test_a_search_without_words_touches_the_posts_that_match(engines: dict[str, Opened]) -> None:
    tagged = sum("food" in post.tags for post in POSTS)
    assert touched(engines[THIS], [Case(), Case(tag="food")]) == (len(POSTS) + tagged) / 2
