"""`blogsearch formats`: what can be read."""

from __future__ import annotations

import click

from indexer.formats import FORMATS


@click.command("formats")
def formats() -> None:
    """List the formats that can be read, and how each is recognised.

    They are tried from top to bottom. Folders, and zip, tar and gz files, are looked into.

    \b
    Example:
      blogsearch formats
    """
    heading = ("NAME", "FORMAT", "KNOWN BY")
    rows = [(format_.name, format_.title, format_.known_by) for format_ in FORMATS]
    widths = [max(len(row[column]) for row in (heading, *rows)) for column in range(2)]
    for name, title, known_by in (heading, *rows):
        click.echo(f"{name:<{widths[0]}}  {title:<{widths[1]}}  {known_by}".rstrip())
