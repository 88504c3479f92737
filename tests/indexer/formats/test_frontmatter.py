from __future__ import annotations

from io import BytesIO

import pytest

from indexer.formats import frontmatter
from indexer.formats.bodies.template_tags import without_template_tags
from indexer.record import RawComment, RawPost, Skipped
from indexer.source import Source
from search.errors import SourceRefused

LAUGHS = "a0: &a0 [ha, ha]\n" + "".join(
    f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}, *a{n - 1}]\n" for n in range(1, 10)
)


def read(text: str, name: str = "posts/one.md") -> RawPost | Skipped:
    data = text.encode()
    (record,) = frontmatter.read(Source(name, lambda: BytesIO(data), len(data)))
    assert not isinstance(record, RawComment)
    return record


def read_post(text: str, name: str = "posts/one.md") -> RawPost:
    record = read(text, name)
    assert isinstance(record, RawPost)
    return record


@pytest.mark.parametrize(
    ("block", "why"),
    [
        (LAUGHS + "tags: *a9\n", "more than 20 YAML aliases"),
        ("tags: " + "[" * 50_000 + "\n", "nested too deeply"),
        ("tags: " + "{a: " * 10_000 + "\n", "nested too deeply"),
        ("- " * 30_000 + "\n", "nested too deeply"),
        ("title: " + "long " * 20_000 + "\n", "longer than 64,000 characters"),
    ],
    ids=["laughs", "lists", "dicts", "items", "long"],
)
def test_a_hostile_block_is_skipped_in_clear_words(block: str, why: str) -> None:
    record = read(f"---\n{block}---\nThe text.\n")
    assert isinstance(record, Skipped)
    assert record.where == "front matter"
    assert why in record.why


@pytest.mark.parametrize(
    "block", ['{"a": ' + "[" * 50_000, '{"a": ' + "9" * 5_000 + "}"], ids=["deep", "number"]
)
def test_hostile_json_is_skipped_in_clear_words(block: str) -> None:
    assert isinstance(read(f"{block}\n\nThe text.\n"), Skipped)


@pytest.mark.parametrize("block", ["a = " + "[" * 50_000, "a = " + "9" * 5_000], ids=["deep", "number"])
def test_hostile_toml_is_skipped_or_read_by_lines(block: str) -> None:
    record = read(f"+++\n{block}\n+++\nThe text.\n")
    assert isinstance(record, Skipped) or record.body == "The text."


def test_tags_that_would_run_code_are_only_text() -> None:
    post = read_post(
        "---\n"
        "title: !!python/object/apply:os.system [exit 1]\n"
        "author: !!python/name:os.system Ada Low\n"
        "tags: !!python/tuple [one, !!binary two]\n"
        "---\nThe text.\n"
    )
    assert (post.title, post.authors, post.tags) == ("exit 1", ("Ada Low",), ("one", "two"))


def test_one_anchor_used_twice_is_no_bomb() -> None:
    post = read_post("---\ntitle: &t Twice\nauthor: *t\ntags: [*t]\n---\nThe text.\n")
    assert (post.title, post.authors, post.tags) == ("Twice", ("Twice",), ("Twice",))


@pytest.mark.parametrize(
    ("field", "reason"),
    [
        ("draft: yes", "draft"),
        ("draft: 'true'", "draft"),
        ("published: 'no'", "draft"),
        ("private: true", "private"),
        ("status: Draft", "draft"),
        ("password: secret", "password"),
        ("publishDate: 2999-01-01", "scheduled"),
        ("draft: false", ""),
        ("published: 2012-01-01", ""),
        ("expiryDate: 2001-01-01", ""),
    ],
)
def test_what_is_not_published_is_left_out_by_its_reason(field: str, reason: str) -> None:
    assert read_post(f"---\ntitle: A title\n{field}\n---\nThe text.\n").left_out == reason


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("blog/2012-03-04-hello.md", "2012-03-04"),
        ("blog/2012/03/04/hello.md", "2012-03-04"),
        ("blog/2012/3/4.md", "2012-03-04"),
        ("content_2010_10_2010-10-22-tell.md", "2010-10-22"),
        ("blog/2012/03/hello.md", "2012-03"),
        ("blog/2012-13-45-hello.md", ""),
        ("blog/1920x1080-12-24.md", ""),
        ("blog/hello.md", ""),
    ],
)
def test_a_path_says_the_day_of_a_post_without_a_date(name: str, day: str) -> None:
    post = read_post("---\ntitle: A title\n---\nThe text.\n", name)
    assert (post.published, [hint.text for hint in post.published_hints]) == ((), [day] if day else [])


