"""`blogsearch export`: everything in the archive as one file."""

from __future__ import annotations

import sys
from pathlib import Path

import click
from rich.filesize import decimal

from indexer.commands.options import data_option
from indexer.commands.words import count
from indexer.exporting.export import export
from indexer.exporting.target import STANDARD_OUTPUT
from indexer.steps import steps_on
from search.text.inert import printable


@click.command("export")
@click.argument("target", metavar="FILE")
@data_option
@click.option("--force", is_flag=True, help="Replace FILE where it is there already.")
@click.option("--quiet", "-q", is_flag=True, help="Print nothing but errors.")
def export_command(*, target: str, data: Path, force: bool, quiet: bool) -> None:
    """Write everything in the archive to FILE, as JSON Feed that any feed reader takes.

    A FILE whose name ends in .gz is compressed; - is standard output. What an import changes meanwhile is not
    in it. blogsearch reindex --restore FILE makes the same archive of it in an empty folder.

    \b
    Examples:
      blogsearch export backup.json.gz
      blogsearch export - | gzip > backup.json.gz
    """
    with steps_on(sys.stderr, quiet=quiet, doing="exporting") as steps:
        done = export(data, target, steps.indexing, force=force)
    if not quiet:
        what = f"{count(done.posts, 'post')} and {count(done.comments, 'comment')}"
        where = "standard output" if target == STANDARD_OUTPUT else printable(target)
        click.echo(f"{what} exported to {where} ({decimal(done.size)} of JSON)", err=True)
