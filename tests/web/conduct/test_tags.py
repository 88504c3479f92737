"""What has a client already is named so that it is not sent again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from search.archive import Archive
from search.errors import IndexUnreadable
from search.request import SearchRequest
from search.results import SearchPage
from tests.web.blog import BARE, POSTS, build
from web.app import create_app
from web.conduct.tags import Tags
from web.settings import Settings

OF_THE_ARCHIVE = (
    "/",
    "/search?q=roses",
    "/search.json?q=roses",
    "/search.atom?q=roses",
    "/posts/aaaaaaaaaaa2/drones-over-the-harbour?q=drones",
    "/posts/aaaaaaaaaaa2.json",
    "/facets/tag",
    "/facets/tag.json",
    "/suggest.json?q=ro",
    "/suggest/opensearch.json?q=ro",
    "/opensearch.xml",
    "/robots.txt",
)


def tag(client: FlaskClient, path: str, **headers: str) -> str:
    response = client.get(path, headers=headers)
    assert response.status_code == 200, response.text
    found, is_weak = response.get_etag()
    assert found
    assert not is_weak
    return response.headers["ETag"]


def again(client: FlaskClient, path: str, known: str, **headers: str) -> TestResponse:
    return client.get(path, headers={"If-None-Match": known, **headers})


@pytest.mark.parametrize("path", OF_THE_ARCHIVE)
def test_an_answer_that_the_client_has_is_not_sent_again(client: FlaskClient, path: str) -> None:
    known = tag(client, path)
    answer = again(client, path, known)
    assert (answer.status_code, answer.data, answer.headers["ETag"]) == (304, b"", known)
    assert "Content-Type" not in answer.headers
    assert answer.headers["Cache-Control"] == client.get(path).headers["Cache-Control"]
    assert answer.headers["Vary"] == client.get(path).headers["Vary"]


@pytest.mark.parametrize("path", ["/search.json?q=roses", "/search?q=roses", "/search.atom?q=roses"])
def test_nothing_is_searched_for_what_the_client_has(
    client: FlaskClient, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = tag(client, path)

    def searched(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr(Archive, "search", searched)
    assert again(client, path, known).status_code == 304


@pytest.mark.parametrize("known", ['"x", {}', "W/{}", '"a,b" , W/"y",{}', "{},"])
def test_lists_and_weak_forms_of_tags_are_read(client: FlaskClient, known: str) -> None:
    path = "/search.json?q=roses"
    assert again(client, path, known.format(tag(client, path))).status_code == 304


@pytest.mark.parametrize("known", ['"x"', "", "x", 'W/"', '"', ",,,", '"' * 999, "\u00ff"])
def test_other_tags_and_what_is_none_are_answered_in_full(client: FlaskClient, known: str) -> None:
    assert again(client, "/search.json?q=roses", known).status_code == 200


def test_any_answer_will_do_for_a_star_but_not_an_error(client: FlaskClient) -> None:
    assert again(client, "/search.json?q=roses", "*").status_code == 304
    assert again(client, "/static/page.js", "*").status_code == 304
    assert again(client, "/embed.js", tag(client, "/embed.js")).status_code == 304
    assert again(client, "/search.json?page=-1", "*").status_code == 400
    assert again(client, "/posts/zzzzzzzzzzz2.json", "*").status_code == 404
    assert again(client, "/nothing", "*").status_code == 404


def test_an_error_has_no_tag_and_is_not_kept(client: FlaskClient) -> None:
    for path in ("/search.json?page=-1", "/search?page=-1", "/posts/zzzzzzzzzzz2", "/nothing.json"):
        headers = client.get(path).headers
        assert "ETag" not in headers
        assert headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("path", OF_THE_ARCHIVE)
def test_head_answers_with_the_headers_of_get(client: FlaskClient, path: str) -> None:
    for coding in ("gzip", "identity"):
        headers = {"Accept-Encoding": coding}
        get, head = client.get(path, headers=headers), client.head(path, headers=headers)
        assert head.data == b""
        given, expected = dict(head.headers), dict(get.headers)
        assert given.pop("X-Request-Id") != expected.pop("X-Request-Id")
        if path != "/opensearch.xml":  # else the answers differ in the time that the search took
            given.pop("Content-Length", None)
            expected.pop("Content-Length", None)
        assert given == expected
    assert client.head(path, headers={"If-None-Match": tag(client, path)}).status_code == 304


def test_each_language_of_a_page_has_its_own_tag(client: FlaskClient, data: Path, archive: Archive) -> None:
    english, german = (tag(client, "/search", **{"Accept-Language": code}) for code in ("en", "de"))
    assert english != german
    assert "Accept-Language" in client.get("/search").headers["Vary"]
    fixed = create_app(Settings(data, language="en"), archive).test_client()
    assert "Accept-Language" not in fixed.get("/search").headers["Vary"]


def test_what_no_order_of_parameters_changes_has_one_tag(client: FlaskClient) -> None:
    one = tag(client, "/search.json?q=roses&size=5")
    assert tag(client, "/search.json?size=5&q=roses") == one
    assert tag(client, "/search.json?size=5&q=rose") != one


@pytest.mark.parametrize(
    "other",
    [
        {"title": "Another"},
        {"base_url": "https://search.example.org"},
        {"accent": "#123456"},
        {"language": "en"},
    ],
)
def test_what_the_settings_change_of_the_looks_changes_the_tags(
    client: FlaskClient, data: Path, archive: Archive, other: dict[str, str]
) -> None:
    settings = replace(Settings(data, title="Ledgers & Gardens"), **other)  # type: ignore[arg-type] # all texts
    changed = create_app(settings, archive).test_client()
    assert tag(changed, "/") != tag(client, "/")


def test_what_the_settings_change_otherwise_does_not(
    client: FlaskClient, data: Path, archive: Archive
) -> None:
    settings = Settings(data, title="Ledgers & Gardens", origins=("*",), rate=9, deadline=9)
    assert tag(create_app(settings, archive).test_client(), "/") == tag(client, "/")


def test_names_and_values_are_kept_apart(data: Path) -> None:
    tags = Tags(Settings(data))
    made = [
        tags.of("1", "/search", parameters, "en").name
        for parameters in (
            [("q", "a"), ("tag", "b")],
            [("q", "atag"), ("", "b")],
            [("q", "a\0tag\0b")],
            [("q", "a"), ("tagb", "")],
            [("q", "a"), ("q", "b")],
            [("q", "b"), ("q", "a")],
            [("q", "\ud800")],
        )
    ]
    assert len(set(made)) == len(made)


@pytest.fixture
def changing(tmp_path: Path) -> Iterator[FlaskClient]:
    """The site of an archive in `tmp_path` that is published anew in the test."""
    build(tmp_path)
    with Archive.open(tmp_path) as archive:
        yield create_app(Settings(tmp_path), archive).test_client()


def test_a_new_generation_is_sent(changing: FlaskClient, tmp_path: Path) -> None:
    path = "/search.json?q=roses"
    known = tag(changing, path)
    build(tmp_path, posts=POSTS[1:])
    answer = again(changing, path, known)
    assert (answer.status_code, answer.headers["ETag"] == known) == (200, False)


def test_another_archive_in_the_same_place_is_sent_although_its_generation_has_the_same_name(
    tmp_path: Path,
) -> None:
    known = []
    for name, posts in (("one", POSTS), ("other", (BARE,))):
        build(tmp_path / name, posts=posts, comments=())
        with Archive.open(tmp_path / name) as archive:
            assert archive.generation == "000001"
            known.append(tag(create_app(Settings(tmp_path), archive).test_client(), "/search.json"))
    assert known[0] != known[1]


def test_an_answer_of_a_generation_published_meanwhile_has_no_tag(
    changing: FlaskClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    search = Archive.search

    def published_meanwhile(archive: Archive, *given: object) -> object:
        build(tmp_path, posts=POSTS[1:])
        return search(archive, *given)  # type: ignore[arg-type] # what it was called with

    monkeypatch.setattr(Archive, "search", published_meanwhile)
    assert "ETag" not in changing.get("/search.json?q=roses").headers


@pytest.mark.parametrize(
    "path", ["/search.json", "/search", "/search.atom", "/facets/tag", "/facets/tag.json"]
)
def test_an_answer_that_was_cut_short_is_not_kept(
    client: FlaskClient, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    search = Archive.search

    def cut_short(archive: Archive, request: SearchRequest) -> SearchPage:
        return replace(search(archive, request), partial=True)

    monkeypatch.setattr(Archive, "search", cut_short)
    headers = client.get(f"{path}?q=roses").headers
    assert headers["Cache-Control"] == "no-store"
    assert "ETag" not in headers


def test_files_of_pages_are_kept_for_good_by_their_version_only(client: FlaskClient) -> None:
    for path in ("/static/page.js", "/static/style.css", "/logo"):
        version = tag(client, path).strip('"')
        assert client.get(f"{path}?v={version}").headers["Cache-Control"].endswith("immutable")
        for other in (path, f"{path}?v=other"):
            assert client.get(other).headers["Cache-Control"] == "public, max-age=3600"
        packed = {"Accept-Encoding": "gzip"}
        assert again(client, path, tag(client, path, **packed), **packed).status_code == 304


def test_what_needs_no_archive_is_answered_where_it_cannot_be_read(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unreadable(_: Archive) -> str:
        raise IndexUnreadable("broken")

    monkeypatch.setattr(Archive, "edition", property(unreadable))
    response = client.get("/robots.txt")
    assert (response.status_code, "ETag" in response.headers) == (200, False)
