"""One post and its comments as its page shows them."""

from __future__ import annotations

from dataclasses import dataclass

from babel import Locale, UnknownLocaleError
from markupsafe import Markup

from search.model import Post, PostWithComments
from search.request import SearchRequest
from search.text.fragments import Highlighter
from web import links
from web.around import Around
from web.params import DEFAULT
from web.presenters import words
from web.presenters.fields import Fields, fields_but
from web.presenters.naming import Date, Named, date, date_of, narrowing, title
from web.presenters.post import quoting
from web.presenters.post.citation import citation
from web.presenters.post.headings import below_title
from web.presenters.post.marks import Marks
from web.presenters.post.origins import SourceView, origins_view
from web.presenters.post.preview import Preview, preview
from web.presenters.post.replies import ReplyView, replies
from web.presenters.post.steps import PostLink, ResultSteps, post_link, result_steps
from web.settings import Settings

MOST_NUMBERS = 100
"""Matches that are linked one by one; of any number the script goes from each to the next."""


@dataclass(frozen=True, slots=True)
class FactsView:
    """What is known of a post. `link` is the original's, empty where it is unknown or unsafe."""

    date: Date | None
    updated: Date | None
    authors: tuple[Named, ...]
    blog: Named
    tags: tuple[Named, ...]
    reporters: tuple[Named, ...]
    publication: Named | None
    link: str


@dataclass(frozen=True, slots=True)
class KeptView:
    """How a post is cited and shared, and where it is in other forms."""

    citation: str
    permanent: str
    json_url: str
    text_url: str
    bibtex_url: str


@dataclass(frozen=True, slots=True)
class PostView:
    """Everything on a post's page.

    `lead` is the summary, where the body does not hold it. `quote_url` leads to the place of the text that
    names whom it quotes. `results` are what the reader came from; its words are marked, `matches` times.
    """

    title: Markup
    plain_title: str
    untitled: bool
    facts: FactsView
    quote_url: str
    lead: Markup
    body: Markup
    language: str
    direction: str
    comments: tuple[ReplyView, ...]
    comment_count: str
    similar: tuple[PostLink, ...]
    older: PostLink | None
    newer: PostLink | None
    kept: KeptView
    sources: tuple[SourceView, ...]
    canonical: str
    preview: Preview
    text: str
    box_fields: Fields
    matches: int
    match_count: str
    match_numbers: range
    results: ResultSteps | None


def post_view(
    found: PostWithComments,
    around: Around,
    came_from: SearchRequest,
    highlighter: Highlighter,
    settings: Settings,
) -> PostView:
    """The page of a post."""
    post, marks = found.post, Marks(highlighter)
    anchored = quoting.with_anchor(post.html, (*post.reporters, post.publication))
    return PostView(
        # Matches are numbered as the page is read: the title, what stands above the text, the text, comments.
        title=marks.text(title(post), post.language, "title"),
        lead=marks.text(post.standfirst, post.language),
        body=marks.html(below_title(anchored), post.language),
        comments=replies(found, marks),
        matches=marks.total,
        match_count=words.matches(marks.total),
        match_numbers=range(1, min(marks.total, MOST_NUMBERS) + 1),
        plain_title=title(post),
        untitled=not post.title,
        facts=_facts(post),
        quote_url=f"#{quoting.ANCHOR}" if anchored != post.html else "",
        language=post.language,
        direction=direction(post.language),
        comment_count=words.comments(len(found.comments)),
        similar=tuple(post_link(each, post) for each in around.similar),
        older=post_link(around.older, post) if around.older else None,
        newer=post_link(around.newer, post) if around.newer else None,
        kept=_kept(post, settings),
        sources=origins_view(post.origins),
        canonical=links.outside(post.link) or settings.absolute(links.post(post)),
        preview=preview(post),
        text=came_from.query.text,
        box_fields=fields_but(came_from, "q", "page"),
        results=result_steps(came_from, around.found) if came_from != DEFAULT else None,
    )


def direction(language: str) -> str:
    """`rtl` for a language that is written from right to left, else `auto`, as its letters have it."""
    try:
        return "rtl" if Locale.parse(language, sep="-").text_direction == "rtl" else "auto"
    except (ValueError, UnknownLocaleError):
        return "auto"


def _facts(post: Post) -> FactsView:
    name = post.publication
    return FactsView(
        date=date_of(post),
        updated=date(post.updated) if post.updated != post.date else None,
        authors=narrowing(DEFAULT, "author", post.authors),
        blog=Named(post.blog.name, links.values("blog", post.blog.name)),
        tags=narrowing(DEFAULT, "tag", post.tags),
        reporters=narrowing(DEFAULT, "reporter", post.reporters),
        publication=Named(name, links.values("publication", name)) if name else None,
        link=links.outside(post.link),
    )


def _kept(post: Post, settings: Settings) -> KeptView:
    permanent = settings.absolute(links.document(post.id))
    return KeptView(
        citation=citation(post, permanent),
        permanent=permanent,
        json_url=links.document(post.id, "json"),
        text_url=links.document(post.id, "txt"),
        bibtex_url=links.document(post.id, "bib"),
    )
