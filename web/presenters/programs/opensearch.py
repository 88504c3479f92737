"""What a browser needs to search this site from its address bar: OpenSearch 1.1.

https://github.com/dewitt/opensearch/blob/master/opensearch-1-1-draft-6.md
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from search.results import Suggestion
from web.presenters.programs.facets import suggestions

MEDIA_TYPE = "application/opensearchdescription+xml"
SUGGESTIONS_TYPE = "application/x-suggestions+json"

MAX_SHORT_NAME = 16
MAX_LONG_NAME = 48
MAX_DESCRIPTION = 1024
"""Characters that a description may have."""


@dataclass(frozen=True, slots=True)
class Description:
    """The site as a search engine; the addresses have `{searchTerms}` where the words go."""

    short_name: str
    long_name: str
    description: str
    pages: str
    feed: str
    suggestions: str
    own: str
    icon: str
    icon_type: str


def description(title: str, about: str, icon_type: str, at: Callable[[str], str]) -> Description:
    """The description of a site; `about` says what it is, and `at` makes a path a whole address."""
    return Description(
        short_name=_cut(title, MAX_SHORT_NAME),
        long_name=_cut(title, MAX_LONG_NAME),
        description=_cut(about, MAX_DESCRIPTION),
        pages=at("/search?q={searchTerms}&page={startPage?}"),
        feed=at("/search.atom?q={searchTerms}&page={startPage?}"),
        suggestions=at("/suggest/opensearch.json?q={searchTerms}"),
        own=at("/opensearch.xml"),
        icon=at("/logo"),
        icon_type=icon_type,
    )


def completions(typed: str, found: Iterable[Suggestion], at: Callable[[str], str]) -> list[object]:
    """What was typed, and lists of how it may go on, of which kind that is, and where it leads.

    https://github.com/dewitt/opensearch/blob/master/mediawiki/Specifications/OpenSearch/Extensions/Suggestions/1.1/Draft%201.wiki
    """
    given = suggestions(typed, found)["suggestions"]
    texts, kinds = [each["text"] for each in given], [each["kind"] for each in given]
    return [typed, texts, kinds, [at(each["url"]) for each in given]]


def _cut(text: str, most: int) -> str:
    """The text in so many characters, cut after a word where it has one that short."""
    if len(text) <= most:
        return text
    return text[: most + 1].rsplit(None, 1)[0].rstrip(",;:&–-. ")[:most]
