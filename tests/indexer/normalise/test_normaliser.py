from __future__ import annotations

import dataclasses
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.normalise.normaliser import LeftOut, Normaliser
from indexer.record import Hint, Markup, RawBlog, RawComment, RawPost, Reading
from search.model import Blog, Origin
from search.sameness.origins import origins_of, sureness

NOW = datetime(2026, 6, 1, tzinfo=UTC)
BLOG = RawBlog("The Blog", "https://www.blog.example/", "en-GB")
RAW = RawPost(
    where="item 1",
    blog=BLOG,
    own_id="guid-1",
    title="  A\n title ",
    body="<p>Hello <b>there</b></p><p>David Axe reports in Forbes:</p><p>News.</p>",
    authors=("jane@example.org (Jane Doe)", "jane doe", "bob@example.org"),
    tags=("War", "war", " Peace  now "),
    published=("0000-00-00 00:00:00", "2014-05-06 12:00:00"),
    link="/2014/05/post/",
)


@pytest.fixture
def normaliser() -> Normaliser:
    return Normaliser(fallback_blog="export", now=NOW)


def test_a_post_is_made_of_a_formats_own_words(normaliser: Normaliser) -> None:
    post = normaliser.post(RAW, "export.xml")
    assert post.blog == Blog("The Blog", "https://www.blog.example/")
    assert post.title == "A title"
    assert post.text == "Hello there\nDavid Axe reports in Forbes:\nNews."
    assert post.authors == ("Jane Doe",)
    assert post.tags == ("War", "Peace now")
    assert str(post.date) == "2014-05-06T12:00:00Z"
    assert post.link == "https://www.blog.example/2014/05/post/"
    assert post.language == "en"
    assert not normaliser.warnings


def test_a_byline_found_in_the_text_is_marked_as_a_guess(normaliser: Normaliser) -> None:
    post = normaliser.post(RAW, "export.xml")
    assert (post.reporters, post.publication) == (("David Axe",), "Forbes")
    first_paragraphs = Origin("reporters", "export.xml", "item 1, first paragraphs", 0.95)
    assert origins_of(post, "reporters") == (first_paragraphs,)
    assert origins_of(post, "publication") == (dataclasses.replace(first_paragraphs, field="publication"),)


def test_what_the_source_states_is_from_its_record_and_sure(normaliser: Normaliser) -> None:
    post = normaliser.post(RAW, "export.xml")
    assert origins_of(post, "title") == (Origin("title", "export.xml", "item 1", 1.0),)


def test_a_language_that_only_the_blog_declares_is_marked_as_a_guess(normaliser: Normaliser) -> None:
    declared = dataclasses.replace(RAW, language="en")
    assert sureness(normaliser.post(RAW, "export.xml"), "language") < 1
    assert sureness(normaliser.post(declared, "export.xml"), "language") == 1


def test_a_blog_named_by_its_address_or_file_is_marked_as_a_guess(normaliser: Normaliser) -> None:
    sure = [
        sureness(normaliser.post(dataclasses.replace(RAW, blog=blog), "export.xml"), "blog")
        for blog in (BLOG, RawBlog(link="https://blog.example"), RawBlog())
    ]
    assert sure == sorted(sure, reverse=True)
    assert sure[0] == 1 > sure[1] > sure[2]


def test_what_a_format_read_itself_is_not_guessed_again(normaliser: Normaliser) -> None:
    raw = dataclasses.replace(
        RAW, publication="Wired", reporters=("Ann Lee",), readings=(Reading("publication", "line 3", 0.7),)
    )
    post = normaliser.post(raw, "page.txt")
    assert (post.reporters, post.publication) == (("Ann Lee",), "Wired")
    assert origins_of(post, "publication") == (Origin("publication", "page.txt", "line 3", 0.7),)


