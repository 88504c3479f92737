"""`blogsearch search`: the same search as on the page, for a terminal."""

from __future__ import annotations

import json
import shlex
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import click
from rich.console import Console
from rich.padding import Padding

from search.archive import Archive
from search.request import KEYWORD_FACETS, MatchMode, Scope, Sort
from web import params
from web.options import data_option, deadline_option
from web.presenters import terminal
from web.presenters.programs.search import search_page

_Command = TypeVar("_Command", bound=Callable[..., Any])

NARROWEST = 20
"""Columns that a terminal is taken to have at least: some programs that start others say 0."""

_FILTERS = {
    "author": "Only posts by this author.",
    "tag": "Only posts with this tag.",
    "blog": "Only posts of this blog.",
    "publication": "Only posts that quote this publication.",
    "reporter": "Only posts that quote this reporter.",
    "language": "Only posts in this language, such as en.",
}
"""What the option of each keyword facet does."""


def _filter_options(command: _Command) -> _Command:
    """An option for each keyword facet; given more than once, any of the values will do."""
    for facet in reversed(KEYWORD_FACETS):
        option = click.option(f"--{facet}", multiple=True, metavar="VALUE", help=_FILTERS[facet])
        command = option(command)
    return command


@click.command("search")
@click.argument("query", nargs=-1)
@_filter_options
@click.option("--date", multiple=True, metavar="PERIOD", help="Only posts of 2025, 2025-03 or 2025-03-02.")
@click.option("--after", metavar="PERIOD", help="Only posts from then on.")
@click.option("--before", metavar="PERIOD", help="Only posts until then.")
@click.option(
    "--in",
    type=click.Choice([scope.value for scope in Scope]),
    help="Where to look for the words.  [default: all]",
)
@click.option(
    "--match",
    type=click.Choice([mode.value for mode in MatchMode]),
    help="Whether all of the words are needed.",
)
@click.option(
    "--sort", type=click.Choice([order.value for order in Sort]), help="The order.  [default: relevance]"
)
@click.option("--page", type=int, metavar="N", help="Which page of results.  [default: 1]")
@click.option("--size", type=int, metavar="N", help="Results a page, 1 to 100.  [default: 10]")
@click.option("--json", "as_json", is_flag=True, help="Print the JSON of the endpoint /search.json.")
@deadline_option
@data_option
def search(*, query: tuple[str, ...], data: Path, deadline: float, as_json: bool, **options: Any) -> None:
    """Search the archive here in the terminal.

    The words of a QUERY must all be in a post or in one of its comments. It can have OR, -word, (…),
    "a phrase", pre*, fuzzy~ and fields such as author: or date:2024. Quote it, so that the shell
    leaves it alone. Without any, posts are listed, newest first. The options from --blog to --date
    can be given more than once: any of the values will do.

    \b
    Examples:
      blogsearch search 'drones "eastern front" -tanks'
      blogsearch search kursk --tag war --tag ukraine --after 2024-08
      blogsearch search --sort newest --size 3
      blogsearch search 'fort*' --in comments --json
    """
    parameters = {"q": [" ".join(query)]} | {name: _values(value) for name, value in options.items()}
    request = params.read(parameters, strict=True)
    with Archive.open(data, seconds=deadline) as archive:
        page = archive.search(request)
    if as_json:
        click.echo(json.dumps(search_page(page), ensure_ascii=False, indent=2))
        return
    option = [] if data == Path("data") else ["--data", str(data)]
    _print(terminal.lines(page, shlex.join(["blogsearch", "search", *option])))


def _print(lines: Iterable[terminal.Line]) -> None:
    """Wrapped and in colour for people; for grep and the like, each paragraph on one line."""
    console = Console(file=sys.stdout, highlight=False, markup=False, emoji=False)
    console.width = max(console.width, NARROWEST)
    for line in lines:
        if console.is_terminal:
            console.print(Padding(line.text, (0, 0, 0, line.indent), expand=False))
        else:
            console.print(" " * line.indent + line.text.plain, soft_wrap=True)


def _values(value: Any) -> Sequence[str]:
    match value:
        case None:
            return ()
        case tuple():
            return value
        case _:
            return (str(value),)
