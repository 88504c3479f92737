"""Where the fields of a post came from: few words in the store, one line for each field when read."""

from __future__ import annotations

from dataclasses import replace

from search.model import Origin, Post

FIELDS = (
    *("title", "blog", "authors", "date", "updated", "link", "tags", "summary", "text", "html"),
    *("language", "reporters", "publication", "kind"),
)
"""The fields of a post that have an origin."""

OTHERWISE = ""
"""The field of the origin that all fields have which are not named; it is written once for a post."""


def origins_of(post: Post, field: str) -> tuple[Origin, ...]:
    """Where a field came from; of tags, each source that added some. Empty where nobody noted it."""
    named = tuple(origin for origin in post.origins if origin.field == field)
    if not named and field == "html":
        named = tuple(origin for origin in post.origins if origin.field == "text")
    named = named or tuple(origin for origin in post.origins if origin.field == OTHERWISE)
    return tuple(Origin(field, origin.source, origin.where, origin.confidence) for origin in named)


def sureness(post: Post, field: str) -> float:
    """How sure the reading of a field is; what a source states outright is."""
    return min((origin.confidence for origin in origins_of(post, field)), default=1.0)


def with_all_origins(post: Post) -> Post:
    """The post with an origin for each field that has a value."""
    present = (field for field in FIELDS if has_value(post, field))
    return replace(post, origins=tuple(origin for field in present for origin in origins_of(post, field)))


def has_value(post: Post, field: str) -> bool:
    """Whether anything is known of a field."""
    return bool(post.blog.name or post.blog.link) if field == "blog" else bool(getattr(post, field))
