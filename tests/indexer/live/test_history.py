from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from indexer.live.history import DONE
from tests.indexer.fetching.faulty_server import Asked, FaultyServer, Reply, document, refusal, reply
from tests.indexer.live.archive import LiveArchive
from tests.indexer.live.blogs import WORDPRESS, atom, html, json_feed, rss, rss_comments

POSTS = "/wp-json/wp/v2/posts?per_page=100&page={page}&_embed=author%2Cwp%3Aterm"
COMMENTS = "/wp-json/wp/v2/comments?per_page=100&page={page}"
NO_SUCH_PAGE = reply(400, b'{"code": "rest_post_invalid_page_number", "message": "no"}')


def link(rel: str, address: str) -> str:
    return f'<link rel="{rel}" href="{address}"/>'


def test_only_the_newest_posts_are_read_unless_history_is_asked_for(
    server: FaultyServer, archive: LiveArchive
) -> None:
    server.answer("/feed", atom(server, ["hail"], links=link("prev-archive", "/2019.xml")))
    archive.reindex(server.address("/feed"))
    assert [asked.path for asked in server.asked] == ["/feed"]


@pytest.mark.parametrize("rel", ["prev-archive", "next"])
def test_the_links_of_rfc_5005_are_followed(server: FaultyServer, archive: LiveArchive, rel: str) -> None:
    server.answer("/feed", atom(server, ["hail"], links=link(rel, "/older")))
    server.answer("/older", atom(server, ["frost"], links=link(rel, "/oldest")))
    server.answer("/oldest", atom(server, ["sleet"]))
    archive.reindex(server.address("/feed"), history=True)
    assert archive.titles() == ["Frost", "Hail", "Sleet"]
    assert archive.feed().history == DONE


def test_the_pages_of_a_json_feed_are_followed(server: FaultyServer, archive: LiveArchive) -> None:
    server.answer("/feed.json", json_feed(server, ["hail"], next_url="/feed.json?page=2"))
    server.answer("/feed.json?page=2", json_feed(server, ["frost"]))
    archive.reindex(server.address("/feed.json"), history=True)
    assert archive.titles() == ["Frost", "Hail"]


def wordpress_post(server: FaultyServer, number: int, name: str) -> dict[str, object]:
    return {
        "id": number,
        "date_gmt": f"2019-03-0{number}T08:00:00",
        "guid": {"rendered": server.address(f"/?p={name}")},
        "slug": name,
        "status": "publish",
        "type": "post",
        "link": server.address(f"/{name}/"),
        "title": {"rendered": name.title()},
        "content": {"rendered": f"<p>On {name}.</p>", "protected": False},
    }


def wordpress_comment(server: FaultyServer, number: int, post: str) -> dict[str, object]:
    return {
        "id": number,
        "post": 1,
        "parent": 0,
        "author_name": "Ivo",
        "date_gmt": "2019-04-01T08:00:00",
        "content": {"rendered": f"<p>Reply {number}, a walnut.</p>"},
        "link": server.address(f"/{post}/#comment-{number}"),
        "status": "approved",
        "type": "comment",
    }


def listed(*values: dict[str, object]) -> Reply:
    return document(json.dumps(values).encode(), Content_Type="application/json")


def test_wordpress_is_asked_for_its_posts_and_comments(server: FaultyServer, archive: LiveArchive) -> None:
    server.answer("/feed/", rss(server, ["hail"], head=WORDPRESS))
    server.answer(POSTS.format(page=1), listed(wordpress_post(server, 1, "hail")))
    server.answer(POSTS.format(page=2), listed(wordpress_post(server, 2, "frost")))
    server.answer(POSTS.format(page=3), NO_SUCH_PAGE)
    server.answer(COMMENTS.format(page=1), listed(wordpress_comment(server, 7, "frost")))
    report = archive.reindex(server.address("/feed/"), history=True)
    assert archive.titles() == ["Frost", "Hail"]
    assert archive.titles("walnut") == ["Frost"]
    assert not report.skipped


@pytest.mark.parametrize("status", [401, 403, 404, 410])
def test_where_wordpress_hides_its_interface_its_feeds_are_paged(
    server: FaultyServer, archive: LiveArchive, status: int
) -> None:
    server.answer("/feed/", rss(server, ["hail"], head=WORDPRESS))
    server.answer("/feed/?paged=2", rss(server, ["frost"], head=WORDPRESS))
    server.answer(POSTS.format(page=1), refusal(status))
    server.answer("/comments/feed/?paged=1", rss_comments(server, [("hail", 1)]))
    archive.reindex(server.address("/feed/"), history=True)
    assert archive.titles() == ["Frost", "Hail"]
    assert archive.titles("reply") == ["Hail"]
    assert len(server.asked_for("/comments/feed/?paged=2")) == 1


