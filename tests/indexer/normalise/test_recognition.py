"""By what posts and comments are recognised in other sources."""

from __future__ import annotations

from dataclasses import replace

import pytest

from indexer.normalise.normaliser import Normaliser
from indexer.normalise.recognition import comment_identity, post_identity, same_link, slug_of
from indexer.record import RawBlog, RawComment, RawPost
from search.model import Blog, Standing
from search.sameness.identity import Held, Identity, IdKind, Strength, strength_of

TEXT = "Stones as large as walnuts fell over the valley for an hour, and broke the greenhouse."
BLOG = RawBlog("Rain Gauge", "https://rain.example")
RAW = RawPost("item 1", BLOG, title="Hail!", body=TEXT, published=("2019-03-01T23:30:00Z",))
EXPORT, PAGE = Held("wxr"), Held("page", Standing.PAGE)


def identity(raw: RawPost, held: Held = EXPORT, source: str = "export.xml") -> Identity:
    return post_identity(raw, Normaliser(fallback_blog="folder").post(raw, source), held, source)


def shared(one: RawPost, other: RawPost) -> set[Strength]:
    return {strength_of(key) for key in set(identity(one).keys) & set(identity(other).keys)}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://rain.example/hail/", "http://www.rain.example/hail?utm_source=x#comments"),
        ("https://rain.example/2019/h%C3%A4gel", "https://rain.example/2019/hägel"),
        ("https://rain.example/hail.html?m=1", "https://rain.example/hail.html"),
        ("https://rain.example/?p=3&b=1", "https://rain.example/?b=1&p=3"),
    ],
)
def test_two_ways_to_write_an_address_are_one_link(one: str, other: str) -> None:
    assert same_link(one) == same_link(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://rain.example/?p=3", "https://rain.example/?p=4"),
        ("https://rain.example/hail", "https://snow.example/hail"),
        ("https://rain.example/a/hail", "https://rain.example/b/hail"),
    ],
)
def test_other_addresses_are_other_links(one: str, other: str) -> None:
    assert same_link(one) != same_link(other)


@pytest.mark.parametrize(
    ("address", "slug"),
    [
        ("https://rain.example/2019/03/Hail-Again.html?m=1", "hail-again"),
        ("hail-again", "hail-again"),
        ("https://rain.example/2019/", ""),
        ("https://rain.example/index.html", ""),
        ("https://[bad/", ""),
    ],
)
def test_the_slug_is_the_last_part_of_an_address_that_names_a_post(address: str, slug: str) -> None:
    assert slug_of(address) == slug


def test_a_title_is_compared_without_case_and_punctuation() -> None:
    assert shared(RAW, replace(RAW, title="HAIL…", body="Other words.")) == {Strength.TITLE}


def test_a_time_can_have_been_the_day_before_or_after_elsewhere() -> None:
    late, day = identity(RAW), replace(RAW, published=("2019-03-02",))
    assert shared(RAW, day) == {Strength.TEXT}
    assert late.first_day < identity(day).first_day == identity(day).last_day <= late.last_day
    assert identity(replace(RAW, published=("2019-03-04",))).first_day > late.last_day


@pytest.mark.parametrize("published", [(), ("2019",), ("2019-03",)])
def test_without_a_day_a_title_tells_nothing_but_with_the_text(published: tuple[str, ...]) -> None:
    undated = replace(RAW, published=published)
    assert shared(undated, undated) == {Strength.TEXT}
    assert shared(undated, replace(undated, body="Other words.")) == set()


def test_a_month_is_all_of_its_days() -> None:
    month = identity(replace(RAW, published=("2019-02",)))
    assert month.last_day - month.first_day == 27
    assert identity(replace(RAW, published=())).first_day == 0


@pytest.mark.parametrize("published", ["0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z"])
def test_the_first_and_the_last_day_there_are_have_no_days_beside_them(published: str) -> None:
    identity(replace(RAW, published=(published,)))


