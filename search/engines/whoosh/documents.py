"""What a post and its comments put into the index: one document each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from search.engines.whoosh.schema import COMMENT, POST
from search.engines.whoosh.values import facet_values, folded
from search.model import Comment, Post, PostWithComments
from search.text.words import terms

__all__ = ["Document", "documents", "folded", "words"]

Document = Mapping[str, object]
"""Field names, and the terms or the number that the document has in each."""


def words(text: str) -> list[str]:
    """The words of a text in order, folded but not stemmed."""
    return terms(text, "")


def documents(content: PostWithComments) -> Iterator[Document]:
    """The post's document, then one for each of its comments."""
    post = content.post
    shared = _of_the_post(post)
    yield _present(
        {
            **shared,
            "kind": [POST],
            "key": post.id.encode(),
            "title": terms(post.title, post.language),
            "title_word": sorted(set(words(post.title))),
            **_body(post.readable, post.language),
        }
    )
    for comment in content.comments:
        yield _present({**shared, **_of_the_comment(comment, post)})


def _of_the_post(post: Post) -> dict[str, object]:
    """What describes a post, and so is on its comments' documents, too."""
    fields: dict[str, object] = {facet: list(values) for facet, values in facet_values(post).items()}
    fields["post"] = [post.id]
    fields["author_word"] = sorted({word for author in post.authors for word in words(author)})
    if post.date is not None:
        fields["first_day"] = post.date.first_day.toordinal()
        fields["last_day"] = post.date.last_day.toordinal()
    return fields


def _of_the_comment(comment: Comment, post: Post) -> dict[str, object]:
    return {
        "kind": [COMMENT],
        "key": f"{post.id}/{comment.id}".encode(),
        "commenter": _distinct_folded(comment.author),
        "commenter_word": sorted(set(words(comment.author))),
        **_body(comment.text, post.language),
    }


def _body(text: str, language: str) -> dict[str, object]:
    return {"body": terms(text, language), "body_word": sorted(set(words(text)))}


def _distinct_folded(value: str) -> list[str]:
    return [term] if (term := folded(value)) else []


def _present(fields: Mapping[str, object]) -> Document:
    return {name: value for name, value in fields.items() if value != []}
