"""What an engine answers besides searches: similar posts, completions, and before there is an index."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from search.engine import Change, Engine
from search.errors import GenerationGone
from search.query.parser import parse
from search.request import SearchRequest
from tests.engine_contract.archive import posts
from tests.engine_contract.engines import ENGINES, changes


@pytest.fixture(params=list(ENGINES))
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    with ENGINES[request.param](tmp_path) as opened:
        yield opened


@pytest.fixture
def engine(empty: Engine) -> Engine:
    empty.publish(changes(posts()), rebuild=True)
    return empty


def found(engine: Engine, text: str) -> list[str]:
    return [match.post_id for match in engine.search(SearchRequest(parse(text))).matches]


def test_before_the_first_publication_nothing_is_found(empty: Engine) -> None:
    matches = empty.search(SearchRequest(parse("garden")))
    assert (matches.total, matches.matches, matches.generation) == (0, (), "")
    assert set(matches.facets) == set(SearchRequest().facets)
    assert empty.similar("garden", 5) == []
    assert empty.suggest("gar", 5) == []


def test_an_empty_index_can_be_published_and_searched(empty: Engine) -> None:
    generation = empty.publish([], rebuild=True)
    assert (generation.posts, generation.comments) == (0, 0)
    for text in ("", "garden", "-garden", "gar*", "gardne~", '"a phrase"', "date:2020", "in:comments"):
        assert found(empty, text) == []


def test_a_generation_tells_what_it_holds(engine: Engine) -> None:
    generation = engine.publish([], rebuild=False)
    assert generation.posts == len(posts())
    assert generation.comments == sum(len(content.comments) for content in posts())
    assert engine.search(SearchRequest()).generation == generation.name


def test_similar_posts_share_their_rare_words(engine: Engine) -> None:
    assert engine.similar("tokyo", 1)[0].post_id == "kyoto"
    assert engine.similar("tanks", 1)[0].post_id == "coast", "both quote David Axe in Forbes"


def test_a_post_is_not_similar_to_itself(engine: Engine) -> None:
    for content in posts():
        assert content.post.id not in [match.post_id for match in engine.similar(content.post.id, 30)]


def test_nothing_is_similar_to_a_post_that_is_not_there(engine: Engine) -> None:
    assert engine.similar("nobody", 5) == []
    assert engine.similar("empty", 5) == []


def test_completions_are_tags_authors_and_titles_with_such_a_word(engine: Engine) -> None:
    completions = [(each.text, each.kind, each.post_id) for each in engine.suggest("low", 10)]
    assert completions == [("Jonathan Low", "author", ""), ("Ada Low", "author", "")]
    assert [each.text for each in engine.suggest("CAFÉ", 2)] == ["Café", "Où boire un café"]
    assert engine.suggest("machine l", 10)[-1].post_id == "bees"


def test_completions_are_words_of_texts_where_there_is_room(engine: Engine) -> None:
    [*others, word] = engine.suggest("CAFÉ", 10)
    assert (word.text, word.kind) == ("cafes", "word")
    assert "word" not in {each.kind for each in others}


def test_completions_begin_at_the_beginning_of_a_word(engine: Engine) -> None:
    assert engine.suggest("afe", 10) == []
    assert engine.suggest("", 10) == []
    assert engine.suggest("(", 10) == []


def test_completions_leave_room_for_titles(engine: Engine) -> None:
    kinds = [each.kind for each in engine.suggest("c", 2)]
    assert kinds == ["tag", "title"]


def test_a_changed_post_replaces_itself_and_its_comments(engine: Engine) -> None:
    [kursk] = [content for content in posts() if content.post.id == "kursk"]
    changed = replace(kursk, post=replace(kursk.post, text="Quiet now."), comments=kursk.comments[:1])
    engine.publish([Change("kursk", changed)], rebuild=False)
    assert found(engine, "quiet now") == ["kursk"]
    assert found(engine, "supply") == []
    assert found(engine, "waste") == []
    assert found(engine, "clever") == ["kursk"]


def test_a_post_taken_out_is_gone_with_its_comments(engine: Engine) -> None:
    generation = engine.publish([Change("kursk", None)], rebuild=False)
    assert generation.posts == len(posts()) - 1
    assert found(engine, "clever") == []
    assert found(engine, "supply") == []


def test_taking_out_what_is_not_there_changes_nothing(engine: Engine) -> None:
    assert engine.publish([Change("nobody", None)], rebuild=False).posts == len(posts())


def test_of_two_changes_of_one_post_the_last_one_counts(engine: Engine) -> None:
    [kursk] = [content for content in posts() if content.post.id == "kursk"]
    texts = [replace(kursk, post=replace(kursk.post, text=text)) for text in ("uno", "dos", "tres")]
    engine.publish([Change("kursk", content) for content in texts], rebuild=False)
    assert [found(engine, text) for text in ("uno", "dos", "tres")] == [[], [], ["kursk"]]
    assert engine.search(SearchRequest()).total == len(posts())
    engine.publish([Change("kursk", texts[0]), Change("kursk", None)], rebuild=False)
    assert found(engine, "uno") == []


def test_a_search_is_answered_from_the_generation_it_names(engine: Engine) -> None:
    before = engine.generation
    pinned = SearchRequest(parse("garden"), generation=before)
    answered = engine.search(pinned)
    [kursk] = [content for content in posts() if content.post.id == "kursk"]
    garden = replace(kursk, post=replace(kursk.post, text="A garden."))
    engine.publish([Change("kursk", garden), Change("garden", None)], rebuild=False)
    assert engine.search(pinned) == answered
    assert engine.stretch(pinned, range(100)).generation == before
    assert engine.search(replace(pinned, generation="")).generation > before
    assert engine.search(replace(pinned, generation="")).matches != answered.matches


def test_a_search_names_the_generation_that_is_published(engine: Engine) -> None:
    pinned = SearchRequest(parse("garden"), generation=engine.generation)
    assert engine.search(pinned) == engine.search(replace(pinned, generation=""))


def test_a_generation_that_is_not_kept_any_more_is_gone(engine: Engine) -> None:
    first = engine.generation
    for number in range(5):
        engine.publish([Change("kursk", None), *changes(posts()[number : number + 1])], rebuild=False)
    for name in (first, f"{int(engine.generation) + 1:06}", f"0{engine.generation}"):
        with pytest.raises(GenerationGone, match=name):
            engine.search(SearchRequest(generation=name))
        with pytest.raises(GenerationGone, match=name):
            engine.stretch(SearchRequest(generation=name), range(5))


def test_before_the_first_publication_every_generation_is_gone(empty: Engine) -> None:
    with pytest.raises(GenerationGone, match="000001"):
        empty.search(SearchRequest(generation="000001"))


def test_a_stretch_of_results_is_what_pages_show(engine: Engine) -> None:
    for text in ("garden", "", "war OR drones", "nothingofthekind"):
        pages = [engine.search(SearchRequest(parse(text), size=2, page=page)) for page in range(1, 20)]
        shown = [match for page in pages for match in page.matches]
        stretch = engine.stretch(SearchRequest(parse(text), size=2, page=3), range(1, 30))
        assert list(stretch.matches) == shown[1:30]
        assert (stretch.total, dict(stretch.facets)) == (pages[0].total, {})


def test_a_rebuild_knows_nothing_of_before(engine: Engine) -> None:
    assert engine.publish(changes(posts()[:2]), rebuild=True).posts == 2
    assert engine.search(SearchRequest()).total == 2


def test_publishing_the_same_again_finds_the_same(engine: Engine) -> None:
    texts = ("", "garden", "drones in:comments", "caf*", '"cheap drones"')
    before = [set(found(engine, text)) for text in texts]
    engine.publish(changes(posts()), rebuild=False)
    assert [set(found(engine, text)) for text in texts] == before


def test_a_pattern_of_too_many_words_is_partial(empty: Engine) -> None:
    [content] = [content for content in posts() if content.post.id == "plain"]
    many = replace(content, post=replace(content.post, text=" ".join(f"word{n}" for n in range(1_001))))
    empty.publish([Change("plain", many)], rebuild=True)
    assert empty.search(SearchRequest(parse("word*"))).partial
    assert empty.search(SearchRequest(parse("word*"))).total == 1
    assert not empty.search(SearchRequest(parse("word1*"))).partial
