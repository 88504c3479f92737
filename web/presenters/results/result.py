"""One result of a search page: a post, why it matched, and its matching comments."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from search.model import Post
from search.request import MatchMode, SearchRequest
from search.results import CommentHit, Hit
from web import links
from web.presenters import markup, words
from web.presenters.naming import Date, Named, comment_author, date, date_of, narrowing, quotes, title
from web.presenters.results.reasons import reasons


@dataclass(frozen=True, slots=True)
class CommentView:
    """A matching comment under its post."""

    url: str
    author: str
    date: Date | None
    snippets: tuple[Markup, ...]


@dataclass(frozen=True, slots=True)
class ResultView:
    """A result: `quotes` says whom it quotes, `why` where words are, `more_comments` what is not shown."""

    url: str
    title: Markup
    untitled: bool
    date: Date | None
    authors: tuple[Named, ...]
    blog: Named
    quotes: str
    tags: tuple[Named, ...]
    language: str
    snippets: tuple[Markup, ...]
    why: tuple[str, ...]
    comments: tuple[CommentView, ...]
    more_comments: str


def result(request: SearchRequest, hit: Hit, match: MatchMode = MatchMode.ALL) -> ResultView:
    """A hit of this search as the page shows it; `match` is what was in fact required."""
    post = hit.post
    return ResultView(
        url=links.post(post, request),
        title=markup.marked(hit.title) if post.title else Markup("{}").format(title(post)),
        untitled=not post.title,
        date=date_of(post),
        authors=narrowing(request, "author", post.authors),
        blog=Named(post.blog.name, links.narrowing(request, "blog")(post.blog.name)),
        quotes=quotes(post),
        tags=narrowing(request, "tag", post.tags),
        language=post.language,
        snippets=tuple(markup.snippet(passage) for passage in hit.snippets),
        why=reasons(hit, match),
        comments=tuple(_comment(post, found, request) for found in hit.comments),
        more_comments=_more_comments(hit),
    )


def _comment(post: Post, found: CommentHit, request: SearchRequest) -> CommentView:
    return CommentView(
        url=links.comment(post, found.comment, request),
        author=comment_author(found.comment),
        date=date(found.comment.date),
        snippets=tuple(markup.snippet(passage) for passage in found.snippets),
    )


def _more_comments(hit: Hit) -> str:
    """How many comments there are that the result does not show, in words."""
    if more := hit.comments_matched - len(hit.comments):
        return words.more_comments(more)
    if hit.comments_total and not hit.comments:
        return words.comments(hit.comments_total)
    return ""
