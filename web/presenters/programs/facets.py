"""The values of a facet, and completions, as documents."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Literal, cast

from search.request import SearchRequest
from search.results import Facet, FacetValue, SearchPage, Suggestion
from web import links, refine
from web.documents.facets import CompletionDocument, CompletionsDocument, FacetDocument, FacetValueDocument
from web.presenters import paging, words
from web.presenters.programs import series


def facet_page(page: SearchPage, name: str) -> FacetDocument:
    """What `/facets/<facet>.json` answers."""
    request, counted = page.request, page.facets[name]
    around = series.of_values(page, counted)
    return {
        "facet": name,
        "prefix": request.facet_prefix,
        "page": paging.place_among_values(page, counted).number,
        "size": request.facet_size,
        "distinct": counted.distinct,
        "generation": page.generation,
        "values": facet_values(refine.as_shown(request), counted),
        "next": around.next,
        "previous": around.previous,
    }


def facet_values(request: SearchRequest, facet: Facet) -> list[FacetValueDocument]:
    """The counted values of a facet, each with the search that choosing (or leaving) it leads to."""
    toggled = links.toggles(request, facet.name)
    return [_facet_value(toggled, facet.name, value) for value in facet.values]


def suggestions(prefix: str, found: Iterable[Suggestion]) -> CompletionsDocument:
    """What `/suggest.json` answers."""
    return {"query": prefix, "suggestions": [_completion(each) for each in found]}


def _facet_value(toggled: Callable[[str], str], name: str, value: FacetValue) -> FacetValueDocument:
    document: FacetValueDocument = {
        "value": value.value,
        "label": words.label(name, value),
        "count": value.count,
        "selected": value.selected,
        "url": toggled(value.value),
    }
    if name == "date":
        document["children"] = [_facet_value(toggled, name, child) for child in value.children]
    return document


def _completion(suggestion: Suggestion) -> CompletionDocument:
    kind = cast(Literal["title", "tag", "author", "word"], suggestion.kind)
    count = suggestion.count if kind in ("tag", "author") else None
    return {"text": suggestion.text, "kind": kind, "count": count, "url": _suggested(suggestion)}


def _suggested(suggestion: Suggestion) -> str:
    if suggestion.kind == "title":
        return links.titled(suggestion.post_id, suggestion.text)
    if suggestion.kind == "word":
        return links.values("q", suggestion.text)
    return links.values(suggestion.kind, suggestion.text)
