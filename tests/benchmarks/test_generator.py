from __future__ import annotations

import re
from itertools import islice
from statistics import median

import pytest

from benchmarks.generator import Model, generate
from benchmarks.tails import Growth, made_up
from search.model import Post
from tests.benchmarks.invented import corpus


@pytest.fixture(scope="module")
def model() -> Model:
    return Model.of(corpus())


def vocabulary(posts: list[Post]) -> set[str]:
    return {word for post in posts for word in re.findall(r"\w+", post.text.lower())}


def test_the_same_seed_gives_the_same_posts(model: Model) -> None:
    assert list(generate(model, 50, seed=3)) == list(generate(model, 50, seed=3))


def test_another_seed_gives_other_posts(model: Model) -> None:
    assert list(generate(model, 50, seed=3)) != list(generate(model, 50, seed=4))


def test_a_shorter_run_is_the_beginning_of_a_longer_one(model: Model) -> None:
    assert list(generate(model, 20)) == list(generate(model, 40))[:20]


def test_posts_are_streamed(model: Model) -> None:
    assert len(list(islice(generate(model, 10**9), 3))) == 3


def test_posts_are_numbered_from_one(model: Model) -> None:
    assert [int(post.id) for post in generate(model, 3)] == [1, 2, 3]


def test_half_of_the_posts_are_longer_than_the_median_asked_for(model: Model) -> None:
    lengths = [len(post.text) for post in generate(model, 400, median=900)]
    assert 780 < median(lengths) < 1_030


def test_sentences_are_those_of_the_corpus(model: Model) -> None:
    known = {sentence for post in corpus() for sentence in re.findall(r"[^.]+\.", post.text)}
    post = next(generate(model, 1))
    inner = [f"{sentence.strip()}." for sentence in post.text.split(".")[:-1]]
    assert inner
    assert set(inner) <= {sentence.strip() for sentence in known}


def test_blogs_authors_and_tags_are_those_of_a_post(model: Model) -> None:
    known = {(post.blog, post.authors, post.tags) for post in corpus()}
    assert {(post.blog, post.authors, post.tags) for post in generate(model, 60)} <= known


def test_the_vocabulary_grows_with_the_posts_as_it_does_in_the_corpus(model: Model) -> None:
    few, many = (vocabulary(list(generate(model, count))) for count in (500, 2_000))
    assert few < many
    drawn = sum(len(re.findall(r"\w+", post.text)) for post in generate(model, 2_000))
    expected = model.words.distinct + model.words.beyond(drawn)
    assert len(many) == pytest.approx(expected, rel=0.1)


def test_a_corpus_of_one_vocabulary_has_no_growth() -> None:
    growth = Growth.of([["a", "b"]] * 10)
    assert growth.beyond(1_000) == 0


def test_made_up_words_differ() -> None:
    assert len({made_up(number) for number in range(20_000)}) == 20_000


def test_a_corpus_without_sentences_is_refused() -> None:
    with pytest.raises(ValueError, match="no post"):
        Model.of([])
