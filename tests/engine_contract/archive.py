"""The posts of the contract, and the requests its searches make, as their JSON writes them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from search.model import Blog, Comment, Period, Post, PostWithComments
from search.query.ast import Query
from search.query.parser import parse
from search.query.relax import relax
from search.request import FACETS, KEYWORD_FACETS, Filters, MatchMode, Scope, SearchRequest, Sort, ValueFilter

FOLDER = Path(__file__).parent


def load(name: str) -> list[dict[str, Any]]:
    """What a file of the contract lists."""
    listed: list[dict[str, Any]] = json.loads((FOLDER / name).read_text(encoding="utf-8"))
    return listed


def posts() -> list[PostWithComments]:
    """The posts of `posts.json`."""
    return [_post(written) for written in load("posts.json")]


def request(written: dict[str, Any]) -> SearchRequest:
    """The request that the parameters of a query string make."""
    query = parse(written.get("q", ""))
    match = MatchMode(written.get("match", "all"))
    if match is MatchMode.ANY:
        query = Query(query.text, relax(query.node), query.warnings)
    return SearchRequest(
        query=query,
        match=match,
        filters=Filters(
            values=tuple(_value_filters(written)),
            dates=tuple(Period.parse(text) for text in written.get("date", ())),
            after=_period(written.get("after")),
            before=_period(written.get("before")),
        ),
        scope=Scope(written.get("in", "all")),
        sort=Sort(written.get("sort", "relevance")),
        facets=tuple(written.get("facets", FACETS)),
        **{name: written[name] for name in ("page", "size", "facet_size", "facet_prefix") if name in written},
    )


def _value_filters(written: dict[str, Any]) -> list[ValueFilter]:
    chosen = [ValueFilter(name, tuple(written[name])) for name in KEYWORD_FACETS if name in written]
    excluded = [
        ValueFilter(name, tuple(written[f"-{name}"]), excluded=True)
        for name in KEYWORD_FACETS
        if f"-{name}" in written
    ]
    return chosen + excluded


def _period(text: str | None) -> Period | None:
    return Period.parse(text) if text else None


def _post(written: dict[str, Any]) -> PostWithComments:
    post = Post(
        id=written["id"],
        blog=Blog(written["blog"]),
        title=written["title"],
        text=written["text"],
        authors=tuple(written.get("authors", ())),
        tags=tuple(written.get("tags", ())),
        date=_period(written.get("date")),
        language=written.get("language", ""),
        publication=written.get("publication", ""),
        reporters=tuple(written.get("reporters", ())),
    )
    comments = [
        Comment(
            id=comment["id"],
            post_id=post.id,
            author=comment["author"],
            text=comment["text"],
            date=_period(comment.get("date")),
        )
        for comment in written.get("comments", ())
    ]
    return PostWithComments(post, tuple(comments))
