"""What tells browsers, feed readers and crawlers how to find things: each document is a valid one."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import feedparser
import pytest
from flask.testing import FlaskClient
from lxml import etree

from search.archive import Archive
from search.model import Blog, Period, Post
from search.results import ListedPost
from tests.web.blog import EVIL, POSTS, build
from web.app import create_app
from web.presenters.programs import sitemap
from web.presenters.programs.opensearch import description
from web.settings import Settings

SCHEMAS = Path(__file__).parent / "schemas"
BASE = "https://search.example.org"
ATOM = "{http://www.w3.org/2005/Atom}"
OPENSEARCH = "{http://a9.com/-/spec/opensearch/1.1/}"
LISTED = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


@pytest.fixture
def outside(data: Path, archive: Archive) -> FlaskClient:
    """A site that knows where it is reached from outside."""
    return create_app(Settings(data, BASE, title="Ledgers & Gardens <b> of a Town"), archive).test_client()


def document(client: FlaskClient, path: str, schema: str) -> Any:
    """The document at a path, which is valid."""
    response = client.get(path, headers={"Host": "evil.example", "X-Forwarded-Host": "evil.example"})
    assert response.status_code == 200, response.text
    assert "evil.example" not in response.text
    return valid(response.data, schema)


def valid(content: bytes, schema: str) -> Any:
    root = etree.fromstring(content)
    rules = etree.RelaxNG(etree.parse(SCHEMAS / f"{schema}.rng"))
    assert rules.validate(root), rules.error_log
    return root


FEEDS = (
    "/search.atom",
    "/search.atom?q=roses&page=2",
    "/search.atom?q=evil",
    '/search.atom?q="a+few+words"',
    "/search.atom?q=nothingatall",
    "/search.atom?q=a%00b%0c%1b%ef%bf%bf",
    "/search.atom?size=100",
)


@pytest.mark.parametrize("path", FEEDS)
@pytest.mark.parametrize("base_url", ["", BASE])
def test_every_feed_is_valid(data: Path, archive: Archive, base_url: str, path: str) -> None:
    client = create_app(Settings(data, base_url), archive).test_client()
    feed = document(client, path, "atom")
    parsed = feedparser.parse(BytesIO(client.get(path).data))
    assert not parsed.bozo, parsed.get("bozo_exception")
    assert len(parsed.entries) == len(feed.findall(f"{ATOM}entry"))
    ids = [element.text for element in feed.iter(f"{ATOM}id")]
    assert len(set(ids)) == len(ids)
    for parent in (feed, *feed.findall(f"{ATOM}entry")):
        rels = [link.get("rel") for link in parent.findall(f"{ATOM}link")]
        assert "alternate" in rels
        assert len(set(rels)) == len(rels)
    for link in feed.findall(f"{ATOM}link"):
        assert link.get("href").startswith(f"{base_url}/")


def test_a_feed_is_as_new_as_the_newest_of_its_posts(outside: FlaskClient) -> None:
    feed = document(outside, "/search.atom?q=roses", "atom")
    times = [element.text for element in feed.findall(f"{ATOM}entry/{ATOM}updated")]
    assert feed.findtext(f"{ATOM}updated") == max(times)


def test_a_feed_says_how_much_there_is_and_where(outside: FlaskClient) -> None:
    feed = document(outside, "/search.atom?q=roses&page=2", "atom")
    assert [feed.findtext(OPENSEARCH + name) for name in ("totalResults", "startIndex", "itemsPerPage")] == [
        "25",
        "11",
        "10",
    ]
    links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
    assert set(links) == {"self", "alternate", "search", "first", "previous", "next"}
    for rel in ("self", "first", "previous", "next"):
        document(outside, links[rel].removeprefix(BASE), "atom")
    assert outside.get(links["alternate"].removeprefix(BASE)).mimetype == "text/html"
    assert outside.get(links["search"].removeprefix(BASE)).mimetype == "application/opensearchdescription+xml"


def test_odd_dates_and_addresses_leave_a_feed_valid(tmp_path: Path) -> None:
    odd = Post(
        id="oooooooooooo",
        blog=Blog("Old & <Odd>"),
        title="\u202e\ufffe\x0bodd",
        text="odd",
        authors=(" ",),
        tags=("",),
        date=Period.parse("0987-06-05"),
        link='https://blog.example/a b"<c>^{d}|\\`é',
        language="",
    )
    build(tmp_path, posts=(odd, EVIL), comments=())
    with Archive.open(tmp_path) as archive:
        feed = document(create_app(Settings(tmp_path), archive).test_client(), "/search.atom?q=odd", "atom")
    entry = feed.find(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}updated") == "0987-06-05T00:00:00Z"
    (via,) = [link.get("href") for link in entry.findall(f"{ATOM}link") if link.get("rel") == "via"]
    assert via == "https://blog.example/a%20b%22%3Cc%3E%5E%7Bd%7D%7C%5C%60é"


def test_a_browser_can_search_from_its_address_bar(outside: FlaskClient) -> None:
    described = document(outside, "/opensearch.xml", "opensearch")
    assert described.findtext(f"{OPENSEARCH}ShortName") == "Ledgers"
    assert described.findtext(f"{OPENSEARCH}LongName") == "Ledgers & Gardens <b> of a Town"
    for url in described.findall(f"{OPENSEARCH}Url"):
        template = url.get("template")
        assert template.startswith(f"{BASE}/")
        path = template.removeprefix(BASE).replace("{searchTerms}", "roses").replace("{startPage?}", "")
        response = outside.get(path)
        assert (response.status_code, response.mimetype) == (200, url.get("type"))
    image = described.find(f"{OPENSEARCH}Image")
    assert outside.get(urlsplit(image.text).path).mimetype == image.get("type")


def test_pages_say_where_their_description_is(client: FlaskClient) -> None:
    assert '<link rel="search" type="application/opensearchdescription+xml"' in client.get("/").text


def test_completions_are_lists_of_one_length(outside: FlaskClient) -> None:
    response = outside.get("/suggest/opensearch.json?q=ro")
    typed, texts, kinds, links = response.get_json(force=True)
    assert (typed, response.mimetype) == ("ro", "application/x-suggestions+json")
    assert len(texts) == len(kinds) == len(links) > 1
    for link in links:
        assert outside.get(link.removeprefix(BASE)).status_code == 200


@pytest.mark.parametrize("typed", ["", "%00", "%ff", "x" * 5_000, "%ed%a0%80", "<script>"])
def test_whatever_is_typed_into_an_address_bar_has_an_answer(client: FlaskClient, typed: str) -> None:
    response = client.get(f"/suggest/opensearch.json?q={typed}&lang=de")
    assert response.status_code == 200
    assert len(response.get_json(force=True)) == 4


@pytest.mark.parametrize(
    ("title", "short"),
    [
        ("Blog archive", "Blog archive"),
        ("Ledgers & Gardens", "Ledgers"),
        ("The Low-Down, by Jonathan", "The Low-Down"),
        ("Donaudampfschifffahrt", "Donaudampfschiff"),
        ("x" * 16, "x" * 16),
    ],
)
def test_a_short_name_ends_with_a_word(title: str, short: str) -> None:
    assert description(title, "about", "image/svg+xml", BASE.__add__).short_name == short


def test_crawlers_find_every_post(outside: FlaskClient) -> None:
    robots = outside.get("/robots.txt").text
    (index,) = [line.split()[1] for line in robots.splitlines() if line.startswith("Sitemap:")]
    found = []
    for part in document(outside, index.removeprefix(BASE), "sitemap").iter(f"{LISTED}loc"):
        listed = document(outside, part.text.removeprefix(BASE), "sitemap")
        found += [place.text for place in listed.iter(f"{LISTED}loc")]
    assert len(found) == len(POSTS)
    for place in found:
        response = outside.get(place.removeprefix(BASE))
        assert response.status_code == 200
        assert '<link rel="canonical" href="' in response.text


@pytest.mark.parametrize("number", ["0", "2", "999999999999999999999", "-1", "x", "1.5"])
def test_there_are_no_other_parts(client: FlaskClient, number: str) -> None:
    assert client.get(f"/sitemap-{number}.xml").status_code == 404


def test_an_empty_archive_has_an_empty_list(tmp_path: Path) -> None:
    build(tmp_path, posts=(), comments=())
    with Archive.open(tmp_path) as archive:
        client = create_app(Settings(tmp_path), archive).test_client()
        assert "/sitemap-1.xml" in client.get("/sitemap.xml").text
        assert "<url>" not in client.get("/sitemap-1.xml").text


def test_a_large_archive_has_many_parts_which_are_small() -> None:
    posts = 2 * sitemap.PART + 1

    def listing(start: int, size: int) -> list[ListedPost]:
        numbers = range(start, min(start + size, posts))
        return [
            ListedPost(f"{number:012d}", "Ü & <b> " * 99, Period.parse("2024-02-29")) for number in numbers
        ]

    def at(path: str) -> str:
        return BASE + path

    index = valid(sitemap.index(posts, at).encode(), "sitemap")
    assert len(index) == 3
    parts = ["".join(sitemap.part(number, listing, at)).encode() for number in (1, 2, 3)]
    assert [len(valid(part, "sitemap")) for part in parts] == [sitemap.PART, sitemap.PART, 1]
    assert len(parts[0]) < 50_000_000


@pytest.mark.parametrize(
    ("date", "modified"),
    [
        ("2024-02-29", "<lastmod>2024-02-29</lastmod>"),
        ("2024-02-29T10:00:00+02:00", "<lastmod>2024-02-29T08:00:00Z</lastmod>"),
        ("2024-02", ""),
        ("2024", ""),
    ],
)
def test_only_days_and_times_stand_in_a_sitemap(date: str, modified: str) -> None:
    posts = (ListedPost("aaaaaaaaaaa2", "A", Period.parse(date)),)
    part = "".join(sitemap.part(1, lambda start, size: posts, str))
    assert ("<lastmod>" in part) is bool(modified)
    assert modified in part


def test_without_a_base_url_addresses_are_where_the_server_listens(data: Path, archive: Archive) -> None:
    client = create_app(Settings(data), archive, address="http://127.0.0.1:8080").test_client()
    for path in ("/opensearch.xml", "/sitemap.xml", "/sitemap-1.xml", "/robots.txt"):
        response = client.get(path, headers={"Host": "evil.example"})
        assert "http://127.0.0.1:8080/" in response.text
        assert "evil.example" not in response.text
