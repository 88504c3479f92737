"""Documents as `docs/json-api.md` describes them, key by key."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import parse_qs

from search.results import Correction, Facet, Reason, Suggestion
from tests.web.made import BARE_HIT, DRONES_AND_COMMENTS, DRONES_HIT, answer, counted
from web import params
from web.presenters import words
from web.presenters.programs.facets import facet_page, suggestions
from web.presenters.programs.post import post_page
from web.presenters.programs.search import search_page

DRONES_URL = "/posts/aaaaaaaaaaa2/drones-over-the-harbour"
DESCRIBED = {
    "id": "aaaaaaaaaaa2",
    "url": DRONES_URL,
    "link": "https://ledger.example/drones",
    "title": "Drones over the harbour",
    "blog": "The Ledger",
    "authors": ["Ann Ames"],
    "date": "2024-03-02",
    "tags": ["drones", "harbour"],
    "publication": "The Times",
    "reporters": ["Bo Berg"],
    "language": "en",
}


def test_a_search_is_answered_with_exactly_these_keys() -> None:
    request = params.read(parse_qs("q=drones&tag=drones&page=2&size=1"), strict=True)
    page = answer(
        request,
        total=3,
        facets=(
            Facet("tag", (counted("drones", 3, selected=True), counted("war", 1)), 2),
            Facet("date", (counted("2024", 3, children=(counted("2024-03", 1),)),), 1),
        ),
        hits=(replace(DRONES_HIT, reasons=(Reason("drones", ("title", "body")),)),),
        correction=Correction("drone", 9, (("drones", "drone"),)),
        warnings=("A quote is missing.",),
    )
    assert search_page(page) == {
        "query": {"text": "drones", "match": "all", "warnings": ["A quote is missing."]},
        "total": 3,
        "page": 2,
        "size": 1,
        "took_ms": 1.23,
        "generation": "000042",
        "results": [
            {
                **DESCRIBED,
                "score": 12.3457,
                "snippets": [
                    {
                        "field": "body",
                        "fragments": [
                            {"text": "Drones", "matched": True},
                            {"text": " were seen over the harbour.", "matched": False},
                        ],
                        "html": "<mark>Drones</mark> were seen over the harbour. …",
                    }
                ],
                "reasons": [{"text": "drones", "places": ["title", "body"], "forms": []}],
                "comments": {
                    "total": 2,
                    "matched": 1,
                    "results": [
                        {
                            "id": "ccccccccccc2",
                            "author": "Cy",
                            "date": "2024-03-03T10:00:00Z",
                            "url": f"{DRONES_URL}#comment-ccccccccccc2",
                            "snippets": [
                                {
                                    "field": "body",
                                    "fragments": [
                                        {"text": "I saw ", "matched": False},
                                        {"text": "drones", "matched": True},
                                        {"text": " too.", "matched": False},
                                    ],
                                    "html": "I saw <mark>drones</mark> too.",
                                }
                            ],
                        }
                    ],
                },
            }
        ],
        "facets": {
            "tag": [
                {
                    "value": "drones",
                    "label": "drones",
                    "count": 3,
                    "selected": True,
                    "url": "/search?q=drones&size=1",
                },
                {
                    "value": "war",
                    "label": "war",
                    "count": 1,
                    "selected": False,
                    "url": "/search?q=drones&tag=drones&tag=war&size=1",
                },
            ],
            "date": [
                {
                    "value": "2024",
                    "label": "2024",
                    "count": 3,
                    "selected": False,
                    "url": "/search?q=drones&tag=drones&date=2024&size=1",
                    "children": [
                        {
                            "value": "2024-03",
                            "label": "March 2024",
                            "count": 1,
                            "selected": False,
                            "url": "/search?q=drones&tag=drones&date=2024-03&size=1",
                            "children": [],
                        }
                    ],
                }
            ],
        },
        "suggestion": {
            "text": "drone",
            "changes": [{"word": "drones", "instead": "drone"}],
            "total": 9,
            "url": "/search?q=drone&tag=drones&size=1",
        },
        "next": "/search.json?q=drones&tag=drones&page=3&size=1&generation=000042",
        "previous": "/search.json?q=drones&tag=drones&size=1&generation=000042",
    }


def test_what_is_not_known_of_a_post_is_empty_and_an_unknown_date_null() -> None:
    (result,) = search_page(answer(hits=(BARE_HIT,)))["results"]
    assert result["date"] is None
    assert (result["title"], result["link"], result["publication"], result["language"]) == ("", "", "", "")
    assert (result["authors"], result["tags"], result["reporters"]) == ([], [], [])


def test_a_search_that_was_cut_short_says_so() -> None:
    assert search_page(answer(partial=True))["query"]["warnings"] == [str(words.PARTIAL)]


def test_there_is_nothing_around_a_single_page() -> None:
    document = search_page(answer(hits=(DRONES_HIT,)))
    assert (document["next"], document["previous"], document["suggestion"]) == (None, None, None)


def test_a_post_is_told_in_full_with_its_comments_and_where_it_came_from() -> None:
    assert post_page(DRONES_AND_COMMENTS) == {
        **DESCRIBED,
        "blog_link": "https://ledger.example/",
        "updated": None,
        "kind": "post",
        "summary": "",
        "text": "Drones were seen over the harbour.",
        "html": "<p>Drones were seen over the <em>harbour</em>.</p>",
        "origins": [{"field": "title", "source": "page.txt", "where": "line 3", "confidence": 0.9}],
        "comments": {
            "total": 2,
            "results": [
                {
                    "id": "ccccccccccc2",
                    "author": "Cy",
                    "date": "2024-03-03T10:00:00Z",
                    "url": f"{DRONES_URL}#comment-ccccccccccc2",
                    "link": "",
                    "parent": None,
                    "text": "I saw drones too.",
                    "html": "<p>I saw drones too.</p>",
                },
                {
                    "id": "ddddddddddd2",
                    "author": "",
                    "date": None,
                    "url": f"{DRONES_URL}#comment-ddddddddddd2",
                    "link": "",
                    "parent": "ccccccccccc2",
                    "text": "So did I.",
                    "html": "So did I.",
                },
            ],
        },
        "matches": [],
    }


def test_the_values_of_a_facet_lead_to_their_searches() -> None:
    request = params.read_facet(
        {"q": ["x"], "prefix": ["w"], "page": ["2"], "size": ["5"]}, "tag", strict=True
    )
    page = answer(request, facets=(Facet("tag", (counted("war", 4),), distinct=12),))
    assert facet_page(page, "tag") == {
        "facet": "tag",
        "prefix": "w",
        "page": 2,
        "size": 5,
        "distinct": 12,
        "generation": "000042",
        "values": [
            {"value": "war", "label": "war", "count": 4, "selected": False, "url": "/search?q=x&tag=war"}
        ],
        "next": "/facets/tag.json?q=x&generation=000042&prefix=w&page=3&size=5",
        "previous": "/facets/tag.json?q=x&generation=000042&prefix=w&size=5",
    }


def test_completions_lead_to_the_post_or_to_all_posts_of_the_name() -> None:
    found = (
        Suggestion("Drones over", "title", "aaaaaaaaaaa2"),
        Suggestion("drones", "tag", count=31),
        Suggestion("Dr No", "author", count=2),
        Suggestion("drought", "word"),
    )
    assert suggestions("dr", found) == {
        "query": "dr",
        "suggestions": [
            {"text": "Drones over", "kind": "title", "count": None, "url": "/posts/aaaaaaaaaaa2/drones-over"},
            {"text": "drones", "kind": "tag", "count": 31, "url": "/search?tag=drones"},
            {"text": "Dr No", "kind": "author", "count": 2, "url": "/search?author=Dr+No"},
            {"text": "drought", "kind": "word", "count": None, "url": "/search?q=drought"},
        ],
    }
