"""`blogsearch reindex`: read exports and make them searchable."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from indexer.commands.live import delay_option, history_option, private_option
from indexer.commands.options import data_option, memory_option
from indexer.commands.summary import summary
from indexer.commands.words import count
from indexer.formats import FORMATS
from indexer.importing import Options
from indexer.live.options import LiveOptions
from indexer.reindex import reindex
from indexer.report import Report
from indexer.steps import steps_on
from search.layout import dead_letter_file

EXIT_SKIPPED = 3


@click.command("reindex")
@click.argument("sources", nargs=-1, metavar="[SOURCE]...")
@data_option
@click.option(
    "--format",
    "format_name",
    type=click.Choice([format_.name for format_ in FORMATS]),
    default=None,
    metavar="NAME",
    help="Read the sources as this format (see blogsearch formats) instead of recognising it.",
)
@click.option("--blog", default="", metavar="NAME", help="The blog's name, whatever the sources call it.")
@click.option("--rebuild", is_flag=True, help="Build the index anew. Without SOURCE, reads nothing else.")
@click.option(
    "--jobs",
    type=click.IntRange(min=1),
    default=None,
    show_default=False,
    metavar="N",
    help="Processes that read and index. Default: one for small sources, else one a core.",
)
@memory_option
@click.option("--keep-missing", is_flag=True, help="Keep posts that the sources no longer hold.")
@click.option("--force", is_flag=True, help="Import even when more than a tenth of a source is unreadable.")
@history_option
@delay_option
@private_option
@click.option("--wait", is_flag=True, help="Wait while another process writes to the archive.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
@click.option("--quiet", "-q", is_flag=True, help="Print nothing but errors.")
@click.pass_context
def reindex_command(
    ctx: click.Context,
    sources: tuple[str, ...],
    *,
    data: Path,
    format_name: str | None,
    blog: str,
    rebuild: bool,
    jobs: int | None,
    memory: int,
    keep_missing: bool,
    force: bool,
    history: bool,
    delay: float,
    private_addresses: bool,
    wait: bool,
    as_json: bool,
    quiet: bool,
) -> None:
    """Read sources, store what is new or changed, and publish it to be searched.

    A SOURCE is a file, a folder, a zip, tar or gz of them, or the address of a blog or feed; its format is
    recognised. Without any, every source imported before is read again. Importing the same again changes
    nothing; a post that a full export no longer holds is removed, while feeds only add.

    \b
    Examples:
      blogsearch reindex takeout.zip wordpress.xml
      blogsearch reindex ~/my-blog/_posts --blog "My blog"
      blogsearch reindex https://blog.example --history
      blogsearch reindex

    Ends with 0 when all is well, 1 when it failed and nothing was changed, 2 when it was called
    wrongly, 3 when some records could not be read, 75 when another process is writing.
    """
    options = Options(
        data=data,
        format=format_name or "",
        blog=blog,
        rebuild=rebuild,
        jobs=jobs or 0,
        memory=memory,
        keep_missing=keep_missing,
        force=force,
        wait=wait,
        live=LiveOptions(private_addresses, delay, history),
    )
    with steps_on(sys.stderr, quiet=quiet) as steps:
        report = reindex(sources, options, steps)
    tell(report, data, as_json=as_json, quiet=quiet)
    if report.skipped:
        ctx.exit(EXIT_SKIPPED)


def tell(report: Report, data: Path, *, as_json: bool, quiet: bool) -> None:
    """Print the report: as JSON, for people, or only what could not be read."""
    if as_json:
        click.echo(json.dumps(report.as_json(), ensure_ascii=False, indent=2))
    elif not quiet:
        for line in summary(report, data):
            click.echo(line)
    elif report.skipped:
        records = count(len(report.skipped), "record")
        click.echo(f"blogsearch: {records} could not be read: see {dead_letter_file(data)}", err=True)
