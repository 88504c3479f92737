"""The words of a search in a post and its comments, for programs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from search.model import PostWithComments
from search.results import Fragments
from search.text.fragments import Highlighter
from web.documents.post import MatchDocument
from web.presenters import markup
from web.presenters.programs.fragments import fragments


def matches(found: PostWithComments, highlighter: Highlighter) -> list[MatchDocument]:
    """Every text that has words of the search: the title, the text of the post, and comments."""
    return list(_matches(found, highlighter)) if highlighter.matches_anything else []


def _matches(found: PostWithComments, highlighter: Highlighter) -> Iterator[MatchDocument]:
    post = found.post
    if marked := _matched(highlighter.mark(post.title, post.language, "title")):
        yield _match("title", None, marked)
    if marked := _matched(highlighter.mark(post.text, post.language)):
        yield _match("body", None, marked)
    for comment in found.comments:
        if marked := _matched(highlighter.mark(comment.text, post.language)):
            yield _match("body", comment.id, marked)


def _matched(fragments: Fragments) -> Fragments:
    """The fragments, if any of them matched."""
    return fragments if any(fragment.matched for fragment in fragments) else ()


def _match(field: Literal["title", "body"], comment: str | None, marked: Fragments) -> MatchDocument:
    return {
        "field": field,
        "comment": comment,
        "fragments": fragments(marked),
        "html": str(markup.marked(marked)),
    }
