"""A search as the documents `/search.json` and `/search.jsonl` answer with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import cast

from search.model import Post
from search.request import SearchRequest
from search.results import CommentHit, Correction, FoundPost, Hit, Reason, SearchPage, Snippet
from web import links, refine
from web.documents.search import (
    CommentResult,
    ExportedResult,
    Place,
    ReasonDocument,
    Result,
    SearchDocument,
    SnippetDocument,
    SuggestionDocument,
)
from web.presenters import markup, words
from web.presenters.programs import series
from web.presenters.programs.facets import facet_values
from web.presenters.programs.fragments import fragments
from web.presenters.programs.post import comment_described, date, described, kind


def search_page(page: SearchPage) -> SearchDocument:
    """What `/search.json` answers."""
    # The pages around are of the same generation; every other link is a search of its own.
    around = series.of_results(page)
    request = replace(page.request, generation="")
    return {
        "query": {
            "text": request.query.text,
            "match": page.match.value,
            "warnings": list(words.warnings(page)),
        },
        "total": page.total,
        "page": request.page,
        "size": request.size,
        "took_ms": round(page.took_ms, 2),
        "generation": page.generation,
        "results": [_result(hit) for hit in page.hits],
        "facets": {name: facet_values(request, facet) for name, facet in page.facets.items()},
        "suggestion": _suggestion(request, page.correction),
        "next": around.next,
        "previous": around.previous,
    }


def exported(found: FoundPost) -> ExportedResult:
    """A line of what `/search.jsonl` answers."""
    post = found.post
    return {
        **described(post),
        "score": round(found.score, 4),
        "comments": {"total": found.comments_total, "matched": found.comments_matched},
        "updated": date(post.updated),
        "kind": kind(post),
        "summary": post.summary,
        "text": post.text,
    }


def _result(hit: Hit) -> Result:
    return {
        **described(hit.post),
        "score": round(hit.score, 4),
        "snippets": _snippets(hit.snippets),
        "reasons": [_reason(reason) for reason in hit.reasons],
        "comments": {
            "total": hit.comments_total,
            "matched": hit.comments_matched,
            "results": [_comment_hit(hit.post, found) for found in hit.comments],
        },
    }


def _comment_hit(post: Post, found: CommentHit) -> CommentResult:
    return {**comment_described(post, found.comment), "snippets": _snippets(found.snippets)}


def _snippets(passages: Sequence[Snippet]) -> list[SnippetDocument]:
    return [
        {
            "field": passage.field,
            "fragments": fragments(passage.fragments),
            "html": str(markup.snippet(passage)),
        }
        for passage in passages
    ]


def _reason(reason: Reason) -> ReasonDocument:
    places = cast(list[Place], list(reason.places))
    return {"text": reason.text, "places": places, "forms": list(reason.forms)}


def _suggestion(request: SearchRequest, correction: Correction | None) -> SuggestionDocument | None:
    if correction is None:
        return None
    return {
        "text": correction.text,
        "changes": [{"word": word, "instead": instead} for word, instead in correction.changes],
        "total": correction.total,
        "url": links.search(refine.asking(request, correction.text)),
    }
