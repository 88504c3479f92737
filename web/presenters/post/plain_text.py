"""A post as plain text: what it says, what is known of it and how surely, and its comments."""

from __future__ import annotations

import re
from collections.abc import Iterator

from search.model import Post, PostWithComments
from web import links
from web.language.voice import gettext
from web.presenters import words
from web.presenters.naming import comment_author, date, date_of, quotes, title
from web.presenters.post.origins import SourceView, origins_view
from web.presenters.post.thread import Reply, threaded

MEDIA_TYPE = "text/plain"

_INDENT = "    "
_RULE = 72  # columns at most of the line below a heading
_ACTING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")
"""What does something instead of being seen: controls, halves of characters, overrides of direction."""


def document(found: PostWithComments, address: str) -> str:
    """The post as one text; `address` is where the archive has it."""
    blocks = (*_heading(found.post, address), found.post.standfirst, found.post.text, *_comments(found))
    text = "\n\n".join(block.strip("\n") for block in blocks if block)
    return _ACTING.sub("", text.replace("\r\n", "\n")) + "\n"


def _heading(post: Post, address: str) -> Iterator[str]:
    yield _underlined(" ".join(title(post).split()), "=")
    yield "\n".join(f"{name}: {' '.join(value.split())}" for name, value in _facts(post, address) if value)
    if sources := origins_view(post.origins):
        yield "\n".join(_sources(sources))


def _facts(post: Post, address: str) -> Iterator[tuple[str, str]]:
    when, updated = date_of(post), date(post.updated) if post.updated != post.date else None
    yield gettext("Author"), ", ".join(post.authors)
    yield gettext("Date"), when.exact if when else gettext("undated")
    yield gettext("Updated"), updated.exact if updated else ""
    yield gettext("Blog"), post.blog.name
    yield gettext("Quotes"), quotes(post)
    yield gettext("Tags"), ", ".join(post.tags)
    yield gettext("Original"), links.outside(post.link)
    yield gettext("Archived at"), address


def _sources(sources: tuple[SourceView, ...]) -> Iterator[str]:
    yield gettext("How this was read:")
    for source in sources:
        for place in source.places:
            facts = (source.name, place.where, place.sureness or gettext("certain"))
            yield f"- {place.fields}: {', '.join(' '.join(fact.split()) for fact in facts if fact)}"


def _comments(found: PostWithComments) -> Iterator[str]:
    yield _underlined(words.comments(len(found.comments)), "-")
    for reply in threaded(found.comments):
        yield _comment(reply)


def _comment(reply: Reply) -> str:
    """A comment below the line that says whose it is, moved to the right as deep as it answers others."""
    comment, when = reply.comment, date(reply.comment.date)
    answered = gettext("in reply to %(author)s", author=comment_author(reply.parent)) if reply.parent else ""
    facts = (comment_author(comment), answered, when.exact if when else "")
    line = ", ".join(" ".join(fact.split()) for fact in facts if fact)
    indent = _INDENT * reply.depth
    return "\n".join(indent + each for each in (f"{line}:", *comment.text.splitlines()))


def _underlined(text: str, sign: str) -> str:
    return f"{text}\n{sign * min(len(text), _RULE)}"
