"""Values to present: a small made-up blog, and answers as an archive would give them."""

from __future__ import annotations

from search.message import message
from search.model import Blog, Comment, Origin, Period, Post, PostWithComments
from search.query.parser import parse
from search.request import MatchMode, SearchRequest
from search.results import (
    CommentHit,
    Correction,
    Facet,
    FacetValue,
    Fragment,
    Fragments,
    Hit,
    SearchPage,
    Snippet,
)

LEDGER = Blog("The Ledger", "https://ledger.example/")


def fragments(text: str) -> Fragments:
    """`a [b] c` with `b` matched."""
    pieces = text.replace("]", "[").split("[")
    return tuple(Fragment(piece, bool(i % 2)) for i, piece in enumerate(pieces) if piece)


DRONES = Post(
    id="aaaaaaaaaaa2",
    blog=LEDGER,
    title="Drones over the harbour",
    html="<p>Drones were seen over the <em>harbour</em>.</p>",
    text="Drones were seen over the harbour.",
    authors=("Ann Ames",),
    tags=("drones", "harbour"),
    date=Period.parse("2024-03-02"),
    link="https://ledger.example/drones",
    language="en",
    publication="The Times",
    reporters=("Bo Berg",),
    origins=(Origin("title", "/home/ann/page.txt", "line 3", 0.9),),
)
BARE = Post(id="bbbbbbbbbbb2", blog=LEDGER, text="A few words and no more")
COMMENT = Comment(
    id="ccccccccccc2",
    post_id=DRONES.id,
    author="Cy",
    date=Period.parse("2024-03-03T10:00:00Z"),
    html="<p>I saw drones too.</p>",
    text="I saw drones too.",
)
ANSWER = Comment(id="ddddddddddd2", post_id=DRONES.id, text="So did I.", html="So did I.", parent=COMMENT.id)
DRONES_AND_COMMENTS = PostWithComments(DRONES, (COMMENT, ANSWER))

DRONES_HIT = Hit(
    post=DRONES,
    score=12.345678,
    title=fragments("[Drones] over the harbour"),
    snippets=(Snippet("body", fragments("[Drones] were seen over the harbour."), after=True),),
    comments=(CommentHit(COMMENT, (Snippet("body", fragments("I saw [drones] too.")),)),),
    comments_matched=1,
    comments_total=2,
)
BARE_HIT = Hit(BARE, 0.0, title=(), snippets=(Snippet("body", fragments("A few words and no more")),))


def counted(
    value: str, count: int, *, selected: bool = False, children: tuple[FacetValue, ...] = ()
) -> FacetValue:
    """A value of a facet, labelled as itself."""
    return FacetValue(value, value, count, selected, children)


def answer(
    request: SearchRequest | str = "drones",
    hits: tuple[Hit, ...] = (DRONES_HIT,),
    total: int | None = None,
    facets: tuple[Facet, ...] = (),
    match: MatchMode = MatchMode.ALL,
    correction: Correction | None = None,
    warnings: tuple[str, ...] = (),
    partial: bool = False,
) -> SearchPage:
    """The answer to a search."""
    request = SearchRequest(query=parse(request)) if isinstance(request, str) else request
    return SearchPage(
        request=request,
        match=match,
        total=len(hits) if total is None else total,
        hits=hits,
        facets={facet.name: facet for facet in facets},
        generation="000042",
        took_ms=1.2345,
        warnings=tuple(map(message, warnings)),
        partial=partial,
        correction=correction,
    )
