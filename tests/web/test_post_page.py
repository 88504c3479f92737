"""A post's page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from selectolax.lexbor import LexborHTMLParser

from search.archive import Archive
from search.history import ImportRecord, SourceRecord
from search.model import Comment, Origin, Post, Standing
from search.sameness.identity import Held, Identity, IdKind
from search.sameness.origins import OTHERWISE
from search.writer import open_for_writing
from tests.web.blog import POSTS, build
from tests.web.conftest import Page
from tests.web.reading import links, one, text, texts
from web.app import create_app
from web.presenters.post.origins import origins_view
from web.presenters.post.post_page import MOST_NUMBERS
from web.presenters.post.preview import LONGEST
from web.presenters.post.thread import DEEPEST
from web.settings import Settings

DRONES = "/posts/aaaaaaaaaaa2/drones-over-the-harbour"


def test_the_words_of_the_search_are_marked_in_title_body_and_comments(page: Page) -> None:
    post = page(f"{DRONES}?q=drones")
    assert texts(post, "h1 mark") == ["Drones"]
    assert texts(post, ".post .prose mark") == ["Drones"]
    assert texts(post, ".comments mark") == ["drones"]
    assert one(post, ".post .prose em").text() == "harbour"


def test_without_a_search_nothing_is_marked_and_there_is_no_way_back(page: Page) -> None:
    post = page(DRONES)
    assert post.css("mark, .back, .matches") == []


def test_the_way_back_leads_to_the_same_results(page: Page) -> None:
    post = page(f"{DRONES}?q=drones&tag=harbour&page=2")
    assert links(post, "a.back") == {"Back to the results": "/search?q=drones&tag=harbour&page=2"}


def test_a_new_query_keeps_the_filters_the_reader_came_with(page: Page) -> None:
    fields = page(f"{DRONES}?q=drones&tag=harbour&page=2").css("form.box input[type=hidden]")
    assert [(field.attributes["name"], field.attributes["value"]) for field in fields] == [("tag", "harbour")]


def test_a_search_that_cannot_be_read_does_not_keep_a_post_from_being_shown(page: Page) -> None:
    assert page(f"{DRONES}?q=drones&page=-1").css("h1")


def test_the_facts_of_a_post_lead_to_searches(page: Page) -> None:
    header = one(page(f"{DRONES}?q=drones"), ".post > header")
    assert links(header, "a") == {
        "Ann Ames": "/search?author=Ann+Ames",
        "The Ledger": "/search?blog=The+Ledger",
        "2 comments": "#comments",
        "Read the original": "https://ledger.example/drones",
        "Bo Berg": "/search?reporter=Bo+Berg",
        "The Times": "/search?publication=The+Times",
        "drones": "/search?tag=drones",
        "harbour": "/search?tag=harbour",
    }
    assert text(one(header, ".quoting")) == "Quotes Bo Berg in The Times"


def test_crawlers_are_led_to_the_original(page: Page) -> None:
    assert one(page(DRONES), "link[rel=canonical]").attributes["href"] == "https://ledger.example/drones"
    bare = "/posts/bbbbbbbbbbb2/post"
    assert one(page(bare), "link[rel=canonical]").attributes["href"] == bare


def test_comments_are_threaded_and_can_be_linked_to(page: Page) -> None:
    first, answer = page(DRONES).css(".comment")
    assert first.attributes["id"] == "comment-ccccccccccc2"
    assert answer.attributes["id"] == "comment-ddddddddddd2"
    assert one(page(DRONES), ".comments > ol > li > ol .comment").attributes == answer.attributes
    assert text(one(answer, ".facts")).startswith("Anonymous in reply to Cy")
    assert links(answer, ".facts a")["Cy"] == "#comment-ccccccccccc2"
    assert text(one(page(DRONES), "#comments h2")) == "2 comments"


def test_similar_posts_are_linked(page: Page) -> None:
    found = links(page("/search?q=roses"), ".result h2 a")
    similar = texts(page(next(iter(found.values()))), ".similar a")
    assert similar
    assert all(title.startswith("Roses, part") for title in similar)


def test_how_a_post_was_read_is_told_without_the_folders_of_its_owner(page: Page) -> None:
    origins = one(page(DRONES), "details.origins")
    assert texts(origins, "dt, dd") == ["page.txt", "Title line 3 very likely (90%)"]
    assert "/home/ann" not in (origins.html or "")


def test_the_sources_of_a_post_are_told_with_the_fields_from_each(tmp_path: Path) -> None:
    export = Origin(OTHERWISE, "blog/export.xml", "item 1, line 9", 1.0)
    guess = Origin("language", "blog/export.xml", "the words of the text", 0.9)
    tags = Origin("tags", "blog/feed.xml", "entry 2", 1.0)
    build(tmp_path, [replace(POSTS[0], id="ccccccccccc2", summary="", origins=(guess, tags, export))], [])
    with Archive.open(tmp_path) as archive:
        sources = origins_view(archive.post("ccccccccccc2").post.origins)
    assert [(source.name, place.fields, place.sureness) for source in sources for place in source.places] == [
        ("export.xml", "Title, Blog, Authors, Date, Link, Body, Reporters quoted, Publication quoted", ""),
        ("export.xml", "Language", "very likely (90%)"),
        ("feed.xml", "Tags", ""),
    ]


def test_an_id_that_was_joined_with_another_leads_to_the_post(tmp_path: Path) -> None:
    held, key = Held("feed", Standing.FEED), (1 << 56 | 7,)
    with open_for_writing(tmp_path) as writer:
        for location, post_id, identity in (
            ("/a", "aaaaaaaaaaa2", Identity(IdKind.OWN, keys=key)),
            ("/b", "bbbbbbbbbbb2", Identity(IdKind.LINK, keys=key)),
        ):
            staging = writer.stage(SourceRecord(location))
            staging.put_post(replace(POSTS[0], id=post_id), held, identity)
            staging.apply(keep_missing=False)
        writer.publish(ImportRecord(datetime(2025, 1, 1, tzinfo=UTC), {}))
    with Archive.open(tmp_path) as archive:
        client = create_app(Settings(tmp_path), archive).test_client()
        page, answer = client.get("/posts/bbbbbbbbbbb2/any"), client.get("/posts/bbbbbbbbbbb2.json")
    assert page.status_code == answer.status_code == 301
    assert page.location.startswith("/posts/aaaaaaaaaaa2/")
    assert answer.location == "/posts/aaaaaaaaaaa2.json"


def test_a_post_without_title_date_or_author_is_called_by_its_first_words(page: Page) -> None:
    post = page("/posts/bbbbbbbbbbb2/post")
    assert text(one(post, "h1.untitled")) == "A few words and no more."
    assert text(one(post, ".post .facts")) == "undated on The Ledger"
    assert text(one(post, "#comments h2")) == "0 comments"


def test_an_old_or_wrong_slug_leads_to_the_right_one_with_the_search_kept(client: FlaskClient) -> None:
    for path in ("/posts/aaaaaaaaaaa2", "/posts/aaaaaaaaaaa2/old-title"):
        response = client.get(f"{path}?q=drones")
        assert (response.status_code, response.location) == (301, f"{DRONES}?q=drones")


def test_the_words_of_a_search_are_told_to_programs(client: FlaskClient) -> None:
    def matches(query: str) -> list[dict[str, str | None]]:
        found: list[dict[str, str | None]] = client.get(f"/posts/aaaaaaaaaaa2.json{query}").get_json()[
            "matches"
        ]
        return found

    told = matches("?q=drones&tag=harbour&page=2")
    assert [(match["field"], match["comment"]) for match in told] == [
        ("title", None),
        ("body", None),
        ("body", "ccccccccccc2"),
    ]
    assert matches("") == []
    assert client.get("/posts/aaaaaaaaaaa2.json?words=drones").status_code == 400


def test_matches_are_numbered_from_the_title_to_the_last_comment(page: Page) -> None:
    post = page(f"{DRONES}?q=drones")
    assert [mark.attributes["id"] for mark in post.css("mark")] == ["match-1", "match-2", "match-3"]
    assert text(one(post, ".matches span")) == "3 matches"
    assert links(post, ".matches a") == {f"Match {n}": f"#match-{n}" for n in (1, 2, 3)}


def test_the_passage_that_names_whom_a_post_quotes_is_linked_where_there_is_one(tmp_path: Path) -> None:
    quoting = replace(POSTS[0], html="<p>First.</p><p>As Bo Berg wrote:</p>", text="First. As Bo Berg wrote:")
    post = LexborHTMLParser(client_of(tmp_path, [quoting]).get(DRONES).text)
    assert one(post, "#quoting").text() == "Bo Berg"
    assert "#quoting" in links(post, ".quoting a").values()


def test_a_post_without_its_quotations_names_has_no_link_to_them(page: Page) -> None:
    assert "#quoting" not in links(page(DRONES), ".quoting a").values()


def test_the_results_before_and_after_are_one_click_away(page: Page) -> None:
    found = list(links(page("/search?q=roses&sort=oldest"), ".result h2 a").items())
    steps = page(found[3][1])
    assert text(one(steps, ".steps .faint")) == "Result 4 of 25"
    assert texts(steps, ".around a")[:2] == [f"Previous result {found[2][0]}", f"Next result {found[4][0]}"]
    assert one(steps, ".steps a[rel=prev]").attributes["href"] == found[2][1]
    assert one(steps, ".steps a[rel=next]").attributes == {
        "rel": "next",
        "href": found[4][1],
        "title": found[4][0],
    }
    assert one(steps, "link[rel=next]").attributes["href"] == found[4][1]


def test_at_the_edge_of_a_page_the_next_result_is_on_the_next_page(page: Page) -> None:
    last = list(links(page("/search?q=roses&sort=oldest"), ".result h2 a").values())[-1]
    following = one(page(last), ".steps a[rel=next]").attributes["href"] or ""
    assert following.endswith("?q=roses&sort=oldest&page=2")
    there = page(following)
    assert text(one(there, ".steps .faint")) == "Result 11 of 25"
    assert one(there, "a.back").attributes["href"] == "/search?q=roses&sort=oldest&page=2"
    assert one(there, ".steps a[rel=prev]").attributes["href"] == last


def test_the_first_and_the_last_result_have_no_step_beyond(page: Page) -> None:
    assert page(f"{DRONES}?q=harbour").css(".steps a[rel=prev], .steps a[rel=next]") == []
    assert text(one(page(f"{DRONES}?q=harbour"), ".steps .faint")) == "Result 1 of 1"


def test_a_post_leads_to_those_of_its_blog_before_and_after_it(page: Page) -> None:
    first, second, third, *_ = links(page("/search?blog=Garden+Notes&sort=oldest"), ".result h2 a").values()
    around = one(page(second.partition("?")[0]), ".around")
    assert [step.attributes["href"] for step in around.css("a")] == [
        first.partition("?")[0],
        third.partition("?")[0],
    ]
    assert page("/posts/bbbbbbbbbbb2/post").css(".around") == []


def test_a_post_can_be_cited_shared_and_kept(client: FlaskClient, page: Page) -> None:
    cite = one(page(DRONES), "details.cite")
    assert text(one(cite, ".citation")) == (
        "Ann Ames, “Drones over the harbour”. The Ledger, 2 March 2024. https://ledger.example/drones"
    )
    assert links(cite, "a") == {
        "/posts/aaaaaaaaaaa2": "/posts/aaaaaaaaaaa2",
        "BibTeX": "/posts/aaaaaaaaaaa2.bib",
        "plain text": "/posts/aaaaaaaaaaa2.txt",
        "JSON": "/posts/aaaaaaaaaaa2.json",
    }
    for url in links(cite, "a").values():
        assert client.get(url, follow_redirects=True).status_code == 200


def test_what_leaves_the_site_names_it_as_the_settings_do(tmp_path: Path) -> None:
    client = client_of(tmp_path, [replace(POSTS[0], link="")], base_url="https://archive.example")
    headers = {"Host": "evil.example"}
    post = LexborHTMLParser(client.get(DRONES, headers=headers).text)
    assert one(post, "link[rel=canonical]").attributes["href"] == f"https://archive.example{DRONES}"
    assert text(one(post, ".citation")).endswith("Archived at https://archive.example/posts/aaaaaaaaaaa2")
    for ending in ("txt", "bib"):
        kept = client.get(f"/posts/aaaaaaaaaaa2.{ending}", headers=headers).text
        assert "https://archive.example/posts/aaaaaaaaaaa2" in kept
        assert "evil" not in kept


@pytest.mark.parametrize(
    ("ending", "media_type"), [("txt", "text/plain; charset=utf-8"), ("bib", "application/x-bibtex")]
)
def test_kept_posts_are_of_the_right_kind_and_found_by_old_ids_or_not_at_all(
    client: FlaskClient, ending: str, media_type: str
) -> None:
    kept = client.get(f"/posts/eeeeeeeeeee2.{ending}")
    assert (kept.status_code, kept.headers["Content-Type"]) == (200, media_type)
    assert kept.headers["X-Content-Type-Options"] == "nosniff"
    assert client.get(f"/posts/zzzzzzzzzzz2.{ending}").status_code == 404


def test_other_sites_are_told_what_a_post_is(tmp_path: Path) -> None:
    picture = '<p><img alt="a" src="https://ledger.example/a.png?x=1&amp;y=2"></p>'
    client = client_of(tmp_path, [replace(POSTS[0], html=picture, text="Long words " * 50)])
    post = LexborHTMLParser(client.get(DRONES).text)
    told = {
        meta.attributes.get("property"): meta.attributes["content"] or ""
        for meta in post.css("meta[property]")
    }
    assert told["og:title"] == "Drones over the harbour"
    assert told["og:image"] == "https://ledger.example/a.png?x=1&y=2"
    assert told["article:published_time"] == "2024-03-02"
    assert told["og:description"].endswith("words…")
    assert len(told["og:description"]) <= LONGEST


def test_a_thread_of_thousands_is_shown_whole_and_never_nests_without_end(tmp_path: Path) -> None:
    ids = [f"{number:012d}".translate(str.maketrans("0189", "abcd")) for number in range(2_000)]
    replies = [
        Comment(each, POSTS[0].id, "Cy", None, "<p>Drones.</p>", "Drones.", parent=parent)
        for each, parent in zip(ids, ["", *ids], strict=False)
    ]
    post = LexborHTMLParser(client_of(tmp_path, POSTS[:1], replies).get(f"{DRONES}?q=drones").text)
    assert len(post.css(".comment")) == 2_000
    assert len(post.css(".comments" + " ol" * (DEEPEST + 1))) == 1
    assert post.css(".comments" + " ol" * (DEEPEST + 2)) == []
    assert len(post.css(".matches a")) == MOST_NUMBERS


def test_posts_written_from_right_to_left_are_shown_so(tmp_path: Path) -> None:
    hebrew = replace(POSTS[0], title="Blog שלום", html="<p>HTML שלום</p>", text="HTML שלום", language="he")
    post = LexborHTMLParser(client_of(tmp_path, [hebrew]).get("/posts/aaaaaaaaaaa2/blog").text)
    assert one(post, ".post .prose").attributes == {"class": "prose", "dir": "rtl", "lang": "he"}


def client_of(
    folder: Path, posts: Iterable[Post], comments: Iterable[Comment] = (), base_url: str = ""
) -> FlaskClient:
    """A client of an archive of these; it stays open as long as the client."""
    build(folder, posts, comments)
    return create_app(Settings(folder, base_url=base_url)).test_client()
