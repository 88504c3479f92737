from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from rich.text import Text

from search.message import message
from search.model import Blog, Comment, Period, Post
from search.query.parser import parse
from search.request import Filters, MatchMode, SearchRequest, ValueFilter
from search.results import (
    CommentHit,
    Correction,
    Facet,
    FacetValue,
    Fragment,
    Hit,
    SearchPage,
    Snippet,
)
from web.presenters.terminal import MATCHED, lines

POST = Post(
    id="aaaaaaaaaaaa",
    blog=Blog("Rain Gauge"),
    title="Hail over the valley",
    authors=("Mara Lind", "Ivo Brandt"),
    tags=("hail", "summer"),
    date=Period.parse("2019-03-01"),
    link="https://rain.example/1",
    publication="The Valley Post",
    reporters=("Ana Pires",),
)
SNIPPET = Snippet(
    "body",
    (Fragment("Stones of "), Fragment("hail", matched=True), Fragment(" fell")),
    before=True,
    after=True,
)
HIT = Hit(POST, 2.5, (Fragment("Hail", matched=True), Fragment(" over the valley")), snippets=(SNIPPET,))
COMMENT = Comment("c", POST.id, author="Ivo", date=Period.parse("2019-03-02"))


def page(*hits: Hit, text: str = "hail", total: int | None = None, **fields: object) -> SearchPage:
    found = SearchPage(
        request=SearchRequest(parse(text)),
        match=MatchMode.ALL,
        total=len(hits) if total is None else total,
        hits=hits,
        facets={},
        generation="000001",
        took_ms=1.94,
    )
    return replace(found, **fields)  # type: ignore[arg-type] # each test names fields of its own


def shown(found: SearchPage) -> str:
    return "\n".join(" " * line.indent + line.text.plain for line in lines(found, "blogsearch search"))


def marked(text: Text) -> list[str]:
    return [text.plain[span.start : span.end] for span in text.spans if span.style == MATCHED]


def test_the_heading_says_how_many_posts_there_are_for_what() -> None:
    assert shown(page(HIT)).splitlines()[0] == "1 post  hail  (1.9 ms)"


def test_a_page_of_many_says_which_it_shows() -> None:
    request = SearchRequest(parse("hail"), page=3, size=2)
    assert shown(page(HIT, HIT, total=1204, request=request)).startswith("1,204 posts, 5 to 6  hail")


def test_a_result_shows_who_wrote_it_when_and_where_and_what_it_says() -> None:
    assert shown(page(HIT)).splitlines()[2:] == [
        "  1. Hail over the valley",
        "     1 March 2019 · Mara Lind, Ivo Brandt · Rain Gauge · quoting Ana Pires in The Valley Post"
        " · hail, summer",
        "     …Stones of hail fell…",
        "     https://rain.example/1",
    ]


def test_results_are_numbered_on_from_the_page_before() -> None:
    request = SearchRequest(parse("hail"), page=2, size=10)
    assert " 11. Hail over the valley" in shown(page(HIT, total=11, request=request))


def test_matched_words_are_marked_in_titles_and_snippets() -> None:
    words = [word for line in lines(page(HIT), "") for word in marked(line.text)]
    assert words == ["Hail", "hail"]


def test_a_post_without_a_title_shows_its_first_words() -> None:
    untitled = replace(HIT, post=replace(POST, title="", text="Thunder all night"), title=())
    assert "  1. Thunder all night" in shown(page(untitled))


def test_matching_comments_are_shown_under_their_post() -> None:
    hit = replace(HIT, comments=(CommentHit(COMMENT, (SNIPPET,)),), comments_matched=3, comments_total=9)
    text = shown(page(hit))
    assert "     > Ivo, 2 March 2019: …Stones of hail fell…\n     > 2 more comments matched" in text
    assert "9 comments" in text


def test_at_most_two_snippets_of_a_post_are_shown() -> None:
    hit = replace(HIT, snippets=(SNIPPET,) * 3)
    assert shown(page(hit)).count("Stones of hail") == 2


def test_facets_that_tell_results_apart_have_a_line_each() -> None:
    facets: Mapping[str, Facet] = {
        "tag": Facet("tag", tuple(FacetValue(str(n), f"tag {n}", 9 - n) for n in range(6)), distinct=40),
        "blog": Facet("blog", (FacetValue("Rain Gauge", "Rain Gauge", 9),), distinct=1),
    }
    text = shown(page(HIT, facets=facets))
    assert text.endswith("\n\nTag: tag 0 (9), tag 1 (8), tag 2 (7), tag 3 (6), tag 4 (5), …")


def test_warnings_and_a_better_spelling_are_told_first() -> None:
    text = shown(
        page(text="hial", warnings=(message("a quote was not closed"),), correction=Correction("hail", 9))
    )
    assert text.splitlines()[1:] == ["! a quote was not closed", "Did you mean: hail (9 posts)"]


def test_the_hint_to_the_next_page_is_a_command_that_can_be_pasted() -> None:
    request = SearchRequest(
        parse('"black ice" $HOME'), Filters((ValueFilter("tag", ("old times", "war")),)), page=2, size=1
    )
    assert shown(page(HIT, total=5, request=request)).endswith(
        "Next page: blogsearch search '--tag=old times' --tag=war --page=3 --size=1 '\"black ice\" $HOME'"
    )


def test_a_query_that_begins_with_a_minus_is_no_option_in_the_hint() -> None:
    assert shown(page(HIT, text="-snow", total=20)).endswith("--page=2 -- -snow")


def test_nothing_in_a_post_acts_on_the_terminal() -> None:
    evil = "\x1b]0;owned\x07\x1b[2J\u202egnp\x9b31m\r\n"
    post = replace(POST, title=evil, authors=(evil,), tags=(evil,), link=evil, blog=Blog(evil))
    fragments = (Fragment(evil), Fragment(evil, matched=True))
    comment = CommentHit(replace(COMMENT, author=evil), (Snippet("body", fragments),))
    hit = Hit(post, 1.0, fragments, (Snippet("body", fragments),), (comment,), 1, 1)
    facet = Facet("tag", (FacetValue(evil, evil, 1), FacetValue("b", "b", 1)), 2)
    text = shown(
        page(hit, text=evil, total=20, warnings=(message("%(typed)s", typed=evil),), facets={"tag": facet})
    )
    assert not set(text) & set("\x1b\x07\x9b\r\u202e")
