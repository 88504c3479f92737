from __future__ import annotations

from pathlib import Path

import pytest

from indexer.formats import medium
from indexer.record import RawPost, Skipped
from tests.indexer.formats.sources import source_of

ID = "0a1b2c3d4e5f"


def page(title: str, body: str, footer: str = "", name: str = f"posts/2018-08-11_x-{ID}.html") -> RawPost:
    post = record(title, body, footer, name)
    assert isinstance(post, RawPost)
    return post


def record(title: str, body: str, footer: str, name: str) -> RawPost | Skipped:
    footer = footer or f'<a href="https://medium.com/@jo/x-{ID}" class="p-canonical">Canonical link</a>'
    text = (
        f'<body><article class="h-entry"><header><h1 class="p-name">{title}</h1></header>'
        f'<section data-field="body" class="e-content">{body}</section>'
        f"<footer>{footer}</footer></article></body>"
    )
    source = source_of(text.encode(), name)
    assert medium.sniff(source)
    (only,) = medium.read(source)
    return only


@pytest.mark.parametrize(
    ("title", "body", "left_out"),
    [
        ("I agree", '<p class="graf">I agree with all of it.</p>', "response"),
        ("I agree with…", '<p class="graf">I agree with all of it.</p>', "response"),
        ("You wrote", '<blockquote class="graf">You wrote</blockquote><p class="graf">Yes.</p>', "response"),
        ("A boat", '<h3 class="graf graf--title">A boat</h3><p class="graf">Once there was</p>', ""),
        ("A boat", '<p class="graf graf--title">A boat</p><p class="graf">Once there was</p>', ""),
        ("A boat", '<p class="graf">Once there was a boat.</p>', ""),
        ("A boat", '<figure class="graf"></figure><h3 class="graf graf--title">A boat</h3>', ""),
    ],
)
def test_a_response_is_what_has_no_title_of_its_own(title: str, body: str, left_out: str) -> None:
    assert page(title, body).left_out == left_out


def test_a_page_without_its_link_or_called_a_draft_is_one() -> None:
    body = '<h3 class="graf graf--title">A boat</h3>'
    assert (
        page("A boat", body, '<p><a href="https://medium.com/p/1">View original.</a></p>').left_out == "draft"
    )
    assert page("A boat", body, name=f"posts/draft_A-boat-{ID}.html").left_out == "draft"


@pytest.mark.parametrize(
    "footer",
    [
        f'<a href="https://medium.com/p/{ID}">x</a><a href="https://jo.example/b" class="p-canonical">x</a>',
        f'<a href="https://medium.com/@jo/a-boat-{ID}" class="p-canonical">x</a>',
        f'<a href="https://medium.com/@jo/{ID}" class="p-canonical">x</a>',
        f'<a href="https://medium.com/@jo/a-boat-{ID}?source=export" class="p-canonical">x</a>',
        '<a href="https://jo.example/boat" class="p-canonical">named by its file</a>',
    ],
)
def test_a_post_has_the_id_that_it_has_in_feeds(footer: str) -> None:
    assert page("A boat", '<p class="graf">Once</p>', footer).own_id == f"https://medium.com/p/{ID}"


def test_a_saved_page_of_another_site_is_not_of_the_export() -> None:
    text = b'<html><body><article class="h-entry"><div class="e-content">x</div></article></body></html>'
    assert not medium.sniff(source_of(text, "page.html"))


def test_real_exports_give_their_posts(samples: Path) -> None:
    found = [
        post
        for path in sorted((samples / "medium_html").glob("*.html"))
        for post in medium.read(source_of(path.read_bytes(), path.name))
        if isinstance(post, RawPost) and not post.left_out
    ]
    assert len(found) == 7
    assert all(post.title and post.body and post.authors and post.link for post in found)


def test_a_post_whose_footer_its_text_hides_is_no_draft() -> None:
    hidden = record("A boat", "<div>" * 100_000, "", "posts/2018-08-11_x.html")
    assert isinstance(hidden, Skipped)
    assert "footer" in hidden.why
