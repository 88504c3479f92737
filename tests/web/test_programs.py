"""What programs get: JSON, feeds, health, and problem documents."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import feedparser
import pytest
from flask.testing import FlaskClient

from search.archive import Archive
from search.health import BrokenGeneration, Health
from tests.web.blog import build
from web.app import create_app
from web.settings import Settings


def get(client: FlaskClient, path: str) -> Any:
    response = client.get(path)
    assert response.status_code == 200, response.text
    assert response.mimetype == "application/json"
    return response.get_json()


def feed(client: FlaskClient, path: str) -> Any:
    response = client.get(path)
    assert response.status_code == 200, response.text
    assert response.mimetype == "application/atom+xml"
    parsed = feedparser.parse(BytesIO(response.data))
    assert not parsed.bozo, parsed.get("bozo_exception")
    return parsed


def test_search_answers_with_the_posts_of_a_page(client: FlaskClient) -> None:
    found = get(client, "/search.json?q=roses&size=5&page=2&sort=oldest")
    assert [result["title"] for result in found["results"]] == [f"Roses, part {n}" for n in range(5, 10)]
    assert (found["total"], found["page"], found["size"]) == (25, 2, 5)
    assert found["next"] == "/search.json?q=roses&sort=oldest&page=3&size=5&generation=000001"
    assert get(client, found["next"])["results"][0]["title"] == "Roses, part 10"


def test_the_links_of_facets_lead_to_as_many_posts_as_they_count(client: FlaskClient) -> None:
    found = get(client, "/search.json?q=roses&tag=garden&facets=author,date")
    assert set(found["facets"]) == {"author", "date"}
    for value in (*found["facets"]["author"], *found["facets"]["date"]):
        assert get(client, value["url"].replace("/search", "/search.json"))["total"] == value["count"]


def test_no_facets_are_counted_when_none_are_asked_for(client: FlaskClient) -> None:
    assert get(client, "/search.json?q=roses&facets=none")["facets"] == {}


def test_a_post_is_given_with_its_comments(client: FlaskClient) -> None:
    post = get(client, "/posts/aaaaaaaaaaa2.json")
    assert post["comments"]["total"] == 2
    assert [comment["parent"] for comment in post["comments"]["results"]] == [None, "ccccccccccc2"]
    assert post["url"] == get(client, "/search.json?q=drones")["results"][0]["url"]


def test_the_values_of_a_facet_can_be_asked_for_by_how_they_begin(client: FlaskClient) -> None:
    found = get(client, "/facets/tag.json?q=roses&prefix=ROSE+2&size=3")
    assert [value["value"] for value in found["values"]] == ["rose 2", "rose 20", "rose 21"]


def test_completions_are_titles_tags_and_authors(client: FlaskClient) -> None:
    kinds = {each["kind"] for each in get(client, "/suggest.json?q=ros&size=50")["suggestions"]}
    assert kinds == {"title", "tag", "author"}


def test_the_site_says_that_it_lives_and_what_it_serves(client: FlaskClient, archive: Archive) -> None:
    assert get(client, "/healthz") == {"status": "ok"}
    assert get(client, "/readyz") == {
        "status": "ready",
        "generation": archive.generation,
        "published": archive.generation,
        "broken": [],
    }
    assert "Disallow: /facets/" in client.get("/robots.txt").text


class Broken(Archive):
    """An archive of which a generation is broken; `serving` is empty where none is left."""

    serving = "000041"

    def health(self) -> Health:
        broken = (BrokenGeneration("000042", "/srv/archive/index/000042 is not as it was written"),)
        return Health(self.serving, "000042", kept=("000042", "000041"), broken=broken)


class Lost(Broken):
    serving = ""


def test_a_site_that_answers_from_another_generation_says_so_and_no_path(data: Path) -> None:
    with Broken.open(data) as archive:
        response = create_app(Settings(data), archive).test_client().get("/readyz")
    assert (response.status_code, response.json) == (
        200,
        {"status": "degraded", "generation": "000041", "published": "000042", "broken": ["000042"]},
    )


def test_a_site_whose_generations_are_all_broken_is_not_ready_and_names_no_path(data: Path) -> None:
    with Lost.open(data) as archive:
        client = create_app(Settings(data), archive).test_client()
        response = client.get("/readyz")
        assert get(client, "/healthz") == {"status": "ok"}
    assert (response.status_code, response.mimetype) == (503, "application/problem+json")
    assert "log" in response.text
    assert "/srv" not in response.text


def test_a_site_without_a_published_generation_is_not_ready(tmp_path: Path) -> None:
    with Archive.open(_unpublished(tmp_path)) as archive:
        response = create_app(Settings(tmp_path), archive).test_client().get("/readyz")
    assert (response.status_code, response.mimetype) == (503, "application/problem+json")


def _unpublished(folder: Path) -> Path:
    build(folder, posts=(), comments=(), publish=False)
    return folder


def test_a_feed_has_the_posts_of_a_search_newest_first(client: FlaskClient) -> None:
    parsed = feed(client, "/search.atom?q=roses")
    assert [entry.title for entry in parsed.entries] == [f"Roses, part {n}" for n in range(24, 14, -1)]
    newest = parsed.entries[0]
    assert newest.link == "/posts/" + newest.link.split("/")[2] + "/roses-part-24"
    assert [tag.term for tag in newest.tags] == ["garden", "rose 24"]
    assert newest.authors == [{"name": "Ann Ames"}, {"name": "Rosa Lind"}]
    assert (newest.published, newest.updated) == ("2012-01-05T00:00:00Z", "2012-01-05T00:00:00Z")
    assert newest.summary == "On pruning roses in the garden."
    assert parsed.feed.updated == newest.updated
    assert parsed.feed.title == "roses"


def test_the_words_of_a_search_are_marked_in_its_feed(client: FlaskClient) -> None:
    assert "pruning &lt;mark&gt;roses&lt;/mark&gt; in" in client.get("/search.atom?q=roses").text


def test_the_ids_of_a_feed_last(client: FlaskClient, data: Path, archive: Archive) -> None:
    moved = create_app(Settings(data, "https://elsewhere.example"), archive).test_client()
    here, there = feed(client, "/search.atom?q=roses"), feed(moved, "/search.atom?q=roses")
    assert here.feed.id == there.feed.id
    assert [entry.id for entry in here.entries] == [entry.id for entry in there.entries]
    assert len({here.feed.id, *(entry.id for entry in here.entries)}) == 11
    assert there.entries[0].link.startswith("https://elsewhere.example/posts/")


def test_a_feed_has_pages(client: FlaskClient) -> None:
    parsed = feed(client, "/search.atom?q=roses&page=2")
    pages = {link.rel: link.href for link in parsed.feed.links}
    assert pages["next"] == "/search.atom?q=roses&sort=newest&page=3"
    assert feed(client, pages["previous"]).entries[0].title == "Roses, part 24"


def test_an_undated_post_without_authors_is_a_valid_entry(client: FlaskClient) -> None:
    (entry,) = feed(client, '/search.atom?q="a+few+words"').entries
    assert (entry.title, entry.author, entry.updated) == (
        "A few words and no more.",
        "The Ledger",
        "1970-01-01T00:00:00Z",
    )


def test_control_characters_leave_a_feed_valid(client: FlaskClient) -> None:
    feed(client, "/search.atom?q=a%00b%0c%1b%ef%bf%bf")


@pytest.mark.parametrize(
    ("path", "status", "parameter"),
    [
        ("/search.json?page=-1", 400, "page"),
        ("/search.json?page=1000000000", 400, "page"),
        ("/search.json?size=1e3", 400, "size"),
        ("/search.json?colour=red", 400, "colour"),
        ("/search.json?q=" + "a" * 1001, 400, "q"),
        ("/search.atom?sort=best", 400, "sort"),
        ("/facets/tag.json?size=0", 400, "size"),
        ("/suggest.json?query=x", 400, "query"),
        ("/posts/aaaaaaaaaaa2.json?words=x", 400, "words"),
        ("/posts/zzzzzzzzzzz2.json", 404, None),
        ("/facets/colour.json", 404, None),
        ("/nothing.json", 404, None),
    ],
)
def test_what_goes_wrong_is_a_problem_document(
    client: FlaskClient, path: str, status: int, parameter: str | None
) -> None:
    response = client.get(path)
    problem = response.get_json()
    assert (response.status_code, response.mimetype) == (status, "application/problem+json")
    assert problem["status"] == status
    assert all(isinstance(problem[key], str) and problem[key] for key in ("type", "title", "detail"))
    assert problem.get("parameter") == parameter


def test_a_request_that_changes_things_is_refused(client: FlaskClient) -> None:
    for method in ("POST", "PUT", "DELETE", "PATCH", "OPTIONS"):
        response = client.open("/search.json", method=method)
        assert (response.status_code, response.mimetype) == (405, "application/problem+json")
        assert set(response.headers["Allow"].split(", ")) == {"GET", "HEAD"}
    assert client.head("/search.json").status_code == 200
