"""Hits: what an engine found, with the texts of the store and the fragments that show it."""

from __future__ import annotations

from search.found import FoundRecords
from search.model import Comment
from search.reasons import Reasons
from search.results import CommentHit, Hit, Match
from search.text.fragments import Highlighter, Spellings

COMMENT_SNIPPETS = 1
"""Passages shown of a matching comment; a post shows up to three."""


def hit(match: Match, records: FoundRecords, highlighter: Highlighter, reasons: Reasons) -> Hit:
    """The hit of a match whose post is among the records."""
    post, comments = records.posts[match.post_id], records.comments
    title: Spellings = {}
    body: Spellings = {}
    said: Spellings = {}
    return Hit(
        post=post,
        score=match.score,
        title=highlighter.mark(post.title, post.language, "title", title),
        snippets=highlighter.snippets(post.readable, post.language, spellings=body),
        comments=tuple(
            _comment_hit(comments[i], post.language, highlighter, said)
            for i in match.comment_ids
            if i in comments
        ),
        comments_matched=match.comments_matched,
        comments_total=records.comment_counts[post.id],
        reasons=reasons.of(post, title, body, said),
    )


def _comment_hit(
    comment: Comment, language: str, highlighter: Highlighter, spellings: Spellings
) -> CommentHit:
    snippets = highlighter.snippets(comment.text, language, most=COMMENT_SNIPPETS, spellings=spellings)
    return CommentHit(comment, snippets)
