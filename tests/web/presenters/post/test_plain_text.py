"""A post as plain text, with how surely each field was read."""

from __future__ import annotations

from dataclasses import replace

from search.model import Origin, PostWithComments
from tests.web.made import ANSWER, COMMENT, DRONES, DRONES_AND_COMMENTS
from web.presenters import words
from web.presenters.post import plain_text

ADDRESS = "https://archive.example/posts/aaaaaaaaaaa2"


def test_a_post_reads_from_its_title_to_its_last_comment() -> None:
    assert plain_text.document(DRONES_AND_COMMENTS, ADDRESS) == (
        f"""\
Drones over the harbour
=======================

Author: Ann Ames
Date: 2 March 2024
Blog: The Ledger
Quotes: Bo Berg in The Times
Tags: drones, harbour
Original: https://ledger.example/drones
Archived at: https://archive.example/posts/aaaaaaaaaaa2

How this was read:
- Title: page.txt, line 3, {words.sureness(0.9)}

Drones were seen over the harbour.

2 comments
----------

Cy, 3 March 2024, 10:00 UTC:
I saw drones too.

    Anonymous, in reply to Cy:
    So did I.
"""
    )


def test_what_is_certain_says_so() -> None:
    certain = replace(DRONES, origins=(Origin("tags", "feed.xml", "entry 2", 1.0),))
    assert "- Tags: feed.xml, entry 2, certain" in plain_text.document(PostWithComments(certain), ADDRESS)


def test_nothing_in_a_post_acts_on_a_terminal_or_feigns_a_fact() -> None:
    hostile = replace(
        DRONES,
        title="\x1b[2Jtitle\nAuthor: me",
        text="a\x00b\u202ec\r\nd\ud800",
        blog=replace(DRONES.blog, name="x\ny"),
    )
    reply = replace(COMMENT, author="Cy\nEve:", text="one\x07\ntwo")
    written = plain_text.document(PostWithComments(hostile, (reply, ANSWER)), ADDRESS)
    assert written.startswith("[2Jtitle Author: me\n===")
    assert "\nBlog: x y\n" in written
    assert "\nabc\nd\n" in written
    assert "\nCy Eve:, 3 March" in written
    assert all(sign.isprintable() or sign == "\n" for sign in written)
    assert written.encode()


def test_a_post_with_nothing_known_is_still_a_text() -> None:
    bare = replace(
        DRONES,
        title="",
        text="",
        authors=(),
        tags=(),
        date=None,
        link="",
        publication="",
        reporters=(),
        origins=(),
    )
    assert plain_text.document(PostWithComments(bare), ADDRESS) == (
        "Untitled\n========\n\n"
        f"Date: undated\nBlog: The Ledger\nArchived at: {ADDRESS}\n\n"
        "0 comments\n----------\n"
    )