def test_a_text_with_code_that_another_writer_changed_is_the_same_text() -> None:
    code = "<p>Man is a reasoning rather than a reasonable animal.</p><pre>{}</pre>"
    prose = "<p>" + "The function takes its argument from the address without any look at it. " * 3 + "</p>"
    one = replace(RAW, body=prose + code.format("[php] if ($a) { b(); }") + prose)
    other = replace(RAW, body="Affected: 2.9 " + prose + code.format("if ($a)\n{\n  b();\n}") + prose)
    assert Strength.TEXT in shared(one, other)


@pytest.mark.parametrize("title", ["", "Untitled", "…"])
def test_no_title_is_none(title: str) -> None:
    raw = replace(RAW, title=title)
    assert Strength.TITLE not in shared(raw, raw)


def test_the_address_of_the_blog_is_no_posts_address() -> None:
    home = replace(RAW, link="https://rain.example/", title="")
    assert shared(home, home) == set()


def test_an_address_as_own_id_is_a_link_if_it_is_of_the_blog() -> None:
    plain = replace(RAW, title="", own_id="https://rain.example/?p=1")
    assert shared(plain, replace(RAW, title="", link="https://rain.example/?p=1")) >= {Strength.LINK}
    elsewhere = replace(RAW, title="", own_id="http://localhost/?p=1")
    assert shared(elsewhere, elsewhere) == set()


def test_what_a_source_calls_its_posts_is_told_apart_by_how() -> None:
    name = "blog/2019-03-01-hail.md"
    file, saved = replace(RAW, own_id=name), replace(RAW, own_id="hail.html")
    assert identity(file, EXPORT, name).kind is IdKind.PATH
    assert identity(saved, PAGE, "hail.html") == replace(identity(RAW, PAGE), keys=identity(saved, PAGE).keys)
    assert identity(replace(RAW, own_id="https://rain.example/?p=1")).kind is IdKind.OWN
    assert identity(replace(RAW, link="https://rain.example/hail")).kind is IdKind.LINK


def test_a_blog_that_is_called_as_every_new_one_is_unknown() -> None:
    assert identity(replace(RAW, blog=RawBlog("My Jekyll Blog"))).blog_name == 0
    assert identity(replace(RAW, blog=RawBlog("Rain Gauge"))).blog_name != 0


def test_a_blog_that_is_only_called_after_its_folder_is_unknown() -> None:
    nameless = identity(replace(RAW, blog=RawBlog()))
    assert (nameless.blog_name, nameless.blog_link, nameless.blog_host) == (0, 0, 0)
    assert identity(replace(RAW, blog=RawBlog("Blog"))).blog_name == 0


def test_a_comment_finds_its_post_by_link_and_then_by_slug() -> None:
    raw = RawComment("c", post_link="https://rain.example/2019/hail-again/", author="Ivo", body="Brr")
    comment = Normaliser().comment(raw, None)
    told = comment_identity(raw, comment, Blog("folder"))
    assert comment.post_id == ""
    assert [strength_of(key) for key in told.addresses] == [Strength.LINK, Strength.ADDRESS, Strength.ADDRESS]
    post = replace(RAW, link="http://rain.example/2019/hail-again")
    assert set(told.addresses[:2]) <= set(identity(post).keys)


def schemes(held: Held, *own_ids: str) -> set[int]:
    return {identity(replace(RAW, own_id=own_id), held).scheme for own_id in own_ids}


def test_an_export_names_each_post_once_however_its_names_look() -> None:
    assert (
        len(schemes(EXPORT, "https://rain.example/?p=3", "tag:rain.example,2019:3", "Hail: again", "3")) == 1
    )


def test_a_mirror_may_name_a_post_in_one_feed_by_an_address_and_in_another_by_a_tag() -> None:
    feed = Held("feed", Standing.FEED)
    assert len(schemes(feed, "https://rain.example/?p=3", "tag:rain.example,2019:3")) == 2
    assert len(schemes(feed, "http://rain.example/?p=3", "https://rain.example/?p=4")) == 1
    assert len(schemes(feed, "Hail: again", "Snow: again", "3")) == 1
