"""What the site answers is documented, and the documents shown are true."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from search.archive import Archive
from search.query.parser import parse
from search.results import Correction, Facet, FoundPost, Reason, Suggestion
from search.text.fragments import Highlighter
from tests.web.blog import build
from tests.web.made import DRONES_AND_COMMENTS, DRONES_HIT, answer, counted
from web import params
from web.app import create_app
from web.params import table
from web.presenters.programs.facets import facet_page, suggestions
from web.presenters.programs.matches import matches
from web.presenters.programs.post import post_page
from web.presenters.programs.problem import problem
from web.presenters.programs.search import exported, search_page
from web.problems import KINDS, Kind
from web.settings import Settings

DOCS = Path(__file__).parent.parent / "docs" / "json-api.md"
TEXT = DOCS.read_text(encoding="utf-8")
PROBLEMS = DOCS.with_name("problems.md").read_text(encoding="utf-8")

Shape = Any
"""A document with its keys kept and its values replaced by nothing."""


def shape(document: Any) -> Shape:
    """The keys of a document and of the first item of each list in it."""
    if isinstance(document, dict):
        return {key: shape(value) for key, value in document.items()}
    if isinstance(document, list):
        return [shape(document[0])] if document and isinstance(document[0], dict) else []
    return None


def examples(section: str) -> list[Any]:
    body = TEXT.split(f"\n## {section}\n")[1].split("\n## ")[0]
    return [json.loads(block) for block in re.findall(r"```json\n(.*?)```", body, re.DOTALL)]


def without_examples_of_emptiness(document: Any) -> Any:
    """Snippets and children may be shown empty where the same were shown before."""
    if isinstance(document, dict):
        return {
            key: without_examples_of_emptiness(value)
            for key, value in document.items()
            if key not in ("snippets", "children")
        }
    return (
        [without_examples_of_emptiness(item) for item in document] if isinstance(document, list) else document
    )


def test_every_path_is_documented(tmp_path: Path) -> None:
    build(tmp_path)
    with Archive.open(tmp_path) as archive:
        rules = [rule.rule for rule in create_app(Settings(tmp_path), archive).url_map.iter_rules()]
    paths = {re.sub(r"<(?:[^>]*:)?(\w+)>", r"<\1>", rule).replace("post_id", "id") for rule in rules}
    missing = [path for path in sorted(paths - {"/static/<filename>"}) if f"`{path}`" not in TEXT]
    assert missing == []


@pytest.mark.parametrize(
    "parameter", sorted({*table.SEARCH_JSON, *table.FACET, *table.EXPORT, *table.SUGGEST})
)
def test_every_parameter_is_documented(parameter: str) -> None:
    assert f"`{parameter}`" in TEXT


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_every_kind_of_problem_is_documented(kind: Kind) -> None:
    assert f"| [`{kind.name}`](problems.md#{kind.name}) | {kind.status} |" in TEXT
    assert f"\n## {kind.name}\n\n{kind.status.value}: **{kind.title}.** " in PROBLEMS


def test_no_other_kind_of_problem_is_documented() -> None:
    assert re.findall(r"^## (.*)$", PROBLEMS, re.MULTILINE) == list(KINDS)


def test_the_search_shown_has_the_keys_of_a_real_one() -> None:
    page = answer(
        params.read({"q": ["drones"], "page": ["2"], "size": ["1"]}, strict=True),
        total=3,
        facets=(Facet("tag", (counted("a", 1),), 1), Facet("date", (counted("2024", 1),), 1)),
        hits=(replace(DRONES_HIT, reasons=(Reason("drones", ("title",)),)),),
        correction=Correction("drone", 9, (("drones", "drone"),)),
    )
    shown, _ = examples("Searching")
    real = search_page(page)
    assert shape(shown["results"][0]["snippets"]) == shape(real["results"][0]["snippets"])
    assert shape(without_examples_of_emptiness(shown)) == shape(without_examples_of_emptiness(real))


def test_the_line_of_an_export_shown_has_the_keys_of_a_real_one() -> None:
    _, shown = examples("Searching")
    assert shape(shown) == shape(exported(FoundPost(DRONES_HIT.post, 12.3, 1, 2)))


def test_the_post_shown_has_the_keys_of_a_real_one() -> None:
    found = matches(DRONES_AND_COMMENTS, Highlighter(parse("drones").node, ["en"]))
    real = post_page(DRONES_AND_COMMENTS, found)
    assert [shape(shown) for shown in examples("A post")] == [shape(real)]


def test_the_facet_shown_has_the_keys_of_a_real_one() -> None:
    page = answer(facets=(Facet("tag", (counted("a", 1),), 1),))
    assert [shape(e) for e in examples("The values of a facet")] == [shape(facet_page(page, "tag"))]


def test_the_completions_shown_have_the_keys_of_real_ones() -> None:
    real = suggestions("dr", (Suggestion("drones", "tag"),))
    assert [shape(shown) for shown in examples("Completions")] == [shape(real)]


def test_the_problem_shown_has_the_keys_of_a_real_one() -> None:
    real = problem("kind", "title", 400, "detail", parameter="parameter", request_id="9f86d081884c7d65")
    assert [shape(shown) for shown in examples("Errors")] == [shape(real)]
