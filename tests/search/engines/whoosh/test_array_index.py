"""Whatever Whoosh offers runs on an index of arrays, and says what it says of an index of its own."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from whoosh.formats import Positions
from whoosh.qparser import MultifieldParser
from whoosh.query import Every, Or, Phrase, Prefix, Query, Term
from whoosh.reading import IndexReader, TermNotFound
from whoosh.searching import Searcher
from whoosh.sorting import FieldFacet
from whoosh.util.numeric import byte_to_length, length_to_byte

from search.engine import Change
from search.engines.whoosh.array_index import ArrayIndex
from search.engines.whoosh.engine import WhooshEngine
from search.engines.whoosh.schema import SCHEMA
from search.errors import IndexUnreadable
from search.text.words import terms
from tests.search.engines.whoosh.building.contents import some_posts
from tests.search.engines.whoosh.oracle.archives import Archives, in_steps, keys


@pytest.fixture(scope="module")
def archives(tmp_path_factory: pytest.TempPathFactory) -> Archives:
    return Archives.publish(tmp_path_factory.mktemp("index"), in_steps(some_posts(90, seed=4)))


@pytest.fixture(scope="module")
def ours(archives: Archives) -> Searcher:
    return ArrayIndex.open(archives.folder).searcher()


@pytest.fixture(scope="module")
def stock(archives: Archives) -> Searcher:
    return archives.stock()


def readers(searcher: Searcher) -> list[IndexReader]:
    """The reader of the whole index, then those of its segments."""
    return [searcher.reader(), *(leaf for leaf, _ in searcher.reader().leaf_readers())]


@pytest.mark.parametrize("name", sorted(SCHEMA.names()))
def test_terms_are_the_same_and_known_as_well(ours: Searcher, stock: Searcher, name: str) -> None:
    for mine, theirs in zip(readers(ours)[1:], readers(stock)[1:], strict=True):
        assert list(mine.lexicon(name)) == list(theirs.lexicon(name))
        assert list(mine.field_terms(name)) == list(theirs.field_terms(name))
        for term in mine.lexicon(name):
            known, wanted = mine.term_info(name, term), theirs.term_info(name, term)
            assert known.weight() == wanted.weight()
            assert known.doc_frequency() == wanted.doc_frequency()
            assert (known.min_id(), known.max_id()) == (wanted.min_id(), wanted.max_id())
            assert mine.frequency(name, term) == theirs.frequency(name, term)


def test_all_terms_are_told_in_order(ours: Searcher, stock: Searcher) -> None:
    for mine, theirs in zip(readers(ours), readers(stock), strict=True):
        assert list(mine.all_terms()) == list(theirs.all_terms())
    mine, theirs = readers(ours)[1], readers(stock)[1]
    assert list(mine.terms_from("tag", b"rain")) == list(theirs.terms_from("tag", b"rain"))
    assert list(mine.iter_prefix("body", "ra")) != []


def test_a_cursor_goes_where_whooshs_own_does(ours: Searcher, stock: Searcher) -> None:
    mine: Any = readers(ours)[1].cursor("body")
    theirs: Any = readers(stock)[1].cursor("body")
    for place in ("", "b", "rain", "rainz", b"u", "zzzz"):
        assert mine.find(place) == theirs.find(place)
        assert mine.next() == theirs.next()
        assert mine.text() == theirs.text()
        assert mine.is_valid() == theirs.is_valid()
    assert mine.first() == theirs.first()
    assert mine.term_info().doc_frequency() == theirs.term_info().doc_frequency()
    none: Any = readers(ours)[1].cursor("unknown")
    assert not none.is_valid()


def test_lengths_are_those_that_whoosh_rounds_to_a_byte(ours: Searcher, stock: Searcher) -> None:
    for name in ("title", "body"):
        assert ours.reader().field_length(name) == stock.reader().field_length(name)
        for document in range(ours.doc_count_all()):
            rounded = byte_to_length(length_to_byte(ours.reader().doc_field_length(document, name)))
            assert rounded == (stock.reader().doc_field_length(document, name) or 0)
    assert ours.reader().doc_field_length(0, "tag", default=7) == 7


def test_deleted_documents_are_the_same(ours: Searcher, stock: Searcher) -> None:
    assert ours.doc_count() == stock.doc_count() < ours.doc_count_all() == stock.doc_count_all()
    assert list(ours.reader().all_doc_ids()) == list(stock.reader().all_doc_ids())
    assert keys(ours) == keys(stock)


@pytest.mark.parametrize("limit", [1, 3, 10, 40])
@pytest.mark.parametrize(
    "query",
    [
        Or([Term("body", "the"), Term("title", "rain", boost=2.0), Term("body", "gift")]),
        Phrase("body", ["the", "rain"], slop=2),
        Prefix("body_word", "ra"),
        Term("body", "rain"),
    ],
    ids=repr,
)
def test_the_best_are_the_first_of_all(ours: Searcher, query: Query, limit: int) -> None:
    best = [score for score, _ in ours.search(query, limit=limit).top_n]
    every = [score for score, _ in ours.search(query, limit=None).top_n]
    assert best == pytest.approx(every[:limit])


def test_hits_tell_the_post_and_its_title(ours: Searcher, archives: Archives) -> None:
    titles = {content.post.id: content.post.title for content in archives.contents}
    hits = list(ours.search(Every(), limit=None))
    assert {hit["kind"] for hit in hits} == {"post", "comment"}
    for hit in hits:
        assert hit.get("title", titles[hit["post"]]) == titles[hit["post"]]
        assert ("comment" in hit) == (hit["kind"] == "comment")
    assert [fields["post"] for fields in ours.documents(kind="post", post=hits[0]["post"])] == [
        hits[0]["post"]
    ]


def test_what_is_typed_into_whooshs_parser_is_found(ours: Searcher, stock: Searcher) -> None:
    parser = MultifieldParser(["title", "body"], SCHEMA)
    for text in ("rain", "rain AND gift", '"the rain"', "ra* NOT tag:rain", "first_day:[733000 TO]"):
        mine, theirs = (searcher.search(parser.parse(text), limit=None) for searcher in (ours, stock))
        assert mine.docs() == theirs.docs()


def test_results_are_sorted_grouped_and_filtered(ours: Searcher, stock: Searcher) -> None:
    said = Term("body", "rain")
    for searcher in (ours, stock):
        newest = searcher.search(said, limit=None, sortedby="first_day", reverse=True)
        assert newest.docs() == searcher.search(said, limit=None).docs()
    sorts = [
        [hit.docnum for hit in searcher.search(said, limit=None, sortedby=["first_day", "post"])]
        for searcher in (ours, stock)
    ]
    assert sorts[0] == sorts[1]
    groups = [
        searcher.search(said, limit=None, groupedby=FieldFacet("tag", allow_overlap=True)).groups("tag")
        for searcher in (ours, stock)
    ]
    assert {tag: sorted(documents) for tag, documents in groups[0].items()} == {
        tag: sorted(documents) for tag, documents in groups[1].items()
    }
    filtered = [
        searcher.search(said, limit=None, filter=Term("tag", "tag 1"), mask=Term("kind", "comment")).docs()
        for searcher in (ours, stock)
    ]
    assert filtered[0] == filtered[1] != set()


def test_matched_terms_and_pages_are_told(ours: Searcher) -> None:
    page = ours.search_page(Or([Term("body", "rain"), Term("body", "gift")]), 2, pagelen=5, terms=True)
    assert [hit.rank for hit in page] == [5, 6, 7, 8, 9]
    assert {term for hit in page for term in hit.matched_terms()} <= {("body", b"rain"), ("body", b"gift")}
    assert page.results.has_matched_terms()


def test_words_are_corrected(ours: Searcher, stock: Searcher) -> None:
    for word in ("rian", "gft", "ranining", "zzzzzz"):
        assert ours.suggest("body_word", word) == stock.suggest("body_word", word)
    assert set(ours.reader().terms_within("body_word", "rain", 2)) == set(
        stock.reader().terms_within("body_word", "rain", 2)
    )


def test_posts_have_key_terms_and_are_like_others(ours: Searcher, archives: Archives) -> None:
    document = next(d for d in ours.reader().all_doc_ids() if ours.reader().has_vector(d, "body"))
    vector: dict[Any, Any] = dict(ours.reader().vector_as("weight", document, "body"))
    for term, times in vector.items():
        matching = ours.reader().postings("body", term)
        matching.skip_to(document)
        assert (matching.id(), matching.weight()) == (document, times)
    assert dict(ours.reader().vector_as("frequency", document, "body")) == vector
    telling = [term for term, _ in ours.key_terms([document], "body")]
    assert set(telling) <= set(vector)
    like = ours.more_like(document, "body", top=5)
    assert like.scored_length() == 5
    assert document not in like.docs()


def test_titles_have_vectors_of_all_their_stems(ours: Searcher, archives: Archives) -> None:
    posts = {content.post.id: content.post for content in archives.contents}
    for document in ours.reader().all_doc_ids():
        fields = ours.reader().stored_fields(document)
        title, language = fields.get("title", ""), posts[fields["post"]].language
        stems = Counter(stem.encode() for stem in terms(title, language))
        assert ours.reader().has_vector(document, "title") == bool(stems)
        if stems:
            assert dict(ours.reader().vector_as("weight", document, "title")) == stems
    with pytest.raises(KeyError):
        ours.reader().vector(0, "tag")


def test_a_reader_can_be_copied_into_an_index_of_whooshs_own(ours: Searcher) -> None:
    postings = list(readers(ours)[1].iter_postings())
    assert tuple(sorted({name for name, *_, value in postings if value}, reverse=True)) == ("title", "body")
    decode = Positions().decoder("positions")
    matching = readers(ours)[1].postings("body", "rain")
    assert decode(matching.value()) == matching.value_as("positions")


def test_terms_that_are_not_there_are_said_not_to_be(ours: Searcher) -> None:
    for reader in readers(ours):
        assert ("body", b"snow") not in reader
        assert reader.frequency("body", "snow") == reader.doc_frequency("body", "snow") == 0
        with pytest.raises(TermNotFound):
            reader.postings("body", "snow")
        with pytest.raises(TermNotFound):
            reader.term_info("body", "snow")


def test_a_new_generation_is_read_by_the_next_searcher(tmp_path: Path) -> None:
    folder = tmp_path / "index"
    index = ArrayIndex.open(folder)
    assert (index.is_empty(), index.latest_generation()) == (True, -1)
    assert index.searcher().search(Every()).is_empty()
    posts = [Change(content.post.id, content) for content in some_posts(6, comments=0)]
    with WhooshEngine(folder, jobs=1) as engine:
        engine.publish(posts[:4], rebuild=True)
        searcher = index.searcher()
        assert searcher.doc_count() == 4
        engine.publish(posts[4:], rebuild=False)
    assert not searcher.up_to_date()
    assert searcher.doc_count() == 4
    refreshed = searcher.refresh()
    assert refreshed.doc_count() == index.doc_count() == 6
    assert refreshed.up_to_date()
    assert refreshed.refresh() is refreshed


def test_an_index_that_cannot_be_read_is_not_opened(tmp_path: Path) -> None:
    (tmp_path / "CURRENT").write_text("000001\n")
    with pytest.raises(IndexUnreadable):
        ArrayIndex.open(tmp_path)


def test_the_example_of_the_documentation_works(
    archives: Archives, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    written = (Path(__file__).parents[4] / "docs" / "architecture.md").read_text(encoding="utf-8")
    [example] = re.findall(r"```python\n(.*?ArrayIndex.*?)```", written, re.DOTALL)
    (archives.folder.parent / "data").mkdir()
    (archives.folder.parent / "data" / "index").symlink_to(archives.folder)
    monkeypatch.chdir(archives.folder.parent)
    exec(compile(example, "architecture.md", "exec"), {})  # noqa: S102 (our own words)
    shown = capsys.readouterr().out.splitlines()
    assert len(shown) == 5
    scores = [float(line.split()[0]) for line in shown]
    assert scores == sorted(scores, reverse=True)