def test_a_post_has_the_same_id_from_every_source_and_with_every_edit(normaliser: Normaliser) -> None:
    edited = dataclasses.replace(RAW, where="entry 9", title="Other", published=(), link="")
    assert normaliser.post(RAW, "a.xml").id == normaliser.post(edited, "b.atom").id
    other = dataclasses.replace(RAW, blog=RawBlog("The Blog", "https://other.example/"))
    assert normaliser.post(RAW, "a.xml").id != normaliser.post(other, "a.xml").id


def test_untitled_posts_of_one_day_have_ids_of_their_own(normaliser: Normaliser) -> None:
    first, second = (
        normaliser.post(RawPost("1", body=body, published=("2014-05-06",)), "s") for body in ("<p>a", "<p>b")
    )
    assert first.title == second.title == ""
    assert first.id != second.id


@pytest.mark.parametrize(
    ("given_name", "raw", "name"),
    [
        ("Mine", BLOG, "Mine"),
        ("", BLOG, "The Blog"),
        ("", RawBlog(link="https://blog.example/x"), "blog.example"),
        ("", RawBlog(), "export"),
    ],
)
def test_a_blog_is_called_what_the_user_or_the_source_calls_it(
    given_name: str, raw: RawBlog, name: str
) -> None:
    post = Normaliser(given_name, "export").post(RawPost("1", blog=raw, title="T"), "s")
    assert post.blog.name == name


def test_titles_in_html_are_read_and_others_left_as_they_are(normaliser: Normaliser) -> None:
    assert normaliser.post(RawPost("1", title="a &amp; <i>b</i>"), "s").title == "a &amp; <i>b</i>"
    assert (
        normaliser.post(RawPost("1", title="a &amp; <i>b</i>", title_markup=Markup.HTML), "s").title
        == "a & b"
    )


def test_a_record_with_nothing_in_it_is_left_out(normaliser: Normaliser) -> None:
    with pytest.raises(LeftOut, match="empty"):
        normaliser.post(RawPost("1", body=" <script>x</script> ", tags=("a",)), "s")


def test_what_is_cut_or_left_out_is_counted(normaliser: Normaliser) -> None:
    post = normaliser.post(
        RawPost("1", title="T", body="a\0b", tags=tuple(map(str, range(1_500))), published=("9999-01-01",)),
        "s",
    )
    assert len(post.tags) == 1_000
    assert post.date is None
    assert post.text == "ab"
    assert sorted(normaliser.warnings.values()) == [1, 1, 1]


def test_a_comment_belongs_to_the_post_it_names_or_to_the_one_before(normaliser: Normaliser) -> None:
    post = normaliser.post(RAW, "s")
    named = RawComment("c", blog=BLOG, own_id="2", post_own_id="guid-1", parent_own_id="1", body="<p>Hi")
    comment = normaliser.comment(named, None)
    assert comment.post_id == post.id
    first = normaliser.comment(RawComment("c", own_id="1", body="<p>Hi"), post)
    assert first.post_id == post.id
    assert comment.parent == first.id != comment.id
    with pytest.raises(LeftOut, match="orphan"):
        normaliser.comment(RawComment("c", body="Hi"), None)


def test_a_comment_is_normalised_as_a_post_is(normaliser: Normaliser) -> None:
    raw = RawComment(
        "c",
        author="x@y.org (Zoe)",
        body="a <b>\nc",
        body_markup=Markup.TEXT,
        published=("May 6, 2014",),
        link="#c1",
    )
    comment = normaliser.comment(raw, normaliser.post(RAW, "s"))
    assert (comment.author, comment.html, comment.text) == ("Zoe", "<p>a &lt;b&gt;<br>c</p>", "a <b>\nc")
    assert str(comment.date) == "2014-05-06"
    assert comment.link == "https://www.blog.example/2014/05/post/#c1"


def test_an_empty_comment_is_left_out(normaliser: Normaliser) -> None:
    with pytest.raises(LeftOut, match="empty"):
        normaliser.comment(RawComment("c", body=" "), normaliser.post(RAW, "s"))


