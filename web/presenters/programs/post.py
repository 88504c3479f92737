"""A post as a document: what every answer says of it and of its comments, and all of it.

Text that is not known is empty and a date that is not known is null, so that every key is always
there and always of one type.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from search.model import Comment, Origin, Period, Post, PostWithComments
from web import links
from web.documents.post import (
    CommentDescribed,
    CommentInFull,
    Described,
    MatchDocument,
    OriginDocument,
    PostDocument,
)
from web.presenters.naming import source_name


def post_page(found: PostWithComments, matching: Sequence[MatchDocument] = ()) -> PostDocument:
    """What `/posts/<id>.json` answers: everything the archive knows of a post, and where a search matched."""
    post = found.post
    return {
        **described(post),
        "blog_link": links.outside(post.blog.link),
        "updated": date(post.updated),
        "kind": kind(post),
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


def described(post: Post) -> Described:
    """What every answer says of a post."""
    return {
        "id": post.id,
        "url": links.post(post),
        "link": links.outside(post.link),
        "title": post.title,
        "blog": post.blog.name,
        "authors": list(post.authors),
        "date": date(post.date),
        "tags": list(post.tags),
        "publication": post.publication,
        "reporters": list(post.reporters),
        "language": post.language,
    }


def comment_described(post: Post, reply: Comment) -> CommentDescribed:
    """What every answer says of a comment."""
    return {
        "id": reply.id,
        "author": reply.author,
        "date": date(reply.date),
        "url": links.comment(post, reply),
    }


def date(period: Period | None) -> str | None:
    """A date in ISO 8601, as exactly as it is known."""
    return str(period) if period else None


def kind(post: Post) -> Literal["post", "page"]:
    """Whether it is a post or a page."""
    return "page" if post.kind == "page" else "post"


def _comment_in_full(post: Post, reply: Comment) -> CommentInFull:
    return {
        **comment_described(post, reply),
        "link": links.outside(reply.link),
        "parent": reply.parent or None,
        "text": reply.text,
        "html": reply.html,
    }


def _origin(origin: Origin) -> OriginDocument:
    return {
        "field": origin.field,
        "source": source_name(origin.source),
        "where": origin.where,
        "confidence": origin.confidence,
    }
