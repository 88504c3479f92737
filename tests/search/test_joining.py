"""Sources that come, change and go in any order leave the same archive, and their counts add up."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import NoReturn

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.history import ChangeCounts, ImportRecord, SourceRecord
from search.model import Blog, Comment, Origin, Period, Post, PostWithComments, Standing
from search.publication import Publication
from search.sameness.identity import CommentIdentity, Held, Identity, IdKind, Strength, key
from search.sameness.origins import OTHERWISE
from search.store import Store, joining

_STANDINGS = {"export": Standing.EXPORT, "feed": Standing.FEED, "page": Standing.PAGE}
_KEYS = [key(Strength.LINK, name) for name in "abc"] + [key(Strength.TITLE, name) for name in "de"]
ELSEWHERE = "Found by its address"
"""The words of a comment that does not name its post, but where that is."""

_NOTED = ImportRecord(datetime(2026, 1, 1, tzinfo=UTC), {})


@dataclass(frozen=True, slots=True)
class Said:
    """What one source says of a post, and the words of a comment on it, if any."""

    number: int
    own: int
    keys: tuple[int, ...]
    text: str
    reply: str


Source = tuple[str, tuple[Said, ...]]
"""The name of a source, which is its format as well, and what it says."""

_said = st.builds(
    Said,
    st.integers(0, 4),
    st.integers(0, 3),
    st.lists(st.sampled_from(_KEYS), max_size=2, unique=True).map(tuple),
    st.sampled_from(["Boats", "Ships"]),
    st.sampled_from(["", "", "Lovely", "Less lovely", ELSEWHERE]),
)
_sources = st.fixed_dictionaries(
    {name: st.lists(_said, max_size=4, unique_by=lambda said: said.number).map(tuple) for name in _STANDINGS}
)


@contextmanager
def a_store() -> Iterator[Store]:
    with tempfile.TemporaryDirectory() as folder:
        store = Store.open(Path(folder) / "store.db", create=True)
        yield store
        store.close()


def bring_in(store: Store, name: str, sayings: Sequence[Said]) -> ChangeCounts:
    held = Held(name, _STANDINGS[name])
    with store.transaction() as transaction:
        staging = transaction.stage(SourceRecord(f"/{name}"))
        for said in sayings:
            post_id = f"{name:.<8}{said.own or 'n'}{said.number:03}"
            origin = Origin(OTHERWISE, name, f"item {said.number}", 1.0)
            post = Post(post_id, Blog("Tides"), said.text, text=said.text, tags=(name,), origins=(origin,))
            kind = IdKind.OWN if said.own else IdKind.WEAK
            staging.put_post(post, held, Identity(kind, int(bool(said.own)), said.own, 7, 0, 0, said.keys))
            if said.reply:
                by_address = said.reply == ELSEWHERE
                comment = Comment(
                    f"{name:.<7}c{post_id[-4:]}",
                    "" if by_address else post_id,
                    author="Ivo",
                    date=Period.of(2019, 3, 1),
                    text=said.reply,
                )
                addresses = said.keys[:1] if by_address else ()
                staging.put_comment(comment, held, CommentIdentity(addresses, words=len(said.reply)))
        counts = staging.apply(keep_missing=False)
        transaction.commit(_NOTED)
    return counts


def everything(store: Store) -> dict[str, PostWithComments]:
    return {change.post_id: change.content for change in store.all_changes() if change.content}


@settings(max_examples=8, deadline=None)
@given(_sources, st.permutations(list(_STANDINGS)))
def test_the_order_of_imports_makes_no_difference(
    sources: dict[str, Sequence[Said]], order: list[str]
) -> None:
    with a_store() as one, a_store() as other:
        for name in _STANDINGS:
            bring_in(one, name, sources[name])
        for name in order:
            bring_in(other, name, sources[name])
        assert everything(one) == everything(other)


@settings(max_examples=8, deadline=None)
@given(_sources, _sources, st.permutations(list(_STANDINGS)))
def test_what_a_source_said_before_leaves_no_trace(
    before: dict[str, Sequence[Said]], now: dict[str, Sequence[Said]], order: list[str]
) -> None:
    with a_store() as changed, a_store() as fresh:
        for name in order:
            bring_in(changed, name, before[name])
        for name in order:
            bring_in(changed, name, now[name])
        for name in _STANDINGS:
            bring_in(fresh, name, now[name])
        assert everything(changed) == everything(fresh)


@settings(max_examples=8, deadline=None)
@given(st.lists(_sources, min_size=1, max_size=3))
def test_the_counts_of_every_import_add_up(states: list[dict[str, Sequence[Said]]]) -> None:
    with a_store() as store:
        held = 0
        for sources in states:
            for name, sayings in sources.items():
                counts = bring_in(store, name, sayings)
                held += counts.added - counts.removed
                assert min(counts.added, counts.updated, counts.unchanged, counts.removed) >= 0
                now = store.counts()
                assert held == now.posts + now.comments
                with store.transaction() as transaction:
                    transaction.commit(publication=Publication("000001"))
                again = bring_in(store, name, sayings)
                assert (again.added, again.updated, again.removed) == (0, 0, 0)
                assert store.counts().unpublished == 0


def test_what_nobody_says_any_more_is_gone_and_its_neighbour_is_as_before() -> None:
    alone = Said(1, 1, (_KEYS[0],), "Boats", "Lovely")
    with a_store() as store:
        bring_in(store, "export", [alone])
        before = everything(store)
        bring_in(store, "page", [replace(alone, text="Ships")])
        assert len(everything(store)) == 1
        assert everything(store) != before
        bring_in(store, "page", [])
        assert everything(store) == before


def test_no_post_of_a_source_is_compared_with_others_that_it_names_otherwise(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def compared(_: object, seeds: Sequence[int]) -> NoReturn:
        raise AssertionError(seeds)

    monkeypatch.setattr(joining, "reached", compared)
    with a_store() as store:
        same = [Said(number, number, (_KEYS[0],), "Boats", "") for number in range(1, 5)]
        assert bring_in(store, "export", same).added == 4
