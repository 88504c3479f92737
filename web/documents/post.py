"""A post: as every answer describes it, and in full with its comments."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field
from typing_extensions import TypedDict

from web.documents.fragment import FragmentDocument
from web.documents.notes import Count, Date, Outside, Path, PostId, Safe, note


class Described(TypedDict):
    """What every answer says of a post."""

    id: PostId
    url: Annotated[Path, note("The post's page here.", "/posts/k3v9qx2m7abc/ukraine-advances")]
    link: Annotated[Outside, note("The original, or empty.", "https://blog.example/2025/03/ukraine")]
    title: Annotated[str, note("The title as plain text, or empty.")]
    blog: Annotated[str, note("The name of the blog it was published in.")]
    authors: Annotated[list[str], note("Who wrote it.")]
    date: Annotated[Date | None, note("When it was published, or null.")]
    tags: list[str]
    publication: Annotated[str, note("The publication that the post quotes, or empty.", "Forbes")]
    reporters: Annotated[list[str], note("The reporters whom the post quotes; not who wrote it.")]
    language: Annotated[str, note("A code such as `en`, or empty.", "en")]


class CommentDescribed(TypedDict):
    """What every answer says of a comment."""

    id: Annotated[str, note("The comment's id, the same at every import.", "c7m2ab3d4efg")]
    author: Annotated[str, note("Who wrote it, or empty.")]
    date: Annotated[Date | None, note("When it was written, or null.")]
    url: Annotated[Path, note("The comment in its post's page.")]


class CommentInFull(CommentDescribed):
    """A comment of a post."""

    link: Annotated[Outside, note("Where it was first published, or empty.")]
    parent: Annotated[str | None, note("The id of the comment that it answers, or null.")]
    text: Annotated[str, note("Its text without markup.")]
    html: Annotated[Safe, note("Its text, sanitised.")]


class Comments(TypedDict):
    """All comments of a post, oldest first."""

    total: Count
    results: list[CommentInFull]


class OriginDocument(TypedDict):
    """Where one field of a post was read, and how sure that is."""

    field: Annotated[str, note("The field of the post.", "title")]
    source: Annotated[str, note("The name of the file that it was read from.", "feed.xml")]
    where: Annotated[str, note("The place in it.", "entry 3, line 41")]
    confidence: Annotated[float, Field(ge=0, le=1, description="1 is what the source states, less a guess.")]


class MatchDocument(TypedDict):
    """A text of a post or of a comment with words of the search in it: whole, as fragments and as HTML."""

    field: Annotated[Literal["title", "body"], note("What it is of.", "body")]
    comment: Annotated[str | None, note("The id of the comment it is of, or null for the post itself.")]
    fragments: list[FragmentDocument]
    html: Annotated[str, note("The same, escaped, with `<mark>`.")]


class PostDocument(Described):
    """Everything the archive knows of a post."""

    blog_link: Annotated[Outside, note("The blog itself, or empty.")]
    updated: Annotated[Date | None, note("When it was last changed, or null.")]
    kind: Literal["post", "page"]
    summary: Annotated[str, note("What the blog itself says that it is about, or empty.")]
    text: Annotated[str, note("Its text without markup.")]
    html: Annotated[Safe, note("Its text, sanitised.")]
    origins: Annotated[list[OriginDocument], note("Where each field that has a value was read.")]
    comments: Comments
    matches: Annotated[
        list[MatchDocument],
        note("The texts that have words of the search: title, text, comments; none without a search."),
    ]
