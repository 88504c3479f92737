"""A post as BibTeX: exactly what is known, and nothing that TeX or BibTeX would act on."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.model import Blog, Origin, Period
from tests.web.made import BARE, DRONES
from web.presenters.post import bibtex

ADDRESS = "https://archive.example/posts/aaaaaaaaaaa2"


def test_an_entry_says_what_is_known() -> None:
    assert bibtex.entry(DRONES, ADDRESS) == (
        "@misc{ames2024drones-aaaaaaaaaaa2,\n"
        "  author = {Ann Ames},\n"
        "  title = {{Drones over the harbour}},\n"
        "  howpublished = {The Ledger},\n"
        "  year = {2024},\n"
        "  month = mar,\n"
        "  day = {2},\n"
        "  url = {https://ledger.example/drones},\n"
        f"  note = {{Archived at {ADDRESS}}}\n"
        "}\n"
    )


def test_what_is_not_known_is_left_out() -> None:
    assert bibtex.entry(BARE, "/posts/bbbbbbbbbbb2") == (
        "@misc{bbbbbbbbbbb2,\n  title = {{A few words and no more}},\n  howpublished = {The Ledger}\n}\n"
    )


@pytest.mark.parametrize(
    ("date", "fields"),
    [("2024", "year = {2024}"), ("2024-12", "year = {2024},\n  month = dec")],
)
def test_a_date_is_as_exact_as_it_is_known(date: str, fields: str) -> None:
    written = bibtex.entry(replace(DRONES, date=Period.parse(date)), ADDRESS)
    assert f"{fields},\n  url" in written


def test_a_date_that_was_guessed_says_so() -> None:
    guessed = replace(DRONES, origins=(Origin("date", "a.html", "its address", 0.7),))
    assert f"note = {{Archived at {ADDRESS}; the date is 70\\% sure}}" in bibtex.entry(guessed, ADDRESS)


def test_what_tex_would_act_on_is_printed_instead() -> None:
    written = bibtex.entry(replace(DRONES, title="100% \\input{x} {$_a^2 & #1~"), ADDRESS)
    assert (
        r"title = {{100\% \textbackslash{}input\textbraceleft{}x\textbraceright{} "
        r"\textbraceleft{}\$\_a\textasciicircum{}2 \& \#1\textasciitilde{}}}"
    ) in written


def test_a_name_that_reads_like_several_stays_one() -> None:
    written = bibtex.entry(replace(DRONES, authors=("Ann Ames", "Sand and Sea", "Berg, Bo")), ADDRESS)
    assert "author = {Ann Ames and {Sand and Sea} and {Berg, Bo}}" in written


TEXT = st.text(max_size=30)


@settings(deadline=None)
@given(TEXT, TEXT, TEXT, st.text("https://x{}\\ \n%", max_size=20))
def test_no_post_ends_its_fields_before_their_end(title: str, author: str, blog: str, link: str) -> None:
    hostile = replace(DRONES, title=title, authors=(author,), blog=Blog(blog), link=f"https://x/{link}")
    written = bibtex.entry(hostile, ADDRESS)
    depth = 0
    for n, sign in enumerate(written):
        depth += {"{": 1, "}": -1}.get(sign, 0)
        assert depth > 0 or n < len("@misc") or n >= len(written) - 2
    assert depth == 0
    assert all(line.startswith(("@misc{", "  ", "}")) for line in written.splitlines())
    assert written.encode()
