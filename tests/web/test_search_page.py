"""The search page, as a browser without JavaScript gets it."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlencode

from search.archive import Archive
from tests.web.blog import build
from tests.web.conftest import Page
from tests.web.reading import links, names, one, submitted, text, texts
from web.app import create_app
from web.settings import Settings


def test_an_empty_query_welcomes_and_browses_newest_first(page: Page) -> None:
    home = page("/")
    assert text(one(home, "h1")) == "28 posts and 3 comments from 2010 to 2024"
    newest, oldest = texts(home, ".result time")[0], texts(page("/?page=3"), ".result .facts")[-1]
    assert (newest, oldest[:7]) == ("2 March 2024", "undated")
    assert texts(home, ".sorts [aria-current]") == ["Newest"]


def test_the_title_says_the_search_in_words_and_a_status_only_the_count(page: Page) -> None:
    found = page("/search?q=roses&tag=garden&after=2011")
    assert text(one(found, "title")).startswith("roses in tag garden, from 2011 — 13 posts — ")
    assert text(one(found, "[role=status]")) == "13 posts"


def test_a_result_shows_all_that_is_known_of_its_post(page: Page) -> None:
    (result,) = page("/search?q=lighthouse+OR+drones").css(".result")
    assert text(one(result, "h2")) == "Drones over the harbour"
    assert texts(result, "h2 mark") == ["Drones"]
    assert texts(result, ".facts")[0] == "2 March 2024 by Ann Ames on The Ledger quotes Bo Berg in The Times"
    assert result.css("time")[0].attributes["datetime"] == "2024-03-02"
    assert texts(result, "ul.tags li") == ["drones", "harbour"]
    assert "<mark>Drones</mark> were seen" in (result.css("p.snippet")[0].html or "")


def test_matching_comments_are_nested_with_their_own_marks_and_links(page: Page) -> None:
    (result,) = page("/search?q=lighthouse").css(".result")
    comment = one(result, "ul.hits > li")
    assert texts(comment, "mark") == ["lighthouse"]
    assert links(comment, "a") == {
        "Anonymous": "/posts/aaaaaaaaaaa2/drones-over-the-harbour?q=lighthouse#comment-ddddddddddd2"
    }


def test_each_facet_is_a_fieldset_with_a_legend_and_counts_in_the_names_of_its_links(page: Page) -> None:
    found = page("/search?q=roses")
    by_legend = {text(one(f, "legend")): f for f in found.css("fieldset")}
    assert list(by_legend) == ["Date", "Blog", "Author", "Tag", "Language", "Look in", "Leave some out"]
    assert names(by_legend["Author"], "a.value") == ["Rosa Lind, 25 posts", "Ann Ames, 13 posts"]
    assert all(a.attributes["rel"] == "nofollow" for a in found.css("fieldset a"))


def test_any_of_the_chosen_values_will_do_and_counts_leave_out_their_own_filter(page: Page) -> None:
    found = page("/search?" + urlencode({"tag": ["rose 1", "rose 2"]}, doseq=True))
    assert text(one(found, "[role=status]")) == "2 posts"
    chosen = names(found, "a.value[aria-current]")
    assert "rose 1, 1 post; chosen, follow to remove" in chosen
    assert "garden, 25 posts" in names(found, "a.value")


def test_a_chip_removes_its_filter_and_clear_all_removes_every_one(page: Page) -> None:
    found = page("/search?q=roses&tag=garden&author=Ann+Ames&sort=oldest")
    assert text(one(found, "summary")) == "Filters (2)"
    assert links(found, ".chips a") == {
        "Remove Author: Ann Ames ×": "/search?q=roses&tag=garden&sort=oldest",
        "Remove Tag: garden ×": "/search?q=roses&author=Ann+Ames&sort=oldest",
        "Clear all": "/search?q=roses&sort=oldest",
    }


def test_years_are_linked_bars_that_open_into_months_and_these_into_days(page: Page) -> None:
    years = links(one(page("/search?q=roses"), ".timeline"), "li a")
    assert years["2011, 12 posts"] == "/search?q=roses&date=2011"
    year = one(page(years["2011, 12 posts"]), ".timeline")
    months = links(year, "li a")
    assert (text(one(year, "h2")), len(months)) == ("Months of 2011", 12)
    month = one(page(months["March 2011, 1 post"]), ".timeline")
    (day,) = links(month, "li a").values()
    assert day.startswith("/search?q=roses&date=2011-03-")
    assert links(month, ".out") == {"‹ 2011": "/search?q=roses&date=2011"}
    chosen = one(page(day), ".timeline")
    assert len(chosen.css("[aria-current=true]")) == 1
    assert links(chosen, ".out") == {"‹ March 2011": "/search?q=roses&date=2011-03"}


def test_the_pager_says_which_page_is_shown_and_leads_to_the_others(page: Page) -> None:
    second = page("/search?q=roses&page=2")
    assert text(one(second, "nav.pager [aria-current=page]")) == "2"
    assert links(second, "nav.pager > a") == {"Previous": "/search?q=roses", "Next": "/search?q=roses&page=3"}
    assert len(second.css(".result")) == 10


def test_sorting_keeps_the_search_and_begins_at_the_first_page(page: Page) -> None:
    sorts = links(page("/search?q=roses&page=2"), ".sorts a")
    assert sorts["Oldest"] == "/search?q=roses&sort=oldest"
    assert texts(page(sorts["Oldest"]), ".result h2")[0] == "Roses, part 0"
    assert texts(page(sorts["Newest"]), ".result h2")[0] == "Roses, part 24"


def test_filters_survive_a_new_query(page: Page) -> None:
    box = one(page("/search?q=roses&tag=garden&page=2&sort=oldest"), "form[role=search]")
    address = submitted(box, q="pruning")
    assert address == "/search?q=pruning&tag=garden&sort=oldest"
    assert len(page(address).css(".result")) == 10


def test_dates_from_and_until_are_asked_for_in_a_form_that_keeps_the_search(page: Page) -> None:
    form = one(page("/search?q=roses&tag=garden"), "form.dates")
    found = page(submitted(form, after="2010-03", before="2010"))
    assert text(one(found, "[role=status]")) == "10 posts"
    assert texts(found, ".chips a")[1:3] == ["Remove From March 2010 ×", "Remove Until 2010 ×"]


def test_every_field_has_a_label(page: Page) -> None:
    found = page("/search?q=roses&tag=garden")
    labelled = {label.attributes["for"] for label in found.css("label")}
    assert {n.attributes["id"] for n in found.css("input:not([type=hidden])")} == labelled


def test_nothing_found_says_what_to_leave_out_and_what_that_finds(page: Page) -> None:
    found = page("/search?q=drones+harbour&tag=garden&author=Ann+Ames")
    assert links(found, ".nothing ul a") == {
        "Without “Tag: garden”": "/search?q=drones+harbour&author=Ann+Ames",
        "Without any filter": "/search?q=drones+harbour",
        "Without any word": "/search?author=Ann+Ames&tag=garden",
    }
    assert texts(found, ".nothing li")[-1] == "Without any word 13 posts"


def test_words_that_no_post_has_are_said_so_and_can_be_left_out(page: Page) -> None:
    found = page("/search?q=zeppelin+tag:garden+author:Nobody&-tag=x")
    assert texts(found, ".nothing p")[:2] == [
        "No post has the word “zeppelin” or the author “Nobody”.",
        "You searched for the word “zeppelin”, the tag “garden” and the author “Nobody”.",
    ]
    assert links(found, ".nothing ul a")["Without these words"] == "/search?q=tag%3Agarden&-tag=x"


def test_nothing_is_offered_that_finds_nothing(page: Page) -> None:
    found = page("/search?q=zeppelin&tag=nowhere&author=Nobody")
    assert found.css(".nothing ul") == []
    assert "Fewer words find more." in texts(found, ".nothing p")[1]


def test_a_misspelt_word_is_asked_about_and_never_swapped(page: Page) -> None:
    found = page("/search?q=lighthuose")
    assert text(one(found, "[role=status]")) == "0 posts"
    assert "No post has “lighthuose”. Did you mean lighthouse? 1 post" in texts(found, ".note")
    assert texts(found, ".note strong") == ["lighthouse"]
    assert one(found, "#q").attributes["value"] == "lighthuose"


def test_posts_with_some_of_the_words_are_shown_and_the_page_says_so(page: Page) -> None:
    found = page("/search?q=lighthouse+pruning")
    assert found.css(".result")
    assert "No post has all of these words. These have some of them." in texts(found, ".note")


def test_a_word_that_no_post_has_is_named_above_those_with_the_others(page: Page) -> None:
    found = page("/search?q=lighthouse+xylophagous")
    assert found.css(".result")
    assert texts(found, ".note") == [
        "No post has the word “xylophagous”. These were found by the rest of your search."
    ]


def test_what_was_read_otherwise_than_typed_is_said(page: Page) -> None:
    assert page('/search?q="roses').css(".note")


def test_a_page_past_the_end_leads_back(page: Page) -> None:
    found = page("/search?q=roses&page=9")
    assert links(found, ".nothing a") == {"Go to the last page": "/search?q=roses&page=3"}


def test_an_unknown_parameter_is_ignored(page: Page) -> None:
    assert page("/search?q=roses&utm_source=x").css(".result")


def test_an_empty_archive_says_how_to_import(tmp_path: Path) -> None:
    build(tmp_path, posts=(), comments=())
    with Archive.open(tmp_path) as archive:
        client = create_app(Settings(tmp_path), archive).test_client()
        assert "blogsearch reindex" in client.get("/").text
        assert client.get("/search?q=x").status_code == 200


def test_the_values_of_a_facet_have_a_page_with_a_box_to_find_them(page: Page) -> None:
    found = page("/search?q=roses&-author=Bo")
    values = page(links(found, ".more a")["Show more of Tag"])
    assert len(values.css(".all-values li")) == 26
    for form in (one(values, "main form.find"), one(found, "aside form.find")):
        narrowed = page(submitted(form, prefix="rose 2"))
        named = links(narrowed, ".all-values a.value")
        assert list(named) == ["rose 2, 1 post", *(f"rose {n}, 1 post" for n in range(20, 25))]
        assert named["rose 20, 1 post"] == "/search?q=roses&-author=Bo&tag=rose+20"
        assert links(narrowed, ".all-values a.not")["not rose 20"] == (
            "/search?q=roses&-author=Bo&-tag=rose+20"
        )


def test_facets_that_values_can_be_left_out_of_are_named_in_one_place(page: Page) -> None:
    leaving = links(page("/search?q=roses"), "aside .choices a")
    assert leaving["Tag"] == "/facets/tag?q=roses"
    assert "Blog" not in leaving  # all of these are on one


def test_what_finds_nothing_can_be_followed_but_is_not_exported(page: Page) -> None:
    assert list(links(page("/search?q=roses"), ".follow a")) == ["Follow this search", "Export this search"]
    assert list(links(page("/search?q=zeppelin"), ".follow a")) == ["Follow this search"]


def test_a_value_left_out_is_shown_first_and_let_in_again(page: Page) -> None:
    found = page("/search?q=roses&-tag=garden")
    assert text(one(found, "[role=status]")) == "0 posts"
    assert links(found, "a.excluded") == {"not garden; left out, follow to let it in": "/search?q=roses"}


def test_search_pages_are_not_for_crawlers_but_their_posts_are(page: Page) -> None:
    assert one(page("/search?q=x"), "meta[name=robots]").attributes["content"] == "noindex, follow"