def test_a_server_that_answers_every_page_with_the_first_is_not_asked_for_ever(
    server: FaultyServer, archive: LiveArchive
) -> None:
    feed = rss(server, ["hail"], head=WORDPRESS)
    for path in ("/feed/", "/feed/?paged=2", "/feed/?paged=3"):
        server.answer(path, feed)
    archive.reindex(server.address("/feed/"), history=True)
    assert not server.asked_for("/feed/?paged=3")


def test_blogger_is_asked_from_the_first_post_to_the_last(server: FaultyServer, archive: LiveArchive) -> None:
    path = "/feeds/posts/default"
    comments = "/feeds/comments/default?start-index={}&max-results=150&redirect=false"
    server.answer(path, atom(server, ["hail"]))
    server.answer(f"{path}?start-index=1&max-results=150&redirect=false", atom(server, ["hail", "frost"]))
    server.answer(f"{path}?start-index=3&max-results=150&redirect=false", atom(server, ["sleet"]))
    server.answer(f"{path}?start-index=4&max-results=150&redirect=false", atom(server, []))
    server.answer(comments.format(1), atom(server, []))
    archive.reindex(server.address(path), history=True)
    assert archive.titles() == ["Frost", "Hail", "Sleet"]
    assert len(server.asked_for(comments.format(1))) == 1


def test_a_circle_of_archives_ends(server: FaultyServer, archive: LiveArchive) -> None:
    server.answer("/feed", atom(server, ["hail"], links=link("prev-archive", "/a")))
    server.answer("/a", atom(server, ["frost"], links=link("prev-archive", "/b")))
    server.answer("/b", atom(server, ["sleet"], links=link("prev-archive", "/a")))
    archive.reindex(server.address("/feed"), history=True)
    assert [asked.path for asked in server.asked] == ["/feed", "/a", "/b"]


def endless(server: FaultyServer) -> Callable[[Asked], Reply]:
    def answer(asked: Asked) -> Reply:
        number = int(asked.path.rpartition("=")[2]) + 1
        server.answer(f"/feed?n={number}", answer)
        return atom(server, [f"post {number}"], links=link("next", f"/feed?n={number}"))

    return answer


def test_an_endless_archive_is_followed_so_far_in_one_run_and_further_in_the_next(
    server: FaultyServer, archive: LiveArchive
) -> None:
    server.answer("/feed?n=0", endless(server))
    archive.reindex(server.address("/feed?n=0"), history=True, most_pages=60)
    assert len(archive.titles()) == 61
    archive.sync(most_pages=5)
    assert len(archive.titles()) == 66


def test_an_archive_on_another_site_is_not_followed(server: FaultyServer, archive: LiveArchive) -> None:
    server.answer("/feed", atom(server, ["hail"], links=link("next", "http://localhost:1/older")))
    archive.reindex(server.address("/feed"), history=True)
    assert archive.feed().history == DONE


def test_what_could_not_be_fetched_of_an_archive_is_fetched_the_next_time(
    server: FaultyServer, archive: LiveArchive
) -> None:
    server.answer("/feed", atom(server, ["hail"], links=link("next", "/older")))
    server.answer("/older", refusal(503), atom(server, ["frost"]))
    report = archive.reindex(server.address("/feed"), history=True)
    assert any("older posts" in warning for warning in report.all_warnings)
    assert archive.titles() == ["Hail"]
    archive.sync()
    assert archive.titles() == ["Frost", "Hail"]


def test_a_page_of_an_archive_that_is_no_feed_ends_it(server: FaultyServer, archive: LiveArchive) -> None:
    server.answer("/feed", atom(server, ["hail"], links=link("next", "/older")))
    server.answer("/older", html("Sorry", head=link("next", "/more")))
    report = archive.reindex(server.address("/feed"), history=True)
    assert archive.titles() == ["Hail"]
    assert not report.skipped
    assert not server.asked_for("/more")


def test_sync_follows_the_history_of_feeds_that_it_was_not_followed_of(
    server: FaultyServer, archive: LiveArchive
) -> None:
    server.answer("/feed", atom(server, ["hail"], links=link("next", "/older")))
    server.answer("/older", atom(server, ["frost"]))
    archive.reindex(server.address("/feed"))
    for _ in range(2):
        archive.sync(history=True)
    assert archive.titles() == ["Frost", "Hail"]
    assert len(server.asked_for("/older")) == 1


def test_a_blog_at_blogger_is_followed_there_though_its_feed_is_passed_on(
    server: FaultyServer, archive: LiveArchive
) -> None:
    links = "<generator uri='http://www.blogger.com'>Blogger</generator>"
    server.answer("/passed-on", atom(server, ["hail"], links=links))
    path = "/feeds/posts/default?start-index=1&max-results=150&redirect=false"
    server.answer(path, atom(server, ["hail", "frost"]))
    archive.reindex(server.address("/passed-on"), history=True)
    assert archive.titles() == ["Frost", "Hail"]
