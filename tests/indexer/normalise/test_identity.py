from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.normalise.identity import blog_identity, canonical_link, comment_id, post_id


def test_ids_are_twelve_characters_and_never_change() -> None:
    assert post_id("blog.example", "guid-1", "", "", "") == "2cdzccu6t6ki"
    assert comment_id("2cdzccu6t6ki", "7") == "5rlp3t5h6oio"


@given(st.text(), st.text(), st.text(), st.text(), st.text())
def test_any_text_gives_an_id(blog: str, own_id: str, link: str, title: str, day: str) -> None:
    assert re.fullmatch("[a-z2-7]{12}", post_id(blog, own_id, link, title, day))


def test_a_posts_own_id_counts_before_its_link_and_that_before_its_title() -> None:
    assert post_id("b", "1", "https://x/1", "t", "d") == post_id("b", "1", "https://x/2", "u", "e")
    assert post_id("b", "", "https://x/1", "t", "d") == post_id("b", "", "http://www.x/1/#c", "u", "e")
    assert (
        post_id("b", "", "", "Title", "d")
        == post_id("b", "", "", "title", "d")
        != post_id("b", "", "", "t", "e")
    )
    assert post_id("b", "1", "", "", "") != post_id("c", "1", "", "", "")


def test_bloggers_own_ids_are_of_the_same_post_whatever_its_blog_is_called() -> None:
    own_id = "tag:blogger.com,1999:blog-12.post-34"
    assert post_id("sea.example", own_id, "", "", "") == post_id("sea", own_id, "https://sea/1", "t", "d")
    assert post_id("sea", own_id, "", "", "") != post_id("sea", own_id + "5", "", "", "")


def test_fields_do_not_run_into_each_other() -> None:
    assert post_id("ab", "c", "", "", "") != post_id("a", "bc", "", "", "")


def test_a_comments_link_counts_only_with_its_anchor() -> None:
    link = "https://x/post"
    assert comment_id("p", "", link=link + "#c1", text="a") == comment_id(
        "p", "", link=link + "#c1", text="b"
    )
    assert comment_id("p", "", link=link, text="a") != comment_id("p", "", link=link, text="b")


@pytest.mark.parametrize(
    "link",
    [
        "http://www.blog.example/post?p=1",
        "https://blog.example:443/post/?p=1#comments",
        "HTTP://BLOG.example:80/post?utm_source=x&p=1&fbclid=3",
    ],
)
def test_links_that_lead_to_the_same_place_are_the_same(link: str) -> None:
    assert canonical_link(link) == "blog.example/post?p=1"


@pytest.mark.parametrize("link", ["", "http://[bad", "http://a:port/", "not a link"])
def test_a_broken_link_is_still_a_name(link: str) -> None:
    assert canonical_link(link) == canonical_link(link)
    assert re.fullmatch("[a-z2-7]{12}", post_id("b", "", link, "", ""))


def test_a_blog_is_known_by_its_given_name_then_its_address_then_its_own_name() -> None:
    assert blog_identity("My  Blog", "https://a.example/", "x") == "my blog"
    assert blog_identity("", "https://www.a.example/blog/", "x") == "a.example/blog"
    assert blog_identity("", "", " The  Blog") == "the blog"
