"""Where a reader can begin who looks for nothing in particular: years, tags, authors and blogs."""

from __future__ import annotations

from dataclasses import dataclass, replace

from search.history import ArchiveStatus
from search.request import SearchRequest
from search.results import SearchPage
from web.language.voice import gettext, marked
from web.presenters.results.facets import FacetBox, box
from web.presenters.results.search_page import welcome
from web.presenters.results.timeline import Timeline, timeline

SHELVES = {
    "tag": marked("Tags"),
    "author": marked("Authors"),
    "publication": marked("Publications quoted"),
    "reporter": marked("Reporters quoted"),
    "blog": marked("Blogs"),
    "language": marked("Languages"),
}
"""What facets are called, in the order they are offered."""

ON_A_SHELF = 24
"""Values of each; the others are a link away."""

ASKED = SearchRequest(size=1, facet_size=ON_A_SHELF)
"""The search whose facets are shown: for everything."""


@dataclass(frozen=True, slots=True)
class BrowseView:
    """Everything on the page. `holds` says what is in the archive, in words."""

    holds: str
    timeline: Timeline | None
    shelves: tuple[FacetBox, ...]


def browse_view(page: SearchPage, status: ArchiveStatus) -> BrowseView:
    """The page, of the answer to `ASKED`. A shelf of one value tells nothing apart and is left out."""
    everything = replace(page, request=SearchRequest())
    facets = (page.facets[name] for name in SHELVES)
    return BrowseView(
        holds=welcome(status) if page.total else "",
        timeline=timeline(everything),
        shelves=tuple(
            replace(box(everything.request, facet), title=gettext(SHELVES[facet.name]))
            for facet in facets
            if facet.distinct > 1
        ),
    )
