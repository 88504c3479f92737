"""Pages of what goes wrong: what happened, what to change, and where to go from here."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from selectolax.lexbor import LexborHTMLParser

from search.archive import Archive
from search.layout import lock_file
from search.lock import held
from tests.web.blog import build
from tests.web.pages import PAGES, PageCase
from tests.web.reading import links, one, submitted, text, texts
from web.app import create_app
from web.settings import Settings


def error(client: FlaskClient, path: str, status: int) -> LexborHTMLParser:
    response = client.get(path)
    assert response.status_code == status
    return LexborHTMLParser(response.text)


def test_a_post_that_is_not_there_is_searched_for_by_the_words_of_its_address(client: FlaskClient) -> None:
    page = error(client, "/posts/zzzzzzzzzzz2/roses-part-3", 404)
    assert text(one(page, "h1")) == "There is no such post"
    assert one(page, "#q").attributes["value"] == "roses part"
    assert links(page, ".ways a")["Search for “roses part”"] == "/search?q=roses+part"


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/2019/03/drones-over-the-harbour.html", "drones over the harbour"),
        ("/2019/03/drones_over%20harbour/", "drones over harbour"),
        ("/2019/03/", ""),
        ("/posts/zzzzzzzzzzz2", ""),
        ("/%D8%A7%D9%84%D9%88%D8%B1%D9%88%D8%AF", "الورود"),
        ("/%3Cscript%3Ealert%281%29", "script alert"),
    ],
)
def test_an_address_of_the_old_blog_is_read_as_words(client: FlaskClient, path: str, words: str) -> None:
    page = error(client, path, 404)
    assert one(page, "#q").attributes.get("value", "") == words
    assert len(page.css(".ways a")) == (2 if words else 1)


@pytest.mark.parametrize(
    ("query", "label", "corrected", "address"),
    [
        ("q=roses&after=soon&tag=garden", "From", "2010", "/search?after=2010&q=roses&tag=garden"),
        ("q=roses&before=13/2010&page=2", "Until", "2010", "/search?before=2010&q=roses"),
        ("date=never", "Date", "2010", "/search?date=2010"),
    ],
)
def test_a_wrong_date_is_told_beside_its_field_in_a_form_that_keeps_the_search(
    client: FlaskClient, query: str, label: str, corrected: str, address: str
) -> None:
    page = error(client, f"/search?{query}", 400)
    form = one(page, "form.correct")
    (field,) = form.css("[aria-invalid]")
    assert text(one(form, "label")) == label
    assert "is not a date: write 2025, 2025-03 or 2025-03-02" in text(
        one(form, f"#{field.attributes['aria-describedby']}")
    )
    assert submitted(form, **{str(field.attributes["name"]): corrected}) == address
    assert client.get(address).status_code == 200


@pytest.mark.parametrize(
    ("query", "lead", "without"),
    [
        ("q=roses&page=-1", "Page: ", "/search?q=roses"),
        ("q=roses&size=1e3&sort=oldest", "Results a page: ", "/search?q=roses&sort=oldest"),
        ("sort=best", "Order: ", "/search"),
        ("in=titles&tag=garden", "Look in: ", "/search?tag=garden"),
        ("&".join(f"tag={number}" for number in range(101)), "Tag: ", "/search"),
    ],
)
def test_a_value_beyond_a_limit_is_named_in_words_and_can_be_left_out(
    client: FlaskClient, query: str, lead: str, without: str
) -> None:
    page = error(client, f"/search?{query}", 400)
    assert text(one(page, ".lead")).startswith(lead)
    assert links(page, ".ways a")["Search without it"] == without
    assert client.get(without).status_code == 200


def test_too_long_a_query_is_kept_to_be_shortened_and_it_says_by_how_much(client: FlaskClient) -> None:
    query = "lorem ipsum " * 90
    page = error(client, f"/search?q={query}&tag=garden", 400)
    assert one(page, "#q").attributes["value"] == query
    assert text(one(page, "textarea")) == query.strip()
    assert "Leave out at least 80 characters." in texts(page, "main p")
    (shorter, _) = links(page, ".ways a").values()
    assert shorter == f"/search?q={'lorem+ipsum+' * 10}".removesuffix("+") + "&tag=garden"
    assert client.get(shorter).status_code == 200


def test_too_many_words_are_told_beside_the_query(client: FlaskClient) -> None:
    page = error(client, "/search?q=" + "word+" * 65, 400)
    assert text(one(page, "#problem")).startswith("65 words")


def test_what_can_only_be_read_says_so_and_names_the_methods_it_takes(client: FlaskClient) -> None:
    response = client.post("/search")
    assert (response.status_code, "GET" in response.headers["Allow"]) == (405, True)
    assert text(one(LexborHTMLParser(response.text), "h1")) == "The archive can be read only"


def test_too_many_requests_are_told_when_to_come_back(sites: Mapping[str, Flask]) -> None:
    response = sites["busy"].test_client().get("/search")
    seconds = response.headers["Retry-After"]
    assert f"Try again in {seconds} second" in response.text
    assert "Refresh" not in response.headers


@pytest.mark.parametrize(
    ("path", "again"), [("//evil.example/x", "/evil.example/x"), ("/\\evil.example", "/%5Cevil.example")]
)
def test_no_page_of_an_error_leads_to_another_site(sites: Mapping[str, Flask], path: str, again: str) -> None:
    page = LexborHTMLParser(sites["busy"].test_client().get("/", environ_overrides={"PATH_INFO": path}).text)
    assert links(page, ".ways a")["Load this page again"] == again


def test_a_fault_of_the_program_tells_what_to_do_and_nothing_of_itself(sites: Mapping[str, Flask]) -> None:
    response = sites["faulty"].test_client().get("/fault")
    assert response.status_code == 500
    assert "Try again in a moment." in response.text
    for told in ("secret", "RuntimeError", "Traceback", "pages.py"):
        assert told not in response.text


def test_an_archive_that_cannot_be_read_says_when_to_try_again_and_no_path(
    sites: Mapping[str, Flask], tmp_path: Path
) -> None:
    response = sites["hidden"].test_client().get("/search?q=roses")
    assert (response.status_code, response.headers["Retry-After"]) == (503, "60")
    assert "Try again in 60 seconds." in response.text
    assert "reindex" not in response.text
    assert str(tmp_path.parent) not in response.text


def test_while_the_first_import_is_at_work_the_page_loads_itself_again(tmp_path: Path) -> None:
    build(tmp_path, (), (), publish=False)
    with Archive.open(tmp_path) as archive:
        client = create_app(Settings(tmp_path), archive).test_client()
        with held(lock_file(tmp_path), wait=False):
            response = client.get("/")
            assert client.get("/search.json").status_code == 503
        assert (response.status_code, response.headers["Retry-After"]) == (503, "5")
        assert response.headers["Refresh"] == "5"
        assert links(LexborHTMLParser(response.text), ".ways a")["Load this page again"] == "/"
        assert "imported for the first time" in response.text
        assert client.get("/").status_code == 200
        build(tmp_path)
        assert "28 posts" in client.get("/").text


def test_an_import_into_an_archive_that_is_published_disturbs_no_reader(tmp_path: Path) -> None:
    build(tmp_path)
    with Archive.open(tmp_path) as archive, held(lock_file(tmp_path), wait=False):
        assert create_app(Settings(tmp_path), archive).test_client().get("/").status_code == 200


@pytest.mark.parametrize("case", [case for case in PAGES if case.status >= 400], ids=lambda case: case.name)
def test_every_error_page_leads_on(sites: Mapping[str, Flask], case: PageCase) -> None:
    page = LexborHTMLParser(sites[case.site].test_client().open(case.path, method=case.method).text)
    assert links(page, ".ways a")["Browse everything"] == "/"
    assert one(page, "meta[name=robots]").attributes["content"] == "noindex"
