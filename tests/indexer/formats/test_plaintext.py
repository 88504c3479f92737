from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest

from indexer.formats import plaintext
from indexer.formats.plaintext_words import comment_count, commenter, date_in, is_time, owner_in
from indexer.record import RawComment, RawPost, Reading, Skipped
from indexer.source import Source
from search.errors import SourceRefused


def source(text: str | bytes, name: str = "page.txt") -> Source:
    data = text.encode() if isinstance(text, str) else text
    return Source(name, lambda: BytesIO(data), len(data))


def read_post(text: str) -> RawPost:
    post = next(plaintext.read(source(text)))
    assert isinstance(post, RawPost)
    return post


def page(*, blog: str = "A Blog by Ada Low", date: str = "Mar 2, 2025", below: str = "The body.") -> str:
    return f"{blog}\n\n{date}\n\nThe Title\n\n{below}\n\n0 comments:\n\nPost a Comment"


@pytest.mark.parametrize(
    "date",
    [
        "Mar 2, 2025",
        "March 2, 2025",
        "Sunday, March 2, 2025",
        "Saturday, June 14, 2008",
        "14 June 2008",
        "Sept. 3rd, 2010",
        "2008-06-14",
        "14.06.2008",
        "06/14/2008",
        "June 2008",
        "Sonntag, 2. März 2025",
        "dimanche 2 mars 2025",
        "1er août 2012",
        "domingo, 2 de marzo de 2025",
        "domenica 2 marzo 2025",
        "terça-feira, 4 de março de 2025",
        "zondag 2 maart 2025",
        "March 3, 2025 at 4:12 PM",
        "2 mars 2025 à 16:12",
        "2025-03-02T16:12:00+01:00",
    ],
)
def test_a_line_is_a_date_in_any_of_the_forms_blogs_use(date: str) -> None:
    assert date_in(date) == date


@pytest.mark.parametrize(
    "line",
    ["", "2025", "March", "It was March 2, 2025", "Chapter 3, 2025", "March of 1000 men", "10,000 2025"],
)
def test_a_line_that_only_mentions_a_date_is_none(line: str) -> None:
    assert not date_in(line)


def test_a_date_is_handed_on_without_the_words_before_it() -> None:
    assert date_in("Posted on Sunday, March 2, 2025") == "Sunday, March 2, 2025"


def test_only_a_date_with_a_time_ends_a_comment() -> None:
    assert is_time("3/3/25, 4:12 PM")
    assert is_time("5:06 PM, March 04, 2006")
    assert not is_time("March 3, 2025")


@pytest.mark.parametrize(
    ("line", "count"),
    [
        ("0 comments:", 0), ("1 comment", 1), ("12 Comments:", 12), ("No comments:", -1), ("Comments:", -1),
        ("3 Kommentare:", 3), ("2 commentaires :", 2), ("Aucun commentaire:", -1), ("5 comentarios:", 5),
        ("1 commento:", 1), ("4 comentários:", 4), ("7 reacties:", 7),
        ("comments", None), ("He had 3 comments: all bad", None), ("three comments:", None),
    ],
)  # fmt: skip
def test_the_line_above_the_comments_says_how_many(line: str, count: int | None) -> None:
    assert comment_count(line) == count


@pytest.mark.parametrize(
    "line",
    [
        "Jo Ö. said...", "Jo Ö. hat gesagt…", "Jo Ö. a dit…", "Jo Ö. dijo...", "Jo Ö. ha detto...",
        "Jo Ö. disse...",
        "Jo Ö. zei...",
    ],
)  # fmt: skip
def test_a_commenter_is_named_in_the_language_of_the_blog(line: str) -> None:
    assert commenter(line) == "Jo Ö."
    assert not commenter(line.rstrip(".…"))


@pytest.mark.parametrize(
    ("line", "owner"),
    [
        ("A Blog by Ada Low", "Ada Low"), ("The personal blog of Ada Low", "Ada Low"),
        ("Ada Low's Blog", "Ada Low"),
        ("Ada Low’s Travel Weblog", "Ada Low"), ("Ein Blog von Jörg Öhm", "Jörg Öhm"),
        ("Le blog d'Anne Quai", "Anne Quai"), ("El blog de Inés Mar", "Inés Mar"), ("De blog van Jan", "Jan"),
        ("The Pier", ""), ("A blog by the sea", ""), ("Blog", ""),
    ],
)  # fmt: skip
def test_a_blogs_name_may_name_its_owner(line: str, owner: str) -> None:
    assert owner_in(line) == owner


@pytest.mark.parametrize("signature", ["AL", "A.L.", "- AL", "— AL"])
def test_initials_of_the_owner_sign_a_summary_and_are_no_part_of_it(signature: str) -> None:
    post = read_post(page(below=f"Why it matters. {signature}\u00a0\n\nThe body."))
    assert (post.summary, post.body) == ("Why it matters.", "The body.")
    assert Reading("authors", "line 1", 0.95) in post.readings


@pytest.mark.parametrize("end", ["It is in the USA", "He said no.", "He works for IBM"])
def test_capitals_that_end_a_sentence_are_no_signature(end: str) -> None:
    assert read_post(page(below=f"{end}\n\nThe body.")).summary == ""


