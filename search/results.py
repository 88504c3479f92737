"""What a search answers: plain data that every presenter (page, JSON, feed, terminal) marks up itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from search.message import Message
from search.model import Comment, Period, Post
from search.request import MatchMode, SearchRequest


@dataclass(frozen=True, slots=True)
class Fragment:
    """A piece of text and whether it matched. Never markup."""

    text: str
    matched: bool = False


Fragments = tuple[Fragment, ...]
"""A run of text, in order: concatenated, the fragments' texts are the passage."""


@dataclass(frozen=True, slots=True)
class Snippet:
    """A passage of one field (`title`, `body`) with the matched words told apart.

    `before` and `after` say whether text was cut off at that end.
    """

    field: str
    fragments: Fragments
    before: bool = False
    after: bool = False


@dataclass(frozen=True, slots=True)
class CommentHit:
    """A comment that matched, with its best passage."""

    comment: Comment
    snippets: tuple[Snippet, ...] = ()


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a post matched: a word (or phrase, or pattern) of the query as typed, and where it is.

    `places` are `title`, `body` and `comments`, in this order, as many as have it, of the comments those
    that are shown; `forms` are up to three different wordings found there, in lower case: `council` was found
    as `councils`. The place of a word that names a value, as `tag:garden` does, is the field, and its forms
    are the values as they are written. What no text that is shown has is no reason.
    """

    text: str
    places: tuple[str, ...]
    forms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """A post that matched, or whose comments did.

    `title` is the post's title with the matched words told apart; `snippets` are up to three passages
    of its body (its beginning, where no word of it matched). `comments` are the first matching ones,
    best first, of `comments_matched`; the post has `comments_total` in all. `post` comes without its
    HTML and origins, which `Archive.post` has. `reasons` say of each word of the query where it is.
    """

    post: Post
    score: float
    title: Fragments
    snippets: tuple[Snippet, ...] = ()
    comments: tuple[CommentHit, ...] = ()
    comments_matched: int = 0
    comments_total: int = 0
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Where a post stands among the results of a search: counted from 1, and the posts around it.

    `previous` and `next` are None at the ends.
    """

    position: int
    total: int
    previous: Post | None
    next: Post | None


@dataclass(frozen=True, slots=True)
class FoundPost:
    """A post that was found, whole: nothing is cut from it or marked in it.

    `comments_matched` of its `comments_total` comments matched. `post` is as that of a `Hit`.
    """

    post: Post
    score: float
    comments_matched: int
    comments_total: int


@dataclass(frozen=True, slots=True)
class WholeResult:
    """All results of a search, of one generation.

    `total` posts were found; a limit that cut the search short makes that `partial`. The `posts` are read
    a few at a time, as they are taken.
    """

    total: int
    partial: bool
    posts: Iterator[FoundPost]


@dataclass(frozen=True, slots=True)
class ListedPost:
    """A post in the list of all: `updated` is when it last changed, as far as it says; else its date."""

    id: str
    title: str
    updated: Period | None


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One value of a facet, with how many of the results have it.

    The count leaves out the facet's own filter, so that it says what choosing the value would give.
    `children` divide a year into months, and a month that was chosen into days.
    """

    value: str
    label: str
    count: int
    selected: bool = False
    children: tuple[FacetValue, ...] = ()


@dataclass(frozen=True, slots=True)
class Facet:
    """The counted values of one facet: most frequent first, dates newest first.

    `distinct` is how many values there are, counted beyond those listed.
    """

    name: str
    values: tuple[FacetValue, ...] = ()
    distinct: int = 0


@dataclass(frozen=True, slots=True)
class Match:
    """A post an engine found. `comment_ids` are its best matching comments, best first, at most three.

    `comments_matched` counts all of those that matched.
    """

    post_id: str
    score: float
    comment_ids: tuple[str, ...] = ()
    comments_matched: int = 0


@dataclass(frozen=True, slots=True)
class Matches:
    """What an engine found: one page of matches, the total, and the facets asked for.

    `partial` says that a limit cut the search short (a pattern with too many words), so that there
    may be more. `correction` is the query with misspelt words replaced by words of the index, given
    when nothing was found and one is likely, and `changes` are these words with what replaces each.
    """

    matches: tuple[Match, ...]
    total: int
    facets: Mapping[str, Facet]
    generation: str
    partial: bool = False
    correction: str | None = None
    changes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Correction:
    """Another text for the query ("did you mean"), and how many posts it finds.

    `changes` are the words of the query that no post has, each with the word that takes its place.
    """

    text: str
    total: int
    changes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A completion. `kind` is `title`, `tag`, `author` or `word`.

    A title names its post; of a tag or author, `count` is how many posts have it. The text of a word is all
    that was typed with its last word completed.
    """

    text: str
    kind: str
    post_id: str = ""
    count: int = 0


@dataclass(frozen=True, slots=True)
class SearchPage:
    """The answer to a `SearchRequest`: one page of hits and everything shown around them.

    `match` is what was in fact required: `any` where all the words found nothing and posts with some
    of them are shown instead, which `warnings` then says. `took_ms` is the whole search in the
    process, from text to fragments.
    """

    request: SearchRequest
    match: MatchMode
    total: int
    hits: tuple[Hit, ...]
    facets: Mapping[str, Facet]
    generation: str
    took_ms: float
    warnings: tuple[Message, ...] = ()
    partial: bool = False
    correction: Correction | None = None

    @property
    def has_next(self) -> bool:
        """Whether there are results after this page."""
        return self.request.offset + len(self.hits) < self.total
