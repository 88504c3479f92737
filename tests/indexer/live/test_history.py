from __future__ import annotations

import json
from collections.abc import Callable, Sequence

import pytest

from indexer.live.history import DONE, History
from search.archive import Archive
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


INTERFACE = {"Link": '</api/>; rel="https://api.w.org/"'}
API_POSTS = "/api/wp/v2/posts?per_page=100&page={page}&_embed=author%2Cwp%3Aterm"
API_COMMENTS = "/api/wp/v2/comments?per_page=100&page={page}"


def test_the_interface_is_where_the_server_says_and_its_last_page_is_known(
    server: FaultyServer, archive: LiveArchive
) -> None:
    server.answer("/feed/", rss(server, ["hail"], **INTERFACE))
    posts = json.dumps([wordpress_post(server, 2, "frost")]).encode()
    comments = json.dumps([wordpress_comment(server, 7, "frost")]).encode()
    server.answer(API_POSTS.format(page=1), document(posts, X_WP_TotalPages="1"))
    server.answer(API_COMMENTS.format(page=1), document(comments, X_WP_TotalPages="1"))
    archive.reindex(server.address("/feed/"), history=True)
    assert archive.titles() == ["Frost", "Hail"]
    assert archive.titles("walnut") == ["Frost"]
    assert len(server.asked) == 3


@pytest.mark.parametrize("named", ["/", "/feed"])
def test_the_interface_may_be_named_by_a_page_only(
    server: FaultyServer, archive: LiveArchive, named: str
) -> None:
    links = '<link rel="https://api.w.org/" href="/api/"><link rel="alternate" type="text/xml" href="/feed">'
    server.answer("/", html("Rain", head=links))
    server.answer("", html("Rain", head=links))
    server.answer("/feed", rss(server, ["hail"]))
    server.answer(API_POSTS.format(page=1), listed(wordpress_post(server, 2, "frost")))
    archive.reindex(server.address(named), history=True)
    assert archive.titles() == ["Frost", "Hail"]


def test_an_interface_on_another_site_is_not_asked(server: FaultyServer, archive: LiveArchive) -> None:
    server.answer("/feed/", rss(server, ["hail"], Link='<http://localhost:1/>; rel="https://api.w.org/"'))
    server.answer("/feed/?paged=2", rss(server, ["frost"]))
    archive.reindex(server.address("/feed/"), history=True)
    assert archive.titles() == ["Frost", "Hail"]


@pytest.mark.parametrize("page", [1, 2])
def test_where_the_interface_is_broken_feeds_are_paged(
    server: FaultyServer, archive: LiveArchive, page: int
) -> None:
    server.answer("/feed/", rss(server, ["hail"], head=WORDPRESS, **INTERFACE))
    server.answer(API_POSTS.format(page=1), listed(wordpress_post(server, 1, "hail")))
    server.answer(API_POSTS.format(page=page), refusal(500))
    server.answer("/feed/?paged=2", rss(server, ["frost"], head=WORDPRESS))
    report = archive.reindex(server.address("/feed/"), history=True)
    assert archive.titles() == ["Frost", "Hail"]
    assert len(server.asked_for(API_POSTS.format(page=page))) == 2
    assert not report.all_warnings
    assert archive.feed().history == DONE


def test_an_interface_that_failed_once_goes_on_to_be_asked(
    server: FaultyServer, archive: LiveArchive
) -> None:
    server.answer("/feed/", rss(server, ["hail"], head=WORDPRESS, **INTERFACE))
    server.answer(API_POSTS.format(page=1), refusal(502), listed(wordpress_post(server, 2, "frost")))
    archive.reindex(server.address("/feed/"), history=True)
    assert archive.titles() == ["Frost", "Hail"]
    assert not server.asked_for("/feed/?paged=2")


def test_a_page_that_is_refused_in_the_middle_keeps_no_other_line_from_being_followed(
    server: FaultyServer, archive: LiveArchive
) -> None:
    server.answer("/feed/", rss(server, ["hail"], head=WORDPRESS, **INTERFACE))
    server.answer(API_POSTS.format(page=1), listed(wordpress_post(server, 2, "frost")))
    for path in (API_POSTS.format(page=2), "/feed/?paged=2"):
        server.answer(path, refusal(503))
    server.answer(API_COMMENTS.format(page=1), listed(wordpress_comment(server, 7, "frost")))
    report = archive.reindex(server.address("/feed/"), history=True)
    assert archive.titles("walnut") == ["Frost"]
    assert any("older posts" in warning for warning in report.all_warnings)
    server.answer(API_POSTS.format(page=2), listed(wordpress_post(server, 3, "sleet")))
    archive.sync()
    assert archive.titles() == ["Frost", "Hail", "Sleet"]


def test_posts_of_the_interface_have_the_name_that_the_feed_calls_the_blog(
    server: FaultyServer, archive: LiveArchive
) -> None:
    server.answer("/feed/", rss(server, ["hail"], head=WORDPRESS))
    server.answer(POSTS.format(page=1), listed(wordpress_post(server, 2, "frost")))
    archive.reindex(server.address("/feed/"), history=True)
    with Archive.open(archive.data) as opened:
        assert [(blog.name, blog.posts) for blog in opened.status().blogs] == [("Rain Gauge", 2)]


BLOGGER = "/feeds/posts/default"
FIRST = "?start-index=1&max-results=150&redirect=false"


def comments(server: FaultyServer, numbers: Sequence[int], total: int | None = None) -> Reply:
    entries = "".join(
        f"<entry><id>tag:rain.example,2020:reply-{number}</id><title>Re</title>"
        f'<link rel="alternate" href="{server.address("/hail.html")}?showComment=1{number}#c{number}"/>'
        f'<thr:in-reply-to ref="tag:rain.example,2020:hail" href="{server.address("/hail.html")}"/>'
        f"<updated>2020-01-05T08:00:00Z</updated><content>Walnut {number}.</content></entry>"
        for number in numbers
    )
    return document(
        '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:thr="http://purl.org/syndication/thread/1.0" '
        'xmlns:openSearch="http://a9.com/-/spec/opensearchrss/1.0/"><title>Rain Gauge</title>'
        f'<link rel="alternate" href="{server.address("/")}"/>'
        f"<openSearch:totalResults>{total or len(numbers)}</openSearch:totalResults>{entries}</feed>".encode()
    )


@pytest.mark.parametrize("of_all", [[1, 2, 3], [3], None], ids=["whole", "cut", "missing"])
def test_comments_of_single_posts_are_asked_for_where_those_of_all_are_too_few(
    server: FaultyServer, archive: LiveArchive, of_all: list[int] | None
) -> None:
    replies = link("replies", "/feeds/7/comments/default").replace("/>", ' type="application/atom+xml"/>')
    posts = atom(server, ["hail"], replies=3, more=replies)
    server.answer(BLOGGER, posts)
    server.answer(BLOGGER + FIRST, posts)
    server.answer(
        "/feeds/comments/default" + FIRST, refusal(404) if of_all is None else comments(server, of_all)
    )
    server.answer("/feeds/7/comments/default" + FIRST, comments(server, [1, 2, 3]))
    archive.reindex(server.address(BLOGGER), history=True)
    asked = [asked.path for asked in server.asked if asked.path.startswith("/feeds/7/")]
    assert asked == ([] if of_all == [1, 2, 3] else ["/feeds/7/comments/default" + FIRST])
    with Archive.open(archive.data) as opened:
        assert opened.status().counts.comments == 3


def test_the_history_of_a_list_of_feeds_is_none() -> None:
    assert History.resumed('["https://rain.example/feed"]', 9).step is None
