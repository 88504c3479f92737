"""The comments of a post as its page shows them."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from search.model import PostWithComments
from web import links
from web.presenters.naming import Date, Named, comment_author, date
from web.presenters.post.marks import Marks
from web.presenters.post.thread import Reply, threaded


@dataclass(frozen=True, slots=True)
class ReplyView:
    """A comment; `answers` leads to the one it answers, where there is one.

    `opens` says that a list of its answers follows; else `closes` lists end after it.
    """

    id: str
    author: str
    date: Date | None
    body: Markup
    answers: Named | None
    link: str
    opens: bool
    closes: int


def replies(found: PostWithComments, marks: Marks) -> tuple[ReplyView, ...]:
    """All comments of a post in the order of their conversation."""
    return tuple(_view(reply, found.post.language, marks) for reply in threaded(found.comments))


def _view(reply: Reply, language: str, marks: Marks) -> ReplyView:
    comment, parent = reply.comment, reply.parent
    return ReplyView(
        id=comment.id,
        author=comment_author(comment),
        date=date(comment.date),
        body=marks.html(comment.html, language),
        answers=Named(comment_author(parent), f"#comment-{parent.id}") if parent else None,
        link=links.outside(comment.link),
        opens=reply.opens,
        closes=reply.closes,
    )