def test_a_rule_on_the_first_line_is_no_front_matter() -> None:
    post = read_post("---\n\nA text under a rule,\n\n---\n\nand under another.\n")
    assert post.body.count("---") == 2


def test_a_file_without_an_end_of_its_block_keeps_all_its_text() -> None:
    assert "title: Open" in read_post("---\ntitle: Open\n\nNo end.\n").body


def test_a_suffix_of_a_name_is_no_author() -> None:
    post = read_post("---\nauthor: Martin King, Jr. and Ida Wells, PhD <ida@example.org>\n---\nThe text.\n")
    assert post.authors == ("Martin King, Jr.", "Ida Wells, PhD")


def test_a_file_too_large_to_hold_is_refused() -> None:
    with pytest.raises(SourceRefused, match="larger than 10 MB"):
        read("x" * 10_000_001)


@pytest.mark.parametrize("name", ["page.html", "notes.txt", "post.rst"])
def test_other_text_needs_front_matter_to_be_recognised(name: str) -> None:
    def recognised(data: bytes) -> bool:
        return frontmatter.sniff(Source(name, lambda: BytesIO(data)))

    assert recognised(b"---\n# a comment\n\ntitle: yes\n---\n")
    assert recognised(b"+++\r\ntitle = 'yes'\r\n+++\r\n")
    assert not recognised(b"---\n\nA text under a rule.\n")
    assert not recognised(b"<!DOCTYPE html><html>")


@pytest.mark.parametrize(
    "opening",
    ["{%", "{{<", "{{%", "{{", "`", "```\n", "{% raw %}", "{% comment %}", "{:", "{% highlight a %}", '{{ "'],
)
def test_many_openings_without_an_end_lose_no_text(opening: str) -> None:
    text = "before " + opening * 50_000 + " after"
    kept = without_template_tags(text)
    assert kept.startswith("before ")
    assert kept.endswith(" after")


@pytest.mark.parametrize(
    ("tags", "seen"),
    [
        ("a {% if x %}b{% else %}c{% endif %} d", "a bc d"),
        ("{% raw %}{% if %}{{ x }}{% endraw %}", "{% if %}{{ x }}"),
        (
            "```\n{{ x }} {% y %} {% raw %}{{ z }}{% endraw %}\n```\n{{ gone }}",
            "```\n{{ x }} {% y %} {{ z }}\n```\n",
        ),
        ("~~~\n```\n{{ x }}\n~~~\n{% gone %}", "~~~\n```\n{{ x }}\n~~~\n"),
        ("x{% highlight py %}y{% endhighlight %}z", "x\n```py\ny\n```\nz"),
        ("{{< quote text='said' >}}", "said"),
        ("{{< youtube abc-def >}}", '<iframe src="https://www.youtube.com/watch?v=abc-def"></iframe>'),
        ("{% youtube abc-def %}", '<iframe src="https://www.youtube.com/watch?v=abc-def"></iframe>'),
        ('{{ vimeo(id="1234567") }}', '<iframe src="https://vimeo.com/1234567"></iframe>'),
        ('{{< figure src="a.jpg" alt="A boat" caption="Low" >}}', '<img src="a.jpg" alt="A boat"> Low'),
        ("{{ youtube.count }} {% youtube %}", " "),
        ("[a]({{ '/b' | url }}){:target=\"_blank\"}", "[a](/b)"),
        ("a<!-- more -->b{% comment %}c{% endcomment %}d", "abd"),
    ],
)
def test_a_reader_sees_what_the_tags_show(tags: str, seen: str) -> None:
    assert without_template_tags(tags) == seen