TEXT = st.text(alphabet=st.characters(exclude_categories=()), max_size=30)


@given(TEXT, TEXT, TEXT, TEXT, st.sampled_from(Markup))
def test_no_record_makes_normalising_fail(
    title: str, body: str, name: str, link: str, markup: Markup
) -> None:
    normaliser = Normaliser(fallback_blog=name, now=NOW)
    raw = RawPost(
        where="1",
        blog=RawBlog(name, link, name),
        own_id=name,
        title="T" + title,
        title_markup=markup,
        body=body,
        body_markup=markup,
        authors=(name,),
        tags=(name,),
        published=(title,),
        link=link,
    )
    post = normaliser.post(raw, "s")
    for text in (post.title, post.html, post.text, post.link, post.blog.name, *post.authors, *post.tags):
        text.encode()


def test_a_date_that_had_to_be_guessed_says_so_and_why(normaliser: Normaliser) -> None:
    post = normaliser.post(RAW, "export.xml")
    assert origins_of(post, "date") == (
        Origin("date", "export.xml", "item 1, its time zone is not said", 0.95),
    )
    stated = dataclasses.replace(RAW, published=("2014-05-06",))
    assert sureness(normaliser.post(stated, "export.xml"), "date") == 1


def test_a_date_that_is_only_suggested_counts_where_none_is_stated(normaliser: Normaliser) -> None:
    hint = Hint("2014-05-06", "its address", 0.7)
    undated = dataclasses.replace(RAW, published=("0000-00-00",), published_hints=(hint,))
    post = normaliser.post(undated, "page.html")
    assert str(post.date) == "2014-05-06"
    assert origins_of(post, "date") == (Origin("date", "page.html", "its address", 0.7),)
    dated = dataclasses.replace(undated, published=("2015-01-02",))
    assert str(normaliser.post(dated, "page.html").date) == "2015-01-02"


def test_a_day_and_month_that_could_be_either_follow_the_blogs_other_dates(normaliser: Normaliser) -> None:
    blog = RawBlog("The Blog")
    raw = dataclasses.replace(RAW, blog=blog, published=("03/04/2012",))
    assert str(normaliser.post(raw, "a.html").date) == "2012-03-04"
    normaliser.learn([raw, RawComment("comment 1", blog=blog, published=("25/12/2011",))])
    post = normaliser.post(raw, "a.html")
    assert str(post.date) == "2012-04-03"
    assert sureness(post, "date") == 0.9
    other = dataclasses.replace(raw, blog=RawBlog("Another"))
    assert str(normaliser.post(other, "a.html").date) == "2012-03-04"


def test_a_day_and_month_that_could_be_either_follow_the_language(normaliser: Normaliser) -> None:
    raw = dataclasses.replace(RAW, published=("03/04/2012",))
    assert str(normaliser.post(raw, "a.html").date) == "2012-04-03"  # en-GB
    raw = dataclasses.replace(raw, language="en-US")
    assert str(normaliser.post(raw, "a.html").date) == "2012-03-04"


def test_a_text_tells_its_language_before_what_its_blog_declares(normaliser: Normaliser) -> None:
    german = "Der Hafen war still, und nur zwei der Boote waren hinausgefahren, die mit dem Hering. " * 3
    blog = dataclasses.replace(BLOG, language="en-us")  # as software has it that nobody told otherwise
    raw = dataclasses.replace(RAW, blog=blog, body=german)
    assert normaliser.post(raw, "feed.xml").language == "de"
    assert normaliser.post(dataclasses.replace(raw, language="nl"), "feed.xml").language == "nl"
    marked = dataclasses.replace(raw, body='<p lang="sv">Tyst.</p>')
    assert normaliser.post(marked, "feed.xml").language == "sv"
    assert normaliser.post(dataclasses.replace(raw, body="Tyst."), "feed.xml").language == "en"
