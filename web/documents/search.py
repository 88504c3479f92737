"""A search: its results, what was counted, and the pages around it."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field
from typing_extensions import TypedDict

from web.documents.facets import FacetValueDocument
from web.documents.fragment import FragmentDocument
from web.documents.notes import Count, Date, Generation, Path, note
from web.documents.post import CommentDescribed, Described


class SnippetDocument(TypedDict):
    """A passage: as plain fragments, and as HTML."""

    field: Annotated[str, note("What it is of.", "body")]
    fragments: list[FragmentDocument]
    html: Annotated[str, note("The same, escaped, with `<mark>`, and `…` where text was cut off.")]


Place = Literal["title", "body", "comments", "tag", "author", "blog", "publication", "reporter", "language"]


class ReasonDocument(TypedDict):
    """Where a word of the query is in a post."""

    text: Annotated[str, note("The word, phrase or pattern as it was typed.", "councils")]
    places: Annotated[
        list[Place], note("Parts of the text, or the field of a value that was named.", ["title"])
    ]
    forms: Annotated[list[str], note("Up to three wordings found there.", ["council"])]


class CommentResult(CommentDescribed):
    """A comment that matched."""

    snippets: Annotated[list[SnippetDocument], note("Its best passage.")]


class CommentCounts(TypedDict):
    """How many comments a post has."""

    total: Annotated[Count, note("How many the post has.")]
    matched: Annotated[Count, note("How many of them matched.")]


class MatchedComments(CommentCounts):
    """The comments of a post that matched."""

    results: Annotated[list[CommentResult], note("Up to three of those, best first.")]


class Result(Described):
    """A post that was found, or whose comments were."""

    score: Annotated[float, note("How well it matches; comparable within one answer.")]
    snippets: Annotated[
        list[SnippetDocument], note("Up to three passages; its beginning where no word is in it.")
    ]
    reasons: Annotated[list[ReasonDocument], note("Where each word of the query is; empty without words.")]
    comments: MatchedComments


class ExportedResult(Described):
    """A line of an export: a post that was found, with its whole text."""

    score: Annotated[float, note("How well it matches; comparable within one answer.")]
    comments: CommentCounts
    updated: Annotated[Date | None, note("When it was last changed, or null.")]
    kind: Literal["post", "page"]
    summary: Annotated[str, note("What the blog itself says that it is about, or empty.")]
    text: Annotated[str, note("The text of the post without markup.")]


class QueryDocument(TypedDict):
    """How the query was read."""

    text: Annotated[str, note("The query, as it was typed.")]
    match: Annotated[
        Literal["all", "any"],
        note("What the results have: `any` also where all of the words found nothing, which a warning says."),
    ]
    warnings: Annotated[list[str], note("In words, everything that was read otherwise than typed.")]


class ChangeDocument(TypedDict):
    """A word that no post has, and the one that takes its place."""

    word: str
    instead: str


class SuggestionDocument(TypedDict):
    """Another spelling. It is never searched for unasked."""

    text: Annotated[str, note("The query in this spelling.")]
    changes: Annotated[list[ChangeDocument], note("The words that differ.")]
    total: Annotated[Count, note("How many posts it finds.")]
    url: Annotated[Path, note("The search page of it.")]


class SearchDocument(TypedDict):
    """One page of the results of a search."""

    query: QueryDocument
    total: Annotated[Count, note("How many posts were found.")]
    page: Annotated[int, Field(ge=1)]
    size: Annotated[int, Field(ge=1, le=100)]
    took_ms: Annotated[
        float, Field(ge=0, description="Milliseconds of the whole search, from text to snippets.")
    ]
    generation: Generation
    results: list[Result]
    facets: Annotated[
        dict[str, list[FacetValueDocument]],
        note("The values of each facet that was asked for, with how many posts choosing one gives."),
    ]
    suggestion: SuggestionDocument | None
    next: Annotated[Path | None, note("The page after this one, of the same generation, or null.")]
    previous: Annotated[Path | None, note("The page before this one, of the same generation, or null.")]
