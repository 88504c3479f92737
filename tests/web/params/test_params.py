"""Query strings and requests are the same thing said twice."""

from __future__ import annotations

from urllib.parse import parse_qs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.errors import InvalidRequest
from search.model import Period
from search.query.lexer import readable
from search.query.parser import parse
from search.request import FACETS, KEYWORD_FACETS, Filters, MatchMode, Scope, SearchRequest, Sort, ValueFilter
from web import params

texts = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20).map(str.strip).filter(bool)
periods = st.one_of(
    st.integers(1000, 9998).map(Period.of),
    st.builds(Period.of, st.integers(1000, 9998), st.integers(1, 12)),
    st.builds(Period.of, st.integers(1000, 9998), st.integers(1, 12), st.integers(1, 28)),
)


@st.composite
def filters(draw: st.DrawFn) -> Filters:
    """Filters as a query string can say them: one of a kind, each with its values in order."""
    kinds = [(facet, excluded) for facet in KEYWORD_FACETS for excluded in (False, True)]
    chosen = draw(st.sets(st.sampled_from(kinds), max_size=3))
    return Filters(
        values=tuple(
            ValueFilter(facet, tuple(sorted(draw(st.sets(texts, min_size=1, max_size=3)))), excluded)
            for facet, excluded in kinds
            if (facet, excluded) in chosen
        ),
        dates=tuple(sorted(draw(st.sets(periods, max_size=3)), key=str)),
        after=draw(st.none() | periods),
        before=draw(st.none() | periods),
    )


requests = st.builds(
    SearchRequest,
    query=texts.map(readable).map(str.strip).map(parse) | st.just(parse("")),
    filters=filters(),
    scope=st.sampled_from(Scope),
    match=st.sampled_from(MatchMode),
    sort=st.sampled_from(Sort),
    page=st.integers(1, 100),
    size=st.integers(1, 100),
    facets=st.sets(st.sampled_from(FACETS)).map(lambda names: tuple(f for f in FACETS if f in names)),
)


def read(query: str, *, strict: bool = True) -> SearchRequest:
    return params.read(parse_qs(query, keep_blank_values=True), strict=strict)


@given(requests)
def test_what_is_written_is_read_as_the_same_request(request: SearchRequest) -> None:
    assert read(params.write(request)) == request


def test_a_request_of_defaults_is_an_empty_query_string() -> None:
    assert params.write(SearchRequest()) == ""
    assert read("") == SearchRequest()


def test_the_order_of_parameters_and_values_does_not_matter_to_the_link() -> None:
    one, other = read("tag=b&page=2&q=x&tag=a"), read("q=x&tag=a&tag=b&page=2")
    assert params.write(one) == params.write(other) == "q=x&tag=a&tag=b&page=2"


def test_a_name_with_a_minus_excludes() -> None:
    assert read("-tag=war&tag=sea").filters.values == (
        ValueFilter("tag", ("sea",)),
        ValueFilter("tag", ("war",), excluded=True),
    )


def test_empty_fields_of_a_form_count_as_not_given() -> None:
    assert read("q=+&after=&before=&sort=&page=&tag=") == SearchRequest()


def test_no_facets_and_some_facets_can_be_asked_for() -> None:
    assert read("facets=none").facets == ()
    assert read("facets=date,tag").facets == read("facets=tag&facets=date").facets == ("tag", "date")


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("page=-1", "page"),
        ("page=0", "page"),
        ("page=1000000000", "page"),
        ("page=99999999999999999999", "page"),
        ("page=1001", "page"),
        ("page=٣", "page"),
        ("size=1e3", "size"),
        ("size=0", "size"),
        ("size=101", "size"),
        ("sort=best", "sort"),
        ("match=some", "match"),
        ("in=titles", "in"),
        ("date=yesterday", "date"),
        ("date=2024-13", "date"),
        ("after=0000", "after"),
        ("before=2024-02-30", "before"),
        ("facets=colour", "facets"),
        ("q=" + "a" * 1001, "q"),
        ("q=" + "a+" * 65, "q"),
        ("&".join(f"tag={n}" for n in range(101)), "tag"),
    ],
)
@pytest.mark.parametrize("strict", [True, False])
def test_a_value_beyond_a_limit_is_told_to_everyone(query: str, parameter: str, strict: bool) -> None:
    with pytest.raises(InvalidRequest) as caught:
        read(query, strict=strict)
    assert caught.value.parameter == parameter


def test_an_unknown_parameter_is_told_to_programs_and_ignored_on_a_page() -> None:
    assert read("q=x&utm_source=y", strict=False) == read("q=x")
    with pytest.raises(InvalidRequest, match="utm_source: unknown parameter"):
        read("q=x&utm_source=y")


def test_a_parameter_given_twice_is_told_to_programs_and_the_first_counts_on_a_page() -> None:
    assert read("page=2&page=3", strict=False).page == 2
    with pytest.raises(InvalidRequest, match="page: given more than once"):
        read("page=2&page=3")


def test_the_deepest_page_can_be_asked_for() -> None:
    assert read("page=1000").offset == 9990


def test_a_search_that_cannot_be_read_is_no_way_back() -> None:
    assert params.read_or_default({"page": ["-1"], "q": ["x"]}) == SearchRequest()
    assert params.read_or_default({"q": ["x"]}).query.text == "x"


def test_a_feed_is_newest_first_unless_it_says_otherwise() -> None:
    assert params.read_feed({}).sort is Sort.NEWEST
    assert params.read_feed({"sort": ["relevance"]}).sort is Sort.RELEVANCE


def test_the_size_of_a_facet_is_its_number_of_values() -> None:
    request = params.read_facet({"size": ["1000"], "prefix": [" wa "]}, "tag", strict=True)
    assert (request.facets, request.facet_size, request.facet_prefix) == (("tag",), 1000, "wa")
    with pytest.raises(InvalidRequest, match="size"):
        params.read_facet({"size": ["1001"]}, "tag", strict=True)


@pytest.mark.parametrize("parameters", [{"size": ["0"]}, {"size": ["51"]}, {"q": ["x" * 101]}, {"p": ["x"]}])
def test_completions_have_limits(parameters: params.Parameters) -> None:
    with pytest.raises(InvalidRequest):
        params.read_suggest(parameters)
