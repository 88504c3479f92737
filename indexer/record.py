"""A format's own words: what a record of an export says, before anyone interprets it.

Formats fill these in with strings as they stand in the source. What they mean (which date, whose
name, which characters a reader sees) is decided in `indexer.normalise`, the same for every format.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from search.model import Comment, Post
from search.sameness.identity import CommentIdentity, Held, Identity

EMPTY = "empty"
"""Why a record without any title, text or link is left out."""
ORPHAN = "orphan"
"""Why a comment is left out whose post is in no source."""
POST_LEFT_OUT = "comment on a post left out"
"""Why the comments of drafts and the like are left out."""


class Markup(StrEnum):
    """How a body is written.

    `WORDPRESS` is HTML as WordPress' editors store it: blank lines are paragraphs and words in
    brackets are shortcodes. `LINES` is HTML whose blank lines are paragraphs and line ends breaks.
    """

    HTML = "html"
    WORDPRESS = "wordpress"
    LINES = "lines"
    MARKDOWN = "markdown"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class RawBlog:
    """What the source says of the blog a record belongs to; everything may be empty."""

    name: str = ""
    link: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """How a format that guesses read one field: from which lines, and how sure (0 to 1)."""

    field: str
    where: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Hint:
    """A date that nobody states and something suggests: an address, a file's name, when it was last changed.

    `text` is the date as it stands there, `where` says to a person where that is, and `confidence` (0 to 1)
    how sure it is.
    """

    text: str
    where: str
    confidence: float


@dataclass(frozen=True, slots=True)
class RawPost:
    """One post as its source words it.

    `where` says to a person which record this is (`item 17, line 2210`). `own_id` is the source's
    own lasting name for the post (a GUID, an Atom id), or empty. `slug` is the last part of the post's
    address as its blog software knows it, where the source says it. `title` and the names are plain
    text, entities decoded; `title_markup` is HTML where a format's titles are. Dates are strings in
    whatever form the source has, the most trustworthy candidate first; `published_hints` are asked where
    none of `published` is a date.

    `left_out` is empty for what was published, else the reason to leave it out and count it:
    `draft`, `private`, `password`, `trashed`, `scheduled`, `pending`, `not a post` and the like.

    `reporters` and `publication` are set by formats that read the byline themselves; otherwise it is
    looked for in the first paragraphs.
    """

    where: str
    blog: RawBlog = RawBlog()
    own_id: str = ""
    slug: str = ""
    title: str = ""
    title_markup: Markup = Markup.TEXT
    body: str = ""
    body_markup: Markup = Markup.HTML
    summary: str = ""
    summary_markup: Markup = Markup.TEXT
    authors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    published: tuple[str, ...] = ()
    published_hints: tuple[Hint, ...] = ()
    updated: tuple[str, ...] = ()
    link: str = ""
    language: str = ""
    publication: str = ""
    reporters: tuple[str, ...] = ()
    kind: str = "post"
    left_out: str = ""
    readings: tuple[Reading, ...] = ()


@dataclass(frozen=True, slots=True)
class RawComment:
    """One comment as its source words it.

    It belongs to the post of this blog whose `own_id` is `post_own_id`, wherever in the source that
    is; else to the post with the link `post_link`, or of this blog with the slug `post_slug`, in whatever
    source that is and whenever it comes; where all three are empty, to the post read just before.
    `parent_own_id` is the comment it answers.
    `left_out` is as in `RawPost`: `spam`, `pending`, `trashed`, `pingback`, `trackback`.
    """

    where: str
    blog: RawBlog = RawBlog()
    own_id: str = ""
    post_own_id: str = ""
    post_link: str = ""
    post_slug: str = ""
    parent_own_id: str = ""
    author: str = ""
    body: str = ""
    body_markup: Markup = Markup.HTML
    published: tuple[str, ...] = ()
    link: str = ""
    left_out: str = ""


@dataclass(frozen=True, slots=True)
class KeptPost:
    """A post as an archive had it, with its id and all by which it is recognised; safe to show only once
    it was looked at again. `held` says how it was held there, None for as any post of the format."""

    where: str
    post: Post
    identity: Identity
    held: Held | None = None

    @property
    def body(self) -> str:
        """What of it is long."""
        return self.post.html


@dataclass(frozen=True, slots=True)
class KeptComment:
    """The same for a comment. Its post and parent are called as in its source, where it stood at `place`."""

    where: str
    comment: Comment
    identity: CommentIdentity
    place: int = 0
    held: Held | None = None

    @property
    def body(self) -> str:
        """What of it is long."""
        return self.comment.html


@dataclass(frozen=True, slots=True)
class Skipped:
    """A record that could not be read: where it was, and why, in words for the user."""

    where: str
    why: str


Published = RawPost | RawComment | KeptPost | KeptComment
"""What becomes a post or a comment."""
Record = Published | Skipped
"""Whatever a format yields."""
