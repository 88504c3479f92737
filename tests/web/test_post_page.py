"""A post's page."""

from __future__ import annotations

from flask.testing import FlaskClient

from tests.web.conftest import Page
from tests.web.test_search_page import links, one, text, texts

DRONES = "/posts/aaaaaaaaaaa2/drones-over-the-harbour"


def test_the_words_of_the_search_are_marked_in_title_body_and_comments(page: Page) -> None:
    post = page(f"{DRONES}?q=drones")
    assert texts(post, "h1 mark") == ["Drones"]
    assert texts(post, ".post .prose mark") == ["Drones"]
    assert texts(post, ".comments mark") == ["drones"]
    assert one(post, ".post .prose em").text() == "harbour"


def test_without_a_search_nothing_is_marked_and_there_is_no_way_back(page: Page) -> None:
    post = page(DRONES)
    assert post.css("mark, .back") == []


def test_the_way_back_leads_to_the_same_results(page: Page) -> None:
    post = page(f"{DRONES}?q=drones&tag=harbour&page=2")
    assert links(post, ".back a") == {"← Back to the results": "/search?q=drones&tag=harbour&page=2"}


def test_a_search_that_cannot_be_read_does_not_keep_a_post_from_being_shown(page: Page) -> None:
    assert page(f"{DRONES}?q=drones&page=-1").css("h1")


def test_the_facts_of_a_post_lead_to_searches(page: Page) -> None:
    header = one(page(f"{DRONES}?q=drones"), ".post > header")
    assert links(header, "a") == {
        "Ann Ames": "/search?author=Ann+Ames",
        "The Ledger": "/search?blog=The+Ledger",
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
    first, answer = page(DRONES).css("li.comment")
    assert first.attributes["id"] == "comment-ccccccccccc2"
    assert answer.attributes["id"] == "comment-ddddddddddd2"
    assert "depth-1" in (answer.attributes["class"] or "")
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
    assert texts(origins, "tbody tr > *") == ["Title", "page.txt, line 3", "very likely (90 %)"]
    assert "/home/ann" not in (origins.html or "")


def test_a_post_without_title_date_or_author_is_called_by_its_first_words(page: Page) -> None:
    post = page("/posts/bbbbbbbbbbb2/post")
    assert text(one(post, "h1.untitled")) == "A few words and no more."
    assert text(one(post, ".post .facts")) == "undated on The Ledger"
    assert text(one(post, "#comments h2")) == "0 comments"


def test_an_old_or_wrong_slug_leads_to_the_right_one_with_the_search_kept(client: FlaskClient) -> None:
    for path in ("/posts/aaaaaaaaaaa2", "/posts/aaaaaaaaaaa2/old-title"):
        response = client.get(f"{path}?q=drones")
        assert (response.status_code, response.location) == (301, f"{DRONES}?q=drones")
