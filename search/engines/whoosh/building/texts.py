"""What of a post and its comments is running text, in batches that are worth a process' while."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from search.model import PostWithComments

BATCH_CHARACTERS: Final = 1 << 20
BATCH_DOCUMENTS: Final = 4_096
"""How much is handed over at once: enough that many new words are analysed together, in little memory."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Some posts, and the place of the first of them in the order in which all of them came."""

    first: int
    contents: Sequence[PostWithComments]


def batches(contents: Iterable[PostWithComments]) -> Iterator[Batch]:
    """All posts, in order; a batch has more text or documents than it should only where a post has."""
    first, batch, characters, documents = 0, list[PostWithComments](), 0, 0
    for content in contents:
        more, more_documents = size(content), 1 + len(content.comments)
        full = characters + more > BATCH_CHARACTERS or documents + more_documents > BATCH_DOCUMENTS
        if batch and full:
            yield Batch(first, batch)
            first, batch, characters, documents = first + len(batch), [], 0, 0
        batch.append(_without_html(content))
        characters += more
        documents += more_documents
    if batch:
        yield Batch(first, batch)


def size(content: PostWithComments) -> int:
    """Characters of its texts."""
    return len(content.post.title) + len(content.post.text) + sum(len(each.text) for each in content.comments)


def _without_html(content: PostWithComments) -> PostWithComments:
    """The same as far as it is indexed; what is left out would only be carried from process to process."""
    post = content.post
    if post.html or post.origins:
        post = replace(post, html="", origins=())
    comments = tuple(replace(each, html="") if each.html else each for each in content.comments)
    return PostWithComments(post, comments)
