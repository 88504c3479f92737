"""Who looks for nothing in particular is shown where to begin."""

from __future__ import annotations

from pathlib import Path

from search.archive import Archive
from tests.web.blog import build
from tests.web.conftest import Page
from tests.web.reading import links
from web.app import create_app
from web.settings import Settings


def test_years_tags_authors_and_blogs_lead_to_their_posts(page: Page) -> None:
    assert links(page("/browse"), ".timeline li a")["2011, 12 posts"] == "/search?date=2011"
    values = links(page("/browse"), "section a.value")
    assert values["garden, 25 posts"] == "/search?tag=garden"
    assert values["Ann Ames, 14 posts"] == "/search?author=Ann+Ames"
    assert values["Garden Notes, 25 posts"] == "/search?blog=Garden+Notes"


def test_a_shelf_with_more_values_leads_to_all_of_them(page: Page) -> None:
    assert "/facets/tag" in links(page("/browse"), ".more a").values()


def test_links_to_it_are_on_the_first_page_and_every_link_is_followed_to_something(page: Page) -> None:
    assert page("/").css("main a[href='/browse']")
    for address in links(page("/browse"), "main a").values():
        assert page(address)


def test_an_empty_archive_has_nothing_to_browse(tmp_path: Path) -> None:
    build(tmp_path, posts=(), comments=())
    with Archive.open(tmp_path) as archive:
        response = create_app(Settings(tmp_path), archive).test_client().get("/browse")
    assert response.status_code == 200
    assert "The archive is empty" in response.text
