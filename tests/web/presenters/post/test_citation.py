"""A post is cited in words that can be pasted."""

from __future__ import annotations

from dataclasses import replace

from search.model import Blog, Origin, Period
from tests.web.made import BARE, DRONES
from web.presenters.post.citation import citation

ADDRESS = "https://archive.example/posts/aaaaaaaaaaa2"


def test_a_citation_names_author_title_blog_date_original_and_archive() -> None:
    assert citation(DRONES, ADDRESS) == (
        "Ann Ames, “Drones over the harbour”. The Ledger, 2 March 2024. "
        f"https://ledger.example/drones Archived at {ADDRESS}"
    )


def test_a_date_is_cited_as_exactly_as_it_is_known_and_as_surely() -> None:
    guess = (Origin("date", "a.html", "its address", 0.6),)
    assert "The Ledger, probably March 2024." in citation(
        replace(DRONES, date=Period.parse("2024-03"), origins=guess), ADDRESS
    )
    assert "The Ledger, undated." in citation(BARE, ADDRESS)


def test_several_authors_are_named_and_what_is_unknown_is_left_out() -> None:
    assert citation(replace(DRONES, authors=("Ann", "Bo", "Cy")), ADDRESS).startswith("Ann, Bo and Cy, “")
    bare = replace(BARE, blog=Blog(""), link="javascript:alert(1)")
    assert citation(bare, "/posts/bbbbbbbbbbb2") == "“A few words and no more”. undated."
