"""A post's page."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from flask.testing import FlaskClient

from search.archive import Archive
from search.history import ImportRecord, SourceRecord
from search.model import Origin, Standing
from search.sameness.identity import Held, Identity, IdKind
from search.sameness.origins import OTHERWISE
from search.writer import open_for_writing
from tests.web.blog import POSTS, build
from tests.web.conftest import Page
from tests.web.test_search_page import links, one, text, texts
from web.app import create_app
from web.presenters.origins import origins_view
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
        writer.commit(ImportRecord(datetime(2025, 1, 1, tzinfo=UTC), {}))
        writer.publish()
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
