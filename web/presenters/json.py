"""Answers as JSON: the documents of `docs/json-api.md`, as plain dicts.

Text that is not known is empty and a date that is not known is null, so that every key is always
there and always of one type.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import PurePath
from typing import Any

from search.model import Comment, Origin, Period, Post, PostWithComments
from search.request import SearchRequest
from search.results import CommentHit, Facet, FacetValue, Hit, SearchPage, Snippet, Suggestion
from web import links, refine
from web.presenters import markup, paging, words

Document = dict[str, Any]


def search_page(page: SearchPage) -> Document:
    """What `/search.json` answers."""
    request, pages = page.request, paging.pager(page, "/search.json")
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
        "suggestion": _suggestion(page),
        "next": pages.next or None,
        "previous": pages.previous or None,
    }


def facet_values(request: SearchRequest, facet: Facet) -> list[Document]:
    """The counted values of a facet, each with the search that choosing (or leaving) it leads to."""
    toggled = links.toggles(request, facet.name)
    return [_facet_value(toggled, facet.name, value) for value in facet.values]


def facet_page(page: SearchPage, name: str) -> Document:
    """What `/facets/<facet>.json` answers."""
    counted = page.facets[name]
    return {
        "facet": name,
        "prefix": page.request.facet_prefix,
        "distinct": counted.distinct,
        "generation": page.generation,
        "values": facet_values(refine.as_shown(page.request), counted),
    }


def post_page(found: PostWithComments) -> Document:
    """What `/posts/<id>.json` answers: everything the archive knows of a post."""
    post = found.post
    return {
        **_described(post),
        "blog_link": links.outside(post.blog.link),
        "updated": _date(post.updated),
        "kind": post.kind,
        "summary": post.summary,
        "text": post.text,
        "html": post.html,
        "origins": [_origin(origin) for origin in post.origins],
        "comments": {
            "total": len(found.comments),
            "results": [_comment_in_full(post, reply) for reply in found.comments],
        },
    }


def suggestions(prefix: str, found: Iterable[Suggestion]) -> Document:
    """What `/suggest.json` answers."""
    return {
        "query": prefix,
        "suggestions": [{"text": each.text, "kind": each.kind, "url": _suggested(each)} for each in found],
    }


def problem(kind: str, title: str, status: int, detail: str, parameter: str = "") -> Document:
    """An error as RFC 9457 words it; `parameter` names the one that was wrong, where one was."""
    document: Document = {"type": kind, "title": title, "status": status, "detail": detail}
    return {**document, "parameter": parameter} if parameter else document


def source_name(source: str) -> str:
    """The last name of a source's path: where its owner keeps the rest is nobody's business."""
    return PurePath(source).name


def _described(post: Post) -> Document:
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


def _result(hit: Hit) -> Document:
    return {
        **_described(hit.post),
        "score": round(hit.score, 4),
        "snippets": _snippets(hit.snippets),
        "comments": {
            "total": hit.comments_total,
            "matched": hit.comments_matched,
            "results": [_comment_hit(hit.post, found) for found in hit.comments],
        },
    }


def _comment_hit(post: Post, found: CommentHit) -> Document:
    return {**_comment(post, found.comment), "snippets": _snippets(found.snippets)}


def _comment_in_full(post: Post, reply: Comment) -> Document:
    return {
        **_comment(post, reply),
        "link": links.outside(reply.link),
        "parent": reply.parent or None,
        "text": reply.text,
        "html": reply.html,
    }


def _comment(post: Post, reply: Comment) -> Document:
    return {
        "id": reply.id,
        "author": reply.author,
        "date": _date(reply.date),
        "url": links.comment(post, reply),
    }


def _snippets(passages: Sequence[Snippet]) -> list[Document]:
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


def _facet_value(toggled: Callable[[str], str], name: str, value: FacetValue) -> Document:
    document: Document = {
        "value": value.value,
        "label": words.label(name, value),
        "count": value.count,
        "selected": value.selected,
        "url": toggled(value.value),
    }
    if name == "date":
        document["children"] = [_facet_value(toggled, name, child) for child in value.children]
    return document


def _suggestion(page: SearchPage) -> Document | None:
    correction = page.correction
    if correction is None:
        return None
    url = links.search(refine.asking(page.request, correction.text))
    return {"text": correction.text, "total": correction.total, "url": url}


def _suggested(suggestion: Suggestion) -> str:
    if suggestion.kind == "title":
        return links.titled(suggestion.post_id, suggestion.text)
    if suggestion.kind == "word":
        return links.values("q", suggestion.text)
    return links.values(suggestion.kind, suggestion.text)


def _origin(origin: Origin) -> Document:
    return {
        "field": origin.field,
        "source": source_name(origin.source),
        "where": origin.where,
        "confidence": origin.confidence,
    }


def _date(period: Period | None) -> str | None:
    return str(period) if period else None
