"""Which terms a post is compared by."""

from __future__ import annotations

from search.deadline import Deadline
from search.engines.whoosh.answering.similarity import like
from search.engines.whoosh.cache import Cache
from search.engines.whoosh.evaluating.evaluate import evaluate
from search.engines.whoosh.index import Statistics
from tests.search.engines.whoosh.inverting import MadeIndex
from tests.search.engines.whoosh.merging.made import Text, segment_of

TEXTS = (
    [
        Text("a", ("kursk",), ("drone", "drone", "tank", "rain"), comments=(("tank", "tank"),)),
        Text("b", (), ("rain", "rain", "rain")),
        Text("c", (), ("tank",)),
    ],
    [
        Text("d", (), ("drone",)),
        Text("e", ("kursk",), ("nothing",)),
        Text("f", (), ("rain", "sun")),
        Text("g", (), ()),
    ],
)


def index() -> MadeIndex:
    made = MadeIndex([])
    made.segments = tuple(segment_of(texts, str(number)) for number, texts in enumerate(TEXTS))
    made.statistics, made.cache = Statistics.of(made.segments), Cache()
    return made


def alike(segment: int, document: int) -> list[str]:
    """The ids of the posts that share terms with one, most alike first."""
    made = index()
    query = like(made, segment, document)
    if query is None:
        return []
    found = evaluate(query, made, Deadline(1000)).segments
    scored = [
        (float(score), TEXTS[number][post].post_id)
        for number, hits in enumerate(found)
        for post, score in zip(hits.documents.tolist(), hits.scores.tolist(), strict=True)
    ]
    return [post_id for _, post_id in sorted(scored, reverse=True)]


def test_posts_share_rare_words_and_words_said_often() -> None:
    assert alike(0, 0)[0] == "a"
    assert set(alike(0, 0)) == {"a", "b", "c", "d", "e", "f"}
    assert alike(0, 0).index("d") < alike(0, 0).index("f"), "a says drone twice, and fewer posts have it"


def test_titles_are_compared_with_titles() -> None:
    assert alike(1, 1) == ["e", "a"]


def test_comments_are_not_similar_posts() -> None:
    assert set(alike(0, 2)) == {"a", "c"}


def test_a_post_without_words_that_others_have_is_like_none() -> None:
    assert alike(1, 3) == []
