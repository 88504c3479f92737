"""One post and its comments as its page shows them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup

from search.model import Post, PostWithComments
from search.request import SearchRequest
from search.text.fragments import Highlighter
from web import links
from web.presenters import markup, words
from web.presenters.origins import SourceView, origins_view
from web.presenters.result import Date, Named, comment_author, date, date_of, narrowing, title
from web.presenters.thread import Reply, threaded

EVERYTHING = SearchRequest()


@dataclass(frozen=True, slots=True)
class ReplyView:
    """A comment; `answers` leads to the one it answers, where there is one."""

    id: str
    author: str
    date: Date | None
    body: Markup
    depth: int
    answers: Named | None
    link: str


@dataclass(frozen=True, slots=True)
class PostView:
    """Everything on a post's page.

    `lead` is the summary, where the body does not hold it. `link` is the original's, empty where it is
    unknown or unsafe. `back_url` leads to the search the reader came from, whose words are marked.
    """

    id: str
    title: Markup
    plain_title: str
    untitled: bool
    body: Markup
    lead: Markup
    summary: str
    date: Date | None
    updated: Date | None
    authors: tuple[Named, ...]
    blog: Named
    tags: tuple[Named, ...]
    language: str
    reporters: tuple[Named, ...]
    publication: Named | None
    link: str
    canonical: str
    comments: tuple[ReplyView, ...]
    comment_count: str
    similar: tuple[SimilarView, ...]
    sources: tuple[SourceView, ...]
    text: str
    json_url: str
    back_url: str
    came_from_search: bool


@dataclass(frozen=True, slots=True)
class SimilarView:
    """A post like this one."""

    title: str
    url: str
    date: Date | None


def post_view(
    found: PostWithComments,
    similar: Iterable[Post],
    came_from: SearchRequest,
    highlighter: Highlighter,
    own_url: str,
) -> PostView:
    """The page of a post; `own_url` is its address where the original's is not known."""
    post = found.post
    link = links.outside(post.link)
    return PostView(
        id=post.id,
        title=markup.marked(highlighter.mark(title(post), post.language, "title")),
        plain_title=title(post),
        untitled=not post.title,
        body=_marked_html(post.html, post, highlighter),
        lead=markup.marked(highlighter.mark(post.standfirst, post.language)),
        summary=post.summary,
        date=date_of(post),
        updated=date(post.updated) if post.updated != post.date else None,
        authors=narrowing(EVERYTHING, "author", post.authors),
        blog=Named(post.blog.name, links.values("blog", post.blog.name)),
        tags=narrowing(EVERYTHING, "tag", post.tags),
        language=post.language,
        reporters=narrowing(EVERYTHING, "reporter", post.reporters),
        publication=Named(post.publication, links.values("publication", post.publication))
        if post.publication
        else None,
        link=link,
        canonical=link or own_url,
        comments=tuple(_reply(post, reply, highlighter) for reply in threaded(found.comments)),
        comment_count=words.counted(len(found.comments), "comment"),
        similar=tuple(SimilarView(title(each), links.post(each), date(each.date)) for each in similar),
        sources=origins_view(post.origins),
        text=came_from.query.text,
        json_url=f"/posts/{post.id}.json",
        back_url=links.search(came_from),
        came_from_search=came_from != EVERYTHING,
    )


def _reply(post: Post, reply: Reply, highlighter: Highlighter) -> ReplyView:
    comment = reply.comment
    return ReplyView(
        id=comment.id,
        author=comment_author(comment),
        date=date(comment.date),
        body=_marked_html(comment.html, post, highlighter),
        depth=reply.depth,
        answers=Named(comment_author(reply.parent), f"#comment-{reply.parent.id}") if reply.parent else None,
        link=links.outside(comment.link),
    )


def _marked_html(html: str, post: Post, highlighter: Highlighter) -> Markup:
    if not highlighter.matches_anything:
        return Markup(html)  # noqa: S704 - sanitised before it was stored
    return markup.mark_html(html, lambda text: highlighter.mark(text, post.language))
