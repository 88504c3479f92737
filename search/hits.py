"""Hits: what an engine found, with the texts of the store and the fragments that show it."""

from __future__ import annotations

from search.found import FoundRecords
from search.model import Comment
from search.results import CommentHit, Hit, Match
from search.text.fragments import Highlighter

COMMENT_SNIPPETS = 1
"""Passages shown of a matching comment; a post shows up to three."""


def hit(match: Match, records: FoundRecords, highlighter: Highlighter) -> Hit:
    """The hit of a match whose post is among the records."""
    post, comments = records.posts[match.post_id], records.comments
    return Hit(
        post=post,
        score=match.score,
        title=highlighter.mark(post.title, post.language, "title"),
        snippets=highlighter.snippets(post.readable, post.language),
        comments=tuple(
            _comment_hit(comments[i], post.language, highlighter) for i in match.comment_ids if i in comments
        ),
        comments_matched=match.comments_matched,
        comments_total=records.comment_counts[post.id],
    )


def _comment_hit(comment: Comment, language: str, highlighter: Highlighter) -> CommentHit:
    return CommentHit(comment, highlighter.snippets(comment.text, language, most=COMMENT_SNIPPETS))
