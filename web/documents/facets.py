"""The values of a facet, and completions of what is being typed."""

from __future__ import annotations

from typing import Annotated, Literal, NotRequired

from pydantic import Field
from typing_extensions import TypedDict

from web.documents.notes import Count, Generation, Path, note


class FacetValueDocument(TypedDict):
    """A value of a facet."""

    value: Annotated[str, note("The value, as a parameter takes it.", "war", "2025-03")]
    label: Annotated[str, note("The value in words.", "war", "March 2025")]
    count: Annotated[Count, note("How many posts choosing it gives: its facet's own filter is left out.")]
    selected: Annotated[bool, note("Whether it is chosen.")]
    url: Annotated[Path, note("The search page with it chosen; where it is, no longer chosen.")]
    children: NotRequired[
        Annotated[
            list[FacetValueDocument],
            note("Of dates only: the months of a year, and of a month that is chosen its days."),
        ]
    ]


class FacetDocument(TypedDict):
    """A page of the values of one facet."""

    facet: Annotated[str, note("Which facet.", "tag")]
    prefix: Annotated[str, note("How the values begin, or empty.")]
    page: Annotated[int, Field(ge=1)]
    size: Annotated[int, Field(ge=1, le=1000)]
    distinct: Annotated[Count, note("How many values there are, listed or not.")]
    generation: Generation
    values: list[FacetValueDocument]
    next: Annotated[Path | None, note("The values after these, of the same generation, or null.")]
    previous: Annotated[Path | None, note("The values before these, of the same generation, or null.")]


class CompletionDocument(TypedDict):
    """One way to go on."""

    text: str
    kind: Annotated[
        Literal["title", "tag", "author", "word"], note("A `word` of texts comes last, where there is room.")
    ]
    count: Annotated[Count | None, note("How many posts have a tag or author; null of other kinds.")]
    url: Annotated[Path, note("The post of a title, else the search for it.")]


class CompletionsDocument(TypedDict):
    """Completions of what is being typed."""

    query: Annotated[str, note("What was typed.")]
    suggestions: list[CompletionDocument]
