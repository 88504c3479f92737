"""What a source says of a record, as the row that is compared with the store.

It is made wherever the record is: worker processes do so, and the one that writes only has to insert.
"""

from __future__ import annotations

from search import rows
from search.digests import content_digest, digest
from search.model import Comment, Post
from search.rows import Row
from search.sameness.identity import CommentIdentity, Held, Identity

_HELD = Held()
_IDENTITY = Identity()
_COMMENT_IDENTITY = CommentIdentity()


def post_row(post: Post, held: Held = _HELD, identity: Identity = _IDENTITY) -> Row:
    """The row of a post, and of what it is recognised by in other sources."""
    row = rows.post_row(post)
    recognised = rows.identity_row(identity)
    content = content_digest(row)
    row["digest"] = content
    row["version_digest"] = digest(content, row["origins"], held, recognised)
    return row | recognised | _held(held, str(post.updated or post.date or ""))


def comment_row(comment: Comment, held: Held = _HELD, identity: CommentIdentity = _COMMENT_IDENTITY) -> Row:
    """The row of a comment, still without its place among others."""
    row = rows.comment_row(comment)
    row["post_record"] = row.pop("post_id")
    row |= {
        "known_by": list(identity.addresses),
        "known_own": identity.own,
        "known_words": identity.words,
    }
    row["digest"] = digest(row, held)
    return row | _held(held, str(comment.date or ""))


def _held(held: Held, modified: str) -> Row:
    return {
        "format": held.format,
        "standing": int(held.standing),
        "complete": held.complete,
        "modified": modified,
    }
