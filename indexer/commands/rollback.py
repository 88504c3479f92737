"""`blogsearch rollback`: have readers answered from another generation of the index that is kept."""

from __future__ import annotations

import json
import shlex
from collections.abc import Iterator
from pathlib import Path

import click

from indexer.commands.options import data_option
from indexer.commands.words import count
from search.engine import Generation
from search.presence import require_archive
from search.text.inert import printable


@click.command("rollback")
@click.argument("generation", required=False, metavar="[GENERATION]")
@data_option
@click.option("--wait", is_flag=True, help="Wait while another process writes to the archive.")
@click.option("--json", "as_json", is_flag=True, help="Print what is served now as JSON.")
def rollback(generation: str | None, *, data: Path, wait: bool, as_json: bool) -> None:
    """Search the generation of the index before this one again, or any that is kept.

    It is verified first. Only the index goes back: texts are shown as they are stored now, so that posts that
    came since are not found, and posts that were removed since are not shown. It stays so until an import
    changes something.

    \b
    Examples:
      blogsearch rollback
      blogsearch rollback 000042

    Ends with 0 when it is done, 1 when there is no such generation or it is damaged, 75 when another process
    is writing.
    """
    require_archive(data)
    # What writes takes most of a second to import, which `--help` need not wait for.
    from search.writer import open_for_writing  # noqa: PLC0415

    with open_for_writing(data, wait=wait) as writer:
        skipped: list[str] = []
        went = writer.roll_back(generation, skipped.append)
        rolled_back = writer.publication.rolled_back
    if as_json:
        told = {
            "generation": went.name,
            "posts": went.posts,
            "rolled_back": rolled_back,
            "skipped": skipped,
        }
        click.echo(json.dumps(told, indent=2))
        return
    for problem in skipped:
        click.echo(f"Skipped: {printable(problem)}")
    for line in _lines(went, rolled_back, data):
        click.echo(line)


def _lines(went: Generation, rolled_back: str, data: Path) -> Iterator[str]:
    option = "" if data == Path("data") else f" --data {shlex.quote(str(data))}"
    yield f"Generation {went.name} answers now: {count(went.posts, 'post')}."
    if not rolled_back:
        yield "It has all that is stored."
        return
    yield "Posts that came since are not found, and posts that were removed since are not shown."
    yield f"Forward again:  blogsearch rollback {rolled_back}{option}"
    yield f"Or build the index anew from all that is stored:  blogsearch reindex --rebuild{option}"
