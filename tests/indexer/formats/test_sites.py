"""The settings and addresses of static sites, and that no text of one does harm."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

import pytest

from indexer.formats.sites.asciidoc import asciidoc_markdown
from indexer.formats.sites.metadata_block import split
from indexer.formats.sites.org import org_markdown
from indexer.formats.sites.permalinks import Page, link_of
from indexer.formats.sites.python_settings import python_settings
from indexer.formats.sites.rest import rest_header, rest_html
from indexer.formats.sites.settings import Generator, Site

FERRY = Page(
    path=PurePosixPath("_posts/2012-03-04-the-ferry.md"),
    title="The ferry, again",
    slug="the-ferry",
    date="2012-03-04 10:05:06",
    categories=("Big boats",),
)


def link(generator: Generator, page: Page, **settings: object) -> str:
    site = Site(generator, PurePosixPath(), {"url": "https://harbour.example/", **settings})
    return link_of(site, page).removeprefix("https://harbour.example")


@pytest.mark.parametrize(
    ("style", "expected"),
    [
        ("", "/big-boats/2012/03/04/the-ferry.html"),
        ("date", "/big-boats/2012/03/04/the-ferry.html"),
        ("pretty", "/big-boats/2012/03/04/the-ferry/"),
        ("ordinal", "/big-boats/2012/064/the-ferry.html"),
        ("none", "/big-boats/the-ferry.html"),
        ("/:short_year/:i_month/:i_day/:short_month/:title", "/12/3/4/Mar/the-ferry"),
        ("/:collection/:path", ""),
    ],
)
def test_jekyll_fills_its_styles_and_patterns(style: str, expected: str) -> None:
    assert link(Generator.JEKYLL, FERRY, permalink=style) == expected


def test_jekyll_takes_the_default_for_posts_before_the_one_for_the_site() -> None:
    defaults = [{"scope": {"path": "", "type": "posts"}, "values": {"permalink": "/p/:title/"}}]
    assert link(Generator.JEKYLL, FERRY, permalink="none", defaults=defaults) == "/p/the-ferry/"


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("{slug}.html", "/the-ferry-again.html"),
        ("{date:%Y}/{date:%b}/{category}/{slug}/index.html", "/2012/Mar/big-boats/the-ferry-again/"),
        ("{unheard}/{slug}", ""),
    ],
)
def test_pelican_fills_its_patterns(pattern: str, expected: str) -> None:
    assert link(Generator.PELICAN, FERRY, article_url=pattern) == expected


@pytest.mark.parametrize("generator", [Generator.JEKYLL, Generator.HEXO, Generator.HUGO])
def test_a_pattern_that_needs_a_day_gives_no_address_without_one(generator: Generator) -> None:
    paths = {Generator.HEXO: "source/_posts/a.md", Generator.HUGO: "content/posts/a.md"}
    page = Page(PurePosixPath(paths.get(generator, "_posts/a.md")), "A", "a", date="someday")
    permalinks = {"posts": "/:year/:slug/"}
    permalink = permalinks if generator is Generator.HUGO else ":year/:title/"
    assert link(generator, page, permalinks=permalinks, permalink=permalink) == ""


@pytest.mark.parametrize(
    "address",
    ["", "/", "http://localhost:4000", "http://example.com", "https://your-domain.com", "{{ url }}"],
)
def test_an_address_that_every_new_site_has_is_none(address: str) -> None:
    site = Site(Generator.JEKYLL, PurePosixPath(), {"url": address, "title": "Harbour"})
    assert (site.address, site.blog.name, link_of(site, FERRY)) == ("", "Harbour", "")


def test_python_settings_are_read_without_being_run() -> None:
    text = 'import os\nA = "one"\nB = (("x", 1),)\nC = os.getcwd()\nraise SystemExit\nA = u"two"\n'
    assert python_settings(text) == {"A": "two", "B": (("x", 1),)}


@pytest.mark.parametrize(
    "text", ["A = 'one'\nprint 'an old Python'\n", "A = 'one'\nB = " + "(" * 5_000, "A = 'one'\n\0"]
)
def test_settings_that_are_no_python_are_read_line_by_line(text: str) -> None:
    assert python_settings(text) == {"A": "one"}


def test_restructured_text_opens_no_file_and_keeps_no_markup_of_its_own() -> None:
    text = "Before.\n\n.. include:: /etc/hostname\n\n.. raw:: html\n\n   <script>x</script>\n\nAfter.\n"
    assert rest_html(text) == "<p>Before.</p>\n<p>After.</p>\n"


@pytest.mark.parametrize("directive", [".. image::", ".. figure::", "See |it|.\n\n.. |it| image::"])
def test_pictures_are_linked_and_never_read(directive: str, tmp_path: Path) -> None:
    (tmp_path / "secret.svg").write_text("<svg>SECRET</svg>")
    html = rest_html(f"{directive} {tmp_path}/secret.svg\n   :loading: embed\n   :scale: 50\n\nAfter.\n")
    assert html is not None
    assert "SECRET" not in html
    assert "data:" not in html
    assert "secret.svg" in html


def test_what_docutils_does_not_know_is_kept_as_text() -> None:
    html = rest_html("See :doc:`the list <list>`.\n\n.. youtube:: abc\n   :width: 10\n\n   Rain.\n")
    assert html is not None
    assert "the list" in html
    assert "Rain." in html


@pytest.mark.parametrize(
    "text",
    ["a* " * 20_000, "`a " * 20_000, "+-" * 20_000, "a\n=\n" * 20_000, "a\n b\n" * 20_000, "- " * 20_000],
    ids=["stars", "quotes", "table", "titles", "terms", "items"],
)
def test_what_would_take_docutils_long_is_left_to_be_read_as_text(text: str) -> None:
    assert rest_html(text) is None


def test_fields_of_restructured_text_may_go_on_over_lines() -> None:
    block = rest_header("Title\n=====\n\n:tags: a,\n  b\n:date: 2012\n\nText.\n")
    assert block is not None
    assert block.fields == {"title": "Title", "tags": "a, b", "date": "2012"}
    assert block.body.strip() == "Text."


def test_targets_of_restructured_text_are_no_metadata() -> None:
    assert split(".. _home: https://harbour.example\n\nText.\n") is None


def test_a_listing_that_is_never_closed_hides_nothing() -> None:
    assert "two" in asciidoc_markdown("----\none\n\ntwo\n")
    assert "two" in org_markdown("#+BEGIN_SRC\none\n\ntwo\n")
