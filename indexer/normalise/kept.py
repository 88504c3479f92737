"""Posts and comments that an archive had: what was normalised once is only made sure of.

Where they are from is not known, so nothing in them is believed: HTML is judged again, links are the web's,
and nothing is longer than a source could have made it. What an archive wrote itself stays as it is, to the
last letter.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from indexer.normalise.bodies.html import LONGEST, text_of
from indexer.normalise.bodies.nesting import shallow
from indexer.normalise.bodies.safety import absolute_link, clean_again
from indexer.normalise.language import declared_language
from indexer.normalise.names import distinct
from indexer.normalise.normaliser import first_tags
from indexer.normalise.text import clean, has_bad_characters
from search.model import Blog, Comment, Origin, Post

_LONG = 10_000  # characters of what is no body; what a source says is cut much earlier
_MOST_ORIGINS = 1_000
_KINDS = ("post", "page")
_TAG = re.compile(r"<([^<>]*)>")
_ATTRIBUTE = re.compile(r' [^\s"\'<>/=]+="[^"<>]*"')


def kept_post(post: Post, warnings: Counter[str]) -> Post:
    """The post, safe to show; `warnings` counts what was recovered from or cut short, by message."""
    html = kept_html(post.html)
    return replace(
        post,
        blog=Blog(_line(post.blog.name), _link(post.blog.link)),
        title=_line(post.title),
        html=html,
        text=_text(post.text) or text_of(html),
        summary=_text(post.summary, _LONG),
        authors=_lines(post.authors),
        tags=first_tags(_lines(post.tags), warnings),
        link=_link(post.link),
        language=declared_language(post.language),
        publication=_line(post.publication),
        reporters=_lines(post.reporters),
        kind=post.kind if post.kind in _KINDS else _KINDS[0],
        origins=tuple(map(_origin, post.origins[:_MOST_ORIGINS])),
    )


def kept_comment(comment: Comment) -> Comment:
    """The comment, safe to show."""
    html = kept_html(comment.html)
    return replace(
        comment,
        author=_line(comment.author),
        html=html,
        text=_text(comment.text) or text_of(html),
        link=_link(comment.link),
    )


def kept_html(html: str) -> str:
    """The HTML itself where all of it is safe to show, else what is safe of it."""
    html = _text(html, 2 * LONGEST)
    safe = clean_again(shallow(html))
    return html if safe == html or _says_the_same(html, safe) else safe.strip()


def _says_the_same(html: str, safe: str) -> bool:
    """Whether the two differ in nothing but the order of attributes, which the judge changes."""
    if len(html) != len(safe):
        return False
    ours, theirs = _TAG.split(html), _TAG.split(safe)
    return ours[::2] == theirs[::2] and list(map(_parts, ours[1::2])) == list(map(_parts, theirs[1::2]))


def _parts(tag: str) -> tuple[str, ...]:
    """A tag's name and its attributes in order; whatever is not written as one stays with the name."""
    return _ATTRIBUTE.sub("", tag), *sorted(_ATTRIBUTE.findall(tag))


def _text(text: str, longest: int = LONGEST) -> str:
    """The text, which may well be in no normal form where its source wrote characters as entities."""
    return clean(text[:longest]) if has_bad_characters(text) else text[:longest]


def _line(text: str) -> str:
    """One line, in which nothing is changed but what no line may have."""
    text = _text(text, _LONG)
    return text if text.isprintable() or text.splitlines() == [text] else " ".join(text.split())


def _lines(texts: Iterable[str]) -> tuple[str, ...]:
    return distinct(map(_line, texts))


def _link(link: str) -> str:
    return absolute_link(_line(link), "") if 0 < len(link) <= _LONG else ""


def _origin(origin: Origin) -> Origin:
    return replace(origin, source=_line(origin.source), where=_line(origin.where))
