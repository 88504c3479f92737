from __future__ import annotations

import gzip
import json
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.cases import Case, Joined, load_cases, save_cases
from benchmarks.drawing import draw_cases
from benchmarks.posts import corpus_posts, load, numbered, save
from tests.benchmarks.invented import corpus

POSTS = corpus()
CLASSES = draw_cases(POSTS, each=8)


def posts_with(word: str) -> int:
    return sum(word in post.text.replace(".", "").split() for post in POSTS)


def test_rare_words_are_in_few_posts_and_common_ones_in_many() -> None:
    assert all(3 <= posts_with(case.words[0]) <= 6 for case in CLASSES["rare word"])
    assert all(8 <= posts_with(case.words[0]) <= 40 for case in CLASSES["common word"])


def test_two_words_are_found_together() -> None:
    for case in CLASSES["two words, all"]:
        assert any(all(word in post.text for word in case.words) for post in POSTS)


def test_a_phrase_stands_in_a_post() -> None:
    assert all(any(" ".join(case.words) in post.text for post in POSTS) for case in CLASSES["phrase"])


def test_a_prefix_begins_several_letters_before_a_word_ends() -> None:
    words = {word for post in POSTS for word in post.text.replace(".", "").split()}
    for case in CLASSES["prefix"]:
        assert any(word.startswith(case.words[0]) and len(word) >= 7 for word in words)
        assert not case.words[0].endswith("i")


def test_no_case_is_drawn_twice() -> None:
    assert all(len(set(cases)) == len(cases) for cases in CLASSES.values())


def test_the_same_seed_draws_the_same_cases_and_another_draws_others() -> None:
    assert draw_cases(POSTS, each=8) == CLASSES
    assert draw_cases(POSTS, each=8, seed=2) != CLASSES


def test_posts_without_words_and_tags_give_no_cases_but_browsing() -> None:
    empty = [replace(post, text="", tags=()) for post in POSTS]
    assert {name: cases for name, cases in draw_cases(empty).items() if cases} == {"browse": (Case(),)}


def test_cases_are_read_as_they_were_written(tmp_path: Path) -> None:
    cases = [case for drawn in CLASSES.values() for case in drawn]
    save_cases(cases, tmp_path / "cases")
    assert load_cases(tmp_path / "cases") == cases
    assert {case.joined for case in cases} == set(Joined)


def test_posts_are_read_as_they_were_written(tmp_path: Path) -> None:
    assert save(POSTS, tmp_path / "posts") == len(POSTS)
    assert list(load(tmp_path / "posts")) == POSTS


@pytest.mark.parametrize("most", [2, 10])
def test_a_corpus_is_read_as_text_with_values_that_all_engines_compare_alike(
    tmp_path: Path, most: int
) -> None:
    record = {
        "id": "a:1",
        "blog": "North",
        "title": None,
        "date": "2024-05-06T07:08:09Z",
        "authors": ["Ann  Lée", "ann lee"],
        "tags": ["Food", ""],
        "body": "Some *bread*.",
        "format": "markdown",
    }
    with gzip.open(tmp_path / "corpus.gz", "wt") as out:
        out.writelines(json.dumps(record) + "\n" for _ in range(3))
    posts = list(numbered(corpus_posts(tmp_path / "corpus.gz", most)))
    assert [int(post.id) for post in posts] == list(range(1, min(most, 3) + 1))
    post = posts[0]
    assert (post.blog.name, post.title, post.text) == ("north", "", "Some bread.")
    assert (post.authors, post.tags, str(post.date)) == (("ann lee",), ("food",), "2024-05-06")
