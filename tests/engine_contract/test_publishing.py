"""How an engine makes a generation the published one: by consent, to and fro, and after a crash."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from search.engine import Candidate, Change, Engine
from search.errors import GenerationGone
from search.query.parser import parse
from search.request import SearchRequest
from tests.engine_contract.archive import posts
from tests.engine_contract.engines import ENGINES, Factory, changes

ALL = SearchRequest()


class RefusedError(Exception):
    """What somebody says who does not agree."""


def refuse(_: Candidate) -> None:
    raise RefusedError


@pytest.fixture(params=list(ENGINES))
def factory(request: pytest.FixtureRequest) -> Factory:
    return ENGINES[request.param]


@pytest.fixture
def engine(factory: Factory, tmp_path: Path) -> Iterator[Engine]:
    """Generations of all posts but one, of all, and of all but two others."""
    with factory(tmp_path) as opened:
        opened.publish(changes(posts()[1:]), rebuild=True)
        opened.publish(changes(posts()[:1]), rebuild=False)
        opened.publish([Change(content.post.id, None) for content in posts()[1:3]], rebuild=False)
        yield opened


def totals(engine: Engine) -> tuple[str, int]:
    matches = engine.search(ALL)
    assert matches.generation == engine.generation
    return matches.generation, matches.total


def test_what_is_to_be_published_can_be_looked_at_before(engine: Engine) -> None:
    seen = []

    def look(candidate: Candidate) -> None:
        found = candidate.search(SearchRequest(parse("garden")))
        seen.append((candidate.generation, found.generation, candidate.search(ALL).total))
        assert totals(engine) == ("000003", len(posts()) - 2), "nobody is answered from it yet"

    generation = engine.publish(changes(posts()), rebuild=False, confirm=look)
    assert seen == [(generation, generation.name, len(posts()))]
    assert totals(engine) == ("000004", len(posts()))


@pytest.mark.parametrize("rebuild", [False, True])
def test_what_is_refused_leaves_no_trace(engine: Engine, *, rebuild: bool) -> None:
    kept, before = engine.kept, totals(engine)
    with pytest.raises(RefusedError):
        engine.publish(changes(posts()), rebuild=rebuild, confirm=refuse)
    assert (engine.kept, totals(engine)) == (kept, before)
    assert engine.publish([], rebuild=False).posts == before[1]


def test_a_first_generation_that_is_refused_is_none(factory: Factory, tmp_path: Path) -> None:
    with factory(tmp_path) as empty:
        with pytest.raises(RefusedError):
            empty.publish(changes(posts()), rebuild=True, confirm=refuse)
        assert (empty.generation, empty.kept, empty.search(ALL).total) == ("", (), 0)


def test_one_can_go_back_and_forward_again(engine: Engine) -> None:
    every = len(posts())
    assert engine.kept == ("000003", "000002", "000001")
    for name, total in (
        ("000002", every),
        ("000001", every - 1),
        ("000003", every - 2),
        ("000003", every - 2),
    ):
        assert engine.go_to(name).posts == total
        assert totals(engine) == (name, total)
    assert engine.kept == ("000003", "000002", "000001")


def test_what_is_gone_to_can_be_refused(engine: Engine) -> None:
    seen = []

    def look_and_refuse(candidate: Candidate) -> None:
        seen.append(candidate.search(ALL).total)
        raise RefusedError

    with pytest.raises(RefusedError):
        engine.go_to("000002", look_and_refuse)
    assert seen == [len(posts())]
    assert engine.generation == "000003"


@pytest.mark.parametrize("name", ["000009", "0000003", "", "../000003", "nonsense"])
def test_nobody_goes_to_what_is_not_there(engine: Engine, name: str) -> None:
    with pytest.raises(GenerationGone):
        engine.go_to(name)
    assert engine.generation == "000003"


def test_the_next_generation_after_going_back_has_a_new_name(engine: Engine) -> None:
    engine.go_to("000001")
    assert engine.publish(changes(posts()), rebuild=True).name == "000004"
    assert engine.kept == ("000004", "000003", "000001"), "the one before, and the newest"


def test_what_was_complete_when_its_writer_died_is_published_by_the_next(
    factory: Factory, tmp_path: Path, engine: Engine
) -> None:
    engine.go_to("000002")  # as if the archive had named the third one, and its writer had died then
    with factory(tmp_path) as reader:
        assert reader.generation == "000002"
        assert reader.follow(lambda: "000003")
        assert totals(reader) == ("000003", len(posts()) - 2), "readers need not wait for the next writer"
        assert reader.follow(lambda: "000003")
    with factory(tmp_path) as writer:
        writer.settle("000003", "000003")
        assert writer.generation == "000003"


def test_what_the_archive_never_named_is_cleared_away_by_the_next_writer(engine: Engine) -> None:
    engine.go_to("000002")
    engine.settle("000002", "000002")
    assert engine.kept == ("000002", "000001")
    assert totals(engine) == ("000002", len(posts()))


def test_what_was_gone_back_from_is_not_cleared_away(engine: Engine) -> None:
    engine.go_to("000001")
    engine.settle("000001", "000003")
    assert engine.kept == ("000003", "000002", "000001")
    assert engine.generation == "000001"


def test_an_archive_that_is_older_than_its_index_loses_no_generation(engine: Engine) -> None:
    engine.settle("000000", "000000")
    assert engine.kept == ("000003", "000002", "000001")
    assert engine.generation == "000003"


def test_one_stays_where_the_archive_names_what_is_not_there(engine: Engine) -> None:
    assert not engine.follow(lambda: "000007")
    assert not engine.follow(lambda: "000007")
    assert not engine.follow(lambda: "")
    assert totals(engine) == ("000003", len(posts()) - 2)
    assert [each.name for each in engine.broken] == ["000007"]


def test_whoever_followed_takes_up_what_is_published_next(
    factory: Factory, tmp_path: Path, engine: Engine
) -> None:
    with factory(tmp_path) as reader:
        assert reader.follow(lambda: "000002")
        engine.publish(changes(posts()), rebuild=False)
        assert totals(reader) == ("000004", len(posts()))
        assert reader.broken == ()


def test_nobody_goes_back_because_another_went_on_meanwhile(
    factory: Factory, tmp_path: Path, engine: Engine
) -> None:
    with factory(tmp_path) as reader:
        other = threading.Thread(target=reader.follow, args=(lambda: "000003",))

        def named_before_the_other_went_on() -> str:
            other.start()
            other.join(0.2)  # it has to wait for us, or has gone on
            return "000002"

        reader.follow(named_before_the_other_went_on)
        other.join()
        assert totals(reader) == ("000003", len(posts()) - 2)


def test_before_anything_is_published_there_is_nothing_to_settle_or_follow(
    factory: Factory, tmp_path: Path
) -> None:
    with factory(tmp_path) as empty:
        empty.settle("", "")
        assert empty.follow(lambda: "")
        assert (empty.kept, empty.broken, empty.generation) == ((), (), "")
