"""The same posts in several sources, imported from end to end."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from indexer.reindex import Options, reindex
from indexer.report import Report
from search.archive import Archive
from search.model import PostWithComments
from search.query.parser import parse
from search.request import SearchRequest
from tests.indexer.exports import comment, item, wordpress

HAIL = (
    "Stones as large as walnuts fell over the valley for an hour, and broke every window of the greenhouse."
)
DRY = "Nothing in the gauge all week, and the barrels by the door are as dry as in the great drought."

_FEED = """<rss version="2.0"><channel><title>Rain Gauge</title><link>https://rain.example</link>{items}
</channel></rss>"""
_FEED_ITEM = """<item><title>{title}</title><link>https://rain.example/{number}</link>
<guid isPermaLink="false">https://rain.example/?p={number}</guid><category>{tag}</category>
<pubDate>Fri, {number:02d} Mar 2019 08:00:00 GMT</pubDate><description>{body}</description></item>"""
_PAGE = """<!DOCTYPE html><html lang="en"><head><title>{title}</title>
<meta property="og:type" content="article"><meta property="og:site_name" content="Rain Gauge">
<meta property="og:title" content="{title}">{link}
<meta property="article:published_time" content="2019-03-{number:02d}T08:00:00Z"></head>
<body><article class="post hentry"><h1 class="entry-title">{title}</h1>
<div class="entry-content"><p>{body}</p></div></article></body></html>"""


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


def run(data: Path, *sources: str | Path, **options: Any) -> Report:
    return reindex([str(source) for source in sources], Options(data, **options))


def feed(path: Path, *items: str) -> str:
    path.write_text(_FEED.format(items="".join(items)), encoding="utf-8")
    return str(path)


def feed_item(number: int, title: str, body: str, tag: str = "weather") -> str:
    return _FEED_ITEM.format(number=number, title=title, body=body, tag=tag)


def page(path: Path, number: int, title: str, body: str, *, link: bool = True) -> str:
    canonical = f'<link rel="canonical" href="https://rain.example/{number}">' if link else ""
    path.write_text(_PAGE.format(number=number, title=title, body=body, link=canonical), encoding="utf-8")
    return str(path)


def blog(folder: Path, number: int, title: str, body: str, *more: str) -> str:
    fields = [f"title: {title}", f"date: 2019-03-{number:02d}", *more]
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"2019-03-{number:02d}-{title.lower()}.md").write_text(
        "---\n" + "\n".join(fields) + f"\n---\n{body}\n", encoding="utf-8"
    )
    return str(folder)


def contents(data: Path) -> list[PostWithComments]:
    """All posts of the archive, by title and id."""
    with Archive.open(data) as archive:
        hits = archive.search(SearchRequest(parse(""), size=100)).hits
        return sorted(
            (archive.post(hit.post.id) for hit in hits), key=lambda found: (found.post.title, found.post.id)
        )


def changes(report: Report) -> tuple[int, int, int, int]:
    made = report.changes
    return made.added, made.updated, made.unchanged, made.removed


def four_sources(folder: Path) -> list[str]:
    folder.mkdir(exist_ok=True)
    (folder / "site").mkdir(exist_ok=True)
    return [
        wordpress(
            folder / "export.xml", item(1, "Hail", HAIL, comments=[comment(7, "Brr")]), item(2, "Dry", DRY)
        ),
        blog(folder / "site", 1, "Hail", HAIL, "tags: [ice]", "blog: Rain Gauge"),
        page(folder / "hail.html", 1, "Hail", HAIL),
        feed(folder / "feed.xml", feed_item(1, "Hail", HAIL[:60] + "…"), feed_item(3, "Fog", DRY[::-1])),
    ]


def test_a_post_of_an_export_a_folder_a_page_and_a_feed_is_one_post(data: Path, tmp_path: Path) -> None:
    sources = four_sources(tmp_path / "in")
    report = run(data, *sources)
    assert [found.post.title for found in contents(data)] == ["Dry", "Fog", "Hail"]
    assert report.archive.posts == 3
    assert changes(report)[0] == 4  # three posts and a comment
    hail = contents(data)[2].post
    assert hail.text == HAIL
    assert set(hail.tags) == {"ice", "weather"}


def test_the_archive_does_not_depend_on_the_order_of_imports(tmp_path: Path) -> None:
    export, site, page_, feed_ = four_sources(tmp_path / "in")
    orders = [(export, site, page_, feed_), (feed_, page_, site, export), (site, feed_, export, page_)]
    archives = []
    for number, order in enumerate(orders):
        for source in order:
            run(tmp_path / str(number), source)
        archives.append(contents(tmp_path / str(number)))
    assert all(archive == archives[0] for archive in archives)


def test_importing_everything_again_changes_nothing(data: Path, tmp_path: Path) -> None:
    sources = four_sources(tmp_path / "in")
    first = run(data, *sources)
    again = run(data, *sources)
    assert changes(again) == (0, 0, 7, 0)  # of each source its posts, and the comment
    assert again.generation == first.generation


def test_each_field_says_from_which_source_it_is(data: Path, tmp_path: Path) -> None:
    run(data, *four_sources(tmp_path / "in"))
    hail = contents(data)[2].post
    told = {(origin.field, Path(origin.source).name) for origin in hail.origins}
    assert ("title", "export.xml") in told
    assert ("text", "export.xml") in told
    assert {source for field, source in told if field == "tags"} == {"feed.xml", "2019-03-01-hail.md"}
    assert {origin.field for origin in hail.origins} >= {
        "blog",
        "authors",
        "date",
        "link",
        "language",
        "kind",
    }


def test_a_fuller_text_wins_over_the_excerpt_of_a_better_source(data: Path, tmp_path: Path) -> None:
    run(data, wordpress(tmp_path / "export.xml", item(1, "Hail", HAIL[:70] + " Read more")))
    run(data, page(tmp_path / "hail.html", 1, "Hail", HAIL))
    [found] = contents(data)
    assert found.post.text == HAIL


def test_a_removed_source_takes_with_it_what_only_it_had(data: Path, tmp_path: Path) -> None:
    export = wordpress(tmp_path / "export.xml", item(1, "Hail", HAIL), item(2, "Dry", DRY))
    run(data, export, page(tmp_path / "hail.html", 1, "Hail", HAIL + " And more of it."))
    report = run(data, wordpress(tmp_path / "export.xml", item(2, "Dry", DRY)))
    assert changes(report) == (0, 1, 1, 0)
    assert [found.post.title for found in contents(data)] == ["Dry", "Hail"]
    assert contents(data)[1].post.authors == ()


def test_an_old_id_leads_to_the_post_that_it_became_part_of(data: Path, tmp_path: Path) -> None:
    run(data, page(tmp_path / "hail.html", 1, "Hail", HAIL))
    [before] = contents(data)
    report = run(data, wordpress(tmp_path / "export.xml", item(1, "Hail", HAIL)))
    [after] = contents(data)
    assert changes(report) == (0, 1, 0, 0)
    assert after.post.id != before.post.id
    with Archive.open(data) as archive:
        assert archive.post(before.post.id) == after


def test_two_posts_of_one_export_with_the_same_link_stay_two(data: Path, tmp_path: Path) -> None:
    same = item(2, "Hail again", DRY).replace("https://rain.example/2", "https://rain.example/1")
    run(data, wordpress(tmp_path / "export.xml", item(1, "Hail", HAIL), same))
    run(data, page(tmp_path / "hail.html", 1, "Hail, or hail again", HAIL))
    assert len(contents(data)) == 3  # nobody can tell which of the two the page is


def test_a_daily_post_with_one_title_is_not_joined_with_its_neighbours(data: Path, tmp_path: Path) -> None:
    links = (
        "Here is what was read today, as every day, by the people who keep the gauge and its many friends."
    )
    export = wordpress(tmp_path / "export.xml", *(item(day, "Links", f"{day}: {links}") for day in (1, 2, 3)))
    site = tmp_path / "site"
    for day in (3, 4):
        blog(site, day, "Links", f"{day}: {links}", "blog: Rain Gauge")
    run(data, export, site)
    dates = [str(found.post.date)[:10] for found in contents(data)]
    assert sorted(dates) == [f"2019-03-0{day}" for day in (1, 2, 3, 4)]


def test_posts_of_other_blogs_with_the_same_title_and_day_stay_apart(data: Path, tmp_path: Path) -> None:
    run(data, wordpress(tmp_path / "export.xml", item(1, "Hail", HAIL)))
    run(data, blog(tmp_path / "site", 1, "Hail", HAIL, "blog: Another"))
    assert len(contents(data)) == 2


def test_a_folder_without_a_blogs_name_is_joined_by_title_day_and_text(data: Path, tmp_path: Path) -> None:
    run(data, wordpress(tmp_path / "export.xml", item(1, "Hail", HAIL), item(2, "Dry", DRY)))
    site = tmp_path / "site"
    blog(site, 1, "Hail", HAIL)
    run(data, blog(site, 2, "Dry", "An entirely different text, which only happens to have the same title."))
    assert [found.post.title for found in contents(data)] == ["Dry", "Dry", "Hail"]


def test_a_saved_page_without_an_address_is_joined_by_title_and_day(data: Path, tmp_path: Path) -> None:
    run(data, wordpress(tmp_path / "export.xml", item(1, "Hail", HAIL)))
    run(data, page(tmp_path / "saved.html", 1, "Hail", HAIL, link=False))
    assert len(contents(data)) == 1


def test_a_record_that_comes_twice_in_one_source_counts_as_before(data: Path, tmp_path: Path) -> None:
    report = run(
        data, feed(tmp_path / "feed.xml", feed_item(1, "Hail", "First"), feed_item(1, "Hail", "Second"))
    )
    assert report.changes.duplicates == 1
    assert changes(report) == (1, 0, 0, 0)


_DISQUS = """<?xml version="1.0" encoding="utf-8"?>
<disqus xmlns="http://disqus.com" xmlns:dsq="http://disqus.com/disqus-internals">
<thread dsq:id="1"><link>{link}</link><title>Hail</title></thread>
<post dsq:id="11"><message>Ours were larger</message><createdAt>2019-03-02T09:00:00Z</createdAt>
<author><name>Ivo</name></author><thread dsq:id="1"/></post>
<post dsq:id="12"><message>Prove it</message><createdAt>2019-03-02T10:00:00Z</createdAt>
<author><name>Ada</name></author><thread dsq:id="1"/><parent dsq:id="11"/></post>
</disqus>"""


def disqus(path: Path, link: str = "https://rain.example/1/") -> str:
    path.write_text(_DISQUS.format(link=link), encoding="utf-8")
    return str(path)


def said(data: Path) -> list[tuple[str, str]]:
    return [(reply.author, reply.text) for found in contents(data) for reply in found.comments]


BOTH = [("Ivo", "Ours were larger"), ("Ada", "Prove it")]


def test_comments_wait_for_the_post_that_another_source_has(data: Path, tmp_path: Path) -> None:
    first = run(data, disqus(tmp_path / "disqus.xml"))
    assert first.left_out["orphan"] == 2
    assert (first.archive.posts, first.archive.comments) == (0, 0)
    report = run(data, wordpress(tmp_path / "export.xml", item(1, "Hail", HAIL)))
    assert changes(report) == (3, 0, 0, 0)
    assert said(data) == BOTH
    again = run(data, tmp_path / "disqus.xml")
    assert changes(again) == (0, 0, 2, 0)
    assert "orphan" not in again.left_out


def test_comments_find_a_post_that_is_there_and_wait_again_when_it_goes(data: Path, tmp_path: Path) -> None:
    run(data, wordpress(tmp_path / "export.xml", item(1, "Hail", HAIL), item(2, "Dry", DRY)))
    assert changes(run(data, disqus(tmp_path / "disqus.xml"))) == (2, 0, 0, 0)
    assert said(data) == BOTH
    report = run(data, wordpress(tmp_path / "export.xml", item(2, "Dry", DRY)))
    assert changes(report) == (0, 0, 1, 3)
    assert said(data) == []
    run(data, wordpress(tmp_path / "export.xml", item(1, "Hail", HAIL), item(2, "Dry", DRY)))
    assert said(data) == BOTH


def test_comments_find_a_file_by_its_slug(data: Path, tmp_path: Path) -> None:
    blog(tmp_path / "site", 1, "Hail-over-the-valley", HAIL)
    run(data, disqus(tmp_path / "disqus.xml", "https://rain.example/2019/hail-over-the-valley.html"))
    run(data, tmp_path / "site")
    assert said(data) == BOTH


def test_comments_on_a_draft_do_not_come_back_by_another_way(data: Path, tmp_path: Path) -> None:
    draft = item(1, "Hail", HAIL, status="draft", comments=[comment(7, "Brr")])
    run(data, wordpress(tmp_path / "export.xml", draft, item(2, "Dry", DRY)), disqus(tmp_path / "disqus.xml"))
    assert said(data) == []


def test_the_same_comment_of_two_sources_is_shown_once(data: Path, tmp_path: Path) -> None:
    reply = comment(11, "Ours were larger").replace("2019-04-01 08:00:00", "2019-03-02 04:00:30")
    export = wordpress(tmp_path / "export.xml", item(1, "Hail", HAIL, comments=[reply]))
    run(data, export)
    report = run(data, disqus(tmp_path / "disqus.xml"))  # whose clock is five hours away
    assert changes(report) == (1, 0, 1, 0)
    assert said(data) == BOTH
    answered = contents(data)[0].comments
    assert answered[1].parent == answered[0].id
    assert changes(run(data)) == (0, 0, 4, 0)


def test_a_comment_said_twice_in_one_source_is_two_comments(data: Path, tmp_path: Path) -> None:
    twice = [comment(1, "Brr"), comment(2, "Brr")]
    run(data, wordpress(tmp_path / "export.xml", item(1, "Hail", HAIL, comments=twice)))
    assert said(data) == [("Ivo", "Brr"), ("Ivo", "Brr")]
