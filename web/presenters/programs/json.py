"""Answers as the documents of `docs/json-api.md`, whose shapes are in `web/documents/`.

Text that is not known is empty and a date that is not known is null, so that every key is always
there and always of one type.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Literal, cast

from search.model import Comment, Origin, Period, Post, PostWithComments
from search.request import SearchRequest
from search.results import (
    CommentHit,
    Correction,
    Facet,
    FacetValue,
    FoundPost,
    Hit,
    Reason,
    SearchPage,
    Snippet,
    Suggestion,
)
from web import links, refine
from web.documents.facets import CompletionDocument, CompletionsDocument, FacetDocument, FacetValueDocument
from web.documents.post import (
    CommentDescribed,
    CommentInFull,
    Described,
    MatchDocument,
    OriginDocument,
    PostDocument,
)
from web.documents.problem import ProblemDocument
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
from web.presenters.naming import source_name
from web.presenters.programs import series


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


def facet_values(request: SearchRequest, facet: Facet) -> list[FacetValueDocument]:
    """The counted values of a facet, each with the search that choosing (or leaving) it leads to."""
    toggled = links.toggles(request, facet.name)
    return [_facet_value(toggled, facet.name, value) for value in facet.values]


def facet_page(page: SearchPage, name: str) -> FacetDocument:
    """What `/facets/<facet>.json` answers."""
    request, counted = page.request, page.facets[name]
    around = series.of_values(page, counted)
    return {
        "facet": name,
        "prefix": request.facet_prefix,
        "page": request.facet_offset // request.facet_size + 1,
        "size": request.facet_size,
        "distinct": counted.distinct,
        "generation": page.generation,
        "values": facet_values(refine.as_shown(request), counted),
        "next": around.next,
        "previous": around.previous,
    }


def exported(found: FoundPost) -> ExportedResult:
    """A line of what `/search.jsonl` answers."""
    post = found.post
    return {
        **_described(post),
        "score": round(found.score, 4),
        "comments": {"total": found.comments_total, "matched": found.comments_matched},
        "updated": _date(post.updated),
        "kind": _kind(post),
        "summary": post.summary,
        "text": post.text,
    }


def post_page(found: PostWithComments, matching: Sequence[MatchDocument] = ()) -> PostDocument:
    """What `/posts/<id>.json` answers: everything the archive knows of a post, and where a search matched."""
    post = found.post
    return {
        **_described(post),
        "blog_link": links.outside(post.blog.link),
        "updated": _date(post.updated),
        "kind": _kind(post),
        "summary": post.summary,
        "text": post.text,
        "html": post.html,
        "origins": [_origin(origin) for origin in post.origins],
        "comments": {
            "total": len(found.comments),
            "results": [_comment_in_full(post, reply) for reply in found.comments],
        },
        "matches": list(matching),
    }


def suggestions(prefix: str, found: Iterable[Suggestion]) -> CompletionsDocument:
    """What `/suggest.json` answers."""
    return {"query": prefix, "suggestions": [_completion(each) for each in found]}


def problem(
    kind: str, title: str, status: int, detail: str, *, parameter: str = "", again: str = ""
) -> ProblemDocument:
    """An error as RFC 9457 words it.

    `parameter` names the one that was wrong and `again` is where to begin again, where there is one.
    """
    document: ProblemDocument = {"type": kind, "title": title, "status": status, "detail": detail}
    if parameter:
        document["parameter"] = parameter
    if again:
        document["again"] = again
    return document


def _described(post: Post) -> Described:
    return {
        "id": post.id,
        "url": links.post(post),
        "link": links.outside(post.link),
        "title": post.title,
        "blog": post.blog.name,
        "authors": list(post.authors),
        "date": _date(post.date),
        "tags": list(post.tags),
        "publication": post.publication,
        "reporters": list(post.reporters),
        "language": post.language,
    }


def _result(hit: Hit) -> Result:
    return {
        **_described(hit.post),
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
    return {**_comment(post, found.comment), "snippets": _snippets(found.snippets)}


def _comment_in_full(post: Post, reply: Comment) -> CommentInFull:
    return {
        **_comment(post, reply),
        "link": links.outside(reply.link),
        "parent": reply.parent or None,
        "text": reply.text,
        "html": reply.html,
    }


def _comment(post: Post, reply: Comment) -> CommentDescribed:
    return {
        "id": reply.id,
        "author": reply.author,
        "date": _date(reply.date),
        "url": links.comment(post, reply),
    }


def _snippets(passages: Sequence[Snippet]) -> list[SnippetDocument]:
    return [
        {
            "field": passage.field,
            "fragments": [
                {"text": fragment.text, "matched": fragment.matched} for fragment in passage.fragments
            ],
            "html": str(markup.snippet(passage)),
        }
        for passage in passages
    ]


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


def _origin(origin: Origin) -> OriginDocument:
    return {
        "field": origin.field,
        "source": source_name(origin.source),
        "where": origin.where,
        "confidence": origin.confidence,
    }


def _date(period: Period | None) -> str | None:
    return str(period) if period else None


def _kind(post: Post) -> Literal["post", "page"]:
    return "page" if post.kind == "page" else "post"
