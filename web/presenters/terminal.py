"""A search page for a terminal: styled text, in which nothing from a post can act on the terminal."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rich.text import Text

from search.results import CommentHit, Fragment, Hit, SearchPage, Snippet
from search.text.inert import printable
from web import params, refine
from web.presenters import naming, words
from web.presenters.markup import ELLIPSIS

MATCHED = "bold red"
MOST_SNIPPETS = 2
MOST_TAGS = 5
MOST_VALUES = 5
"""Values shown of a facet."""


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph, and how many columns all of its lines are moved to the right."""

    text: Text
    indent: int = 0


_BLANK = Line(Text())


def lines(page: SearchPage, command: str) -> Iterator[Line]:
    """The page from top to bottom. `command` is what the hint to the next page begins with."""
    yield Line(_heading(page))
    for warning in words.warnings(page):
        yield Line(Text(f"! {printable(warning)}", style="yellow"))
    if page.correction:
        found = words.posts(page.correction.total)
        yield Line(Text(f"Did you mean: {printable(page.correction.text)} ({found})", style="bold"))
    for number, hit in enumerate(page.hits, page.request.offset + 1):
        yield _BLANK
        yield from _hit(number, hit)
    if facets := tuple(_facets(page)):
        yield _BLANK
        yield from facets
    if page.has_next:
        yield _BLANK
        yield Line(Text(f"Next page: {_next_command(page, command)}", style="dim"))


def _heading(page: SearchPage) -> Text:
    total = words.posts(page.total)
    first = page.request.offset + 1
    last = first + len(page.hits) - 1
    is_part = 0 < len(page.hits) < page.total
    shown = f", {words.number(first)} to {words.number(last)}" if is_part else ""
    heading = Text(f"{total}{shown}", style="bold")
    heading.append(f"  {printable(words.search(page.request, page.match))}", style="not bold")
    heading.append(f"  ({page.took_ms:.1f} ms)", style="not bold dim")
    return heading


def _hit(number: int, hit: Hit) -> Iterator[Line]:
    post = hit.post
    title = _fragments(hit.title) if post.title else Text(printable(naming.title(post)))
    title.stylize_before("bold")
    yield Line(Text.assemble((f"{number:>3}. ", "dim"), title))
    yield _below(Text(_about(hit), style="dim"))
    for snippet in hit.snippets[:MOST_SNIPPETS]:
        yield _below(_snippet(snippet))
    for found in hit.comments:
        yield _below(_comment(found))
    if (more := hit.comments_matched - len(hit.comments)) > 0:
        yield _below(Text(f"> {words.more_comments(more)}", style="dim"))
    if post.link:
        yield _below(Text(printable(post.link), style="dim"))


def _about(hit: Hit) -> str:
    """When, by whom and where a post was published, and what it is about, on one line."""
    post = hit.post
    quotes = naming.quotes(post)
    parts = (
        shown.text if (shown := naming.date_of(post)) else "",
        ", ".join(post.authors),
        post.blog.name,
        f"quoting {quotes}" if quotes else "",
        ", ".join(post.tags[:MOST_TAGS]) + (f" {ELLIPSIS}" if len(post.tags) > MOST_TAGS else ""),
        words.comments(hit.comments_total) if hit.comments_total else "",
    )
    return printable(" · ".join(part for part in parts if part))


def _comment(found: CommentHit) -> Text:
    comment = found.comment
    on = f", {words.day(comment.date)}" if comment.date else ""
    text = Text(f"> {printable(naming.comment_author(comment) + on)}: ", style="cyan")
    for snippet in found.snippets[:1]:
        text.append_text(_snippet(snippet))
    return text


def _snippet(snippet: Snippet) -> Text:
    before, after = (ELLIPSIS if snippet.before else ""), (ELLIPSIS if snippet.after else "")
    return Text.assemble(before, _fragments(snippet.fragments), after)


def _fragments(fragments: Iterable[Fragment]) -> Text:
    text = Text()
    for fragment in fragments:
        text.append(printable(fragment.text), style=MATCHED if fragment.matched else None)
    return text


def _below(text: Text) -> Line:
    return Line(text, indent=5)


def _facets(page: SearchPage) -> Iterator[Line]:
    """One line for each facet that tells the results apart."""
    for facet in page.facets.values():
        if len(facet.values) > 1:
            values = [
                f"{printable(words.label(facet.name, value))} ({words.number(value.count)})"
                for value in facet.values[:MOST_VALUES]
            ]
            more = f", {ELLIPSIS}" if facet.distinct > MOST_VALUES else ""
            title = (f"{words.facet_title(facet.name)}: ", "bold")
            yield Line(Text.assemble(title, ", ".join(values), more))


def _next_command(page: SearchPage, command: str) -> str:
    """The command that shows the page after this one."""
    arguments = []
    for name, value in params.pairs(refine.on_page(page.request, page.request.page + 1)):
        if name != "q":
            arguments.append(f"--{name}={value}")
    text = page.request.query.text
    query = ["--", text] if text.startswith("-") else [text] if text else []
    return f"{command} {printable(shlex.join([*arguments, *query]))}"