@pytest.mark.parametrize(
    ("line", "reporters", "publication"),
    [
        ("Max Lee comments in Wired:", ("Max Lee",), "Wired"),
        ("Max Lee writes in the New York Times:", ("Max Lee",), "New York Times"),
        ("Max Lee and Ida Wells explain in The Economist:", ("Max Lee", "Ida Wells"), "The Economist"),
        ("Max Lee, Ida Wells and Kim Oh argue in Nature:", ("Max Lee", "Ida Wells", "Kim Oh"), "Nature"),
        ("Max Lee notes in Slate:", ("Max Lee",), "Slate"),
    ],
)
def test_the_byline_says_whom_the_post_quotes(
    line: str, reporters: tuple[str, ...], publication: str
) -> None:
    post = read_post(page(below=f"A summary.\n\n{line}\n\nThe body."))
    assert (post.reporters, post.summary, post.body) == (reporters, "A summary.", "The body.")
    assert post.publication.removeprefix("The ") == publication.removeprefix("The ")


def test_every_line_ends_up_in_exactly_one_field() -> None:
    words = [f"word{number}" for number in range(40)]
    text = page(below="\n\n".join(words)).replace(
        "Post a Comment", "before\n\nPost a Comment\n\nafter\n\nOlder Post"
    )
    post = read_post("tagline\n" + text)
    fields = [post.blog.name, post.title, post.summary, *post.body.split("\n\n")]
    assert [field for field in fields if field in {"tagline", "before", "after", *words}] == [
        "tagline", *words, "before", "after",
    ]  # fmt: skip


def test_text_that_is_no_page_is_skipped_with_a_reason() -> None:
    assert list(plaintext.read(source("Milk, bread.\n"))) == [
        Skipped("the file", "none of its first 8 lines is a date, as a blog's page has")
    ]


@pytest.mark.parametrize(
    ("name", "data", "recognised"),
    [
        ("page.txt", b"anything at all", True),
        ("page", b"A Blog\n\nMar 2, 2025\n\nTitle", True),
        ("page.txt", "A Blog\n".encode("utf-16"), True),
        ("page", b"anything at all", False),
        ("page.txt", b"<html><p>Mar 2, 2025", False),
        ("page.txt", b"\0\0\0\0", False),
        ("data.json", b"{}", False),
        ("code.py", b"import os\n", False),
    ],
)
def test_text_without_markup_is_recognised(name: str, data: bytes, recognised: bool) -> None:
    assert plaintext.sniff(source(data, name)) is recognised


@pytest.mark.parametrize(
    "line", ["said... " * 200_000, "a' " * 300_000, ". " * 500_000, "reply " * 200_000, "Mar 2, " * 200_000]
)
def test_a_long_line_is_read_once(line: str) -> None:
    (post, *_) = plaintext.read(source(page(below=f"{line}\n\n3 comments:\n\n{line}", blog=line)))
    assert isinstance(post, RawPost)


def test_a_file_too_large_to_hold_is_refused() -> None:
    with pytest.raises(SourceRefused, match="larger than 10 MB"):
        list(plaintext.read(source(b"x" * 10_000_001)))


def test_the_page_the_project_began_with(seed: Path) -> None:
    (path,) = seed.glob("*.txt")
    post, *comments = plaintext.read(source(path.read_bytes(), path.name))
    assert isinstance(post, RawPost)
    assert comments == []
    assert post.blog.name == "A Blog by Jonathan Low"
    assert post.authors == ("Jonathan Low",)
    assert post.published == ("Mar 2, 2025",)
    assert post.title.startswith("Ukraine Advances In Kursk")
    assert post.title.endswith("Trump Claims")
    assert post.summary.startswith("Despite Trump's false claims")
    assert post.summary.endswith("authoritarian designs.")
    assert (post.reporters, post.publication) == (("David Axe",), "Forbes")
    paragraphs = post.body.split("\n\n")
    assert len(paragraphs) == 15
    assert "Accidental reveal" in paragraphs
    assert paragraphs[0].startswith("Despite Trump’s insistence")
    assert paragraphs[-1].endswith("as they’ve retreated.")
    assert {reading.field: reading.where for reading in post.readings} == {
        "blog": "line 1", "authors": "line 1", "date": "line 5", "title": "line 7", "summary": "lines 9-11",
        "reporters": "line 13", "publication": "line 13", "text": "lines 15-49",
    }  # fmt: skip
    assert all(reading.confidence >= 0.9 for reading in post.readings)


def test_a_name_over_a_time_begins_a_comment_also_where_no_button_ended_the_last() -> None:
    comments = "2 comments:\n\nJo\nMarch 3, 2025 at 4:12 PM\nYes.\n\nMax Lee\nMarch 4, 2025 at 5:00 PM\nNo."
    _, *found = plaintext.read(source(page().replace("0 comments:", comments)))
    assert [(c.author, c.body) for c in found if isinstance(c, RawComment)] == [
        ("Jo", "Yes."),
        ("Max Lee", "No."),
    ]


def test_times_without_names_are_kept_in_the_body() -> None:
    time = "March 3, 2025 at 4:12 PM"
    post = read_post(page().replace("0 comments:", f"3 comments:\n\n{time}\n\n{time}"))
    assert post.body == f"The body.\n\n{time}\n\n{time}"


def test_comments_follow_their_post() -> None:
    text = page().replace("0 comments:", "1 comment:\n\nJo said...\n\nYes.\n\nMarch 3, 2025 at 4:12 PM")
    post, comment = plaintext.read(source(text))
    assert isinstance(post, RawPost)
    assert isinstance(comment, RawComment)
    assert (comment.author, comment.body, comment.published) == ("Jo", "Yes.", ("March 3, 2025 at 4:12 PM",))
