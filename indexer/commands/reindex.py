"""`blogsearch reindex`: read exports and make them searchable."""

from __future__ import annotations

from pathlib import Path

import click

from indexer.commands.live import delay_option, history_option, private_option
from indexer.commands.options import data_option, expect_option, expectations, memory_option
from indexer.live.options import LiveOptions
from indexer.options import Options


class FormatName(click.ParamType[str]):
    """The name of a format. Formats are imported when one is named, and not for `--help`."""

    name = "format"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The name as it is; fails for what is none."""
        from indexer.formats import FORMATS  # noqa: PLC0415 - all their parsers come with them

        names = [format_.name for format_ in FORMATS]
        if value not in names:
            self.fail(f"{value!r} is not one of {', '.join(names)}", param, ctx)
        return value


@click.command("reindex")
@click.argument("sources", nargs=-1, metavar="[SOURCE]...")
@data_option
@click.option(
    "--format",
    "format_name",
    type=FormatName(),
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
@expect_option
@click.option(
    "--force",
    is_flag=True,
    help="Import even when more than a tenth of a source is unreadable, or searches miss what is expected.",
)
@click.option("--restore", is_flag=True, help="Make the archive anew that SOURCE is an export of.")
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
    expect: Path | None,
    force: bool,
    restore: bool,
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
      blogsearch reindex --restore backup.json.gz
      blogsearch reindex

    Ends with 0 when all is well, 1 when it failed and nothing was changed, 2 when it was called
    wrongly, 3 when some records or feeds could not be read, 75 when another process is writing.
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
        restore=restore,
        wait=wait,
        expected=expectations(data, expect),
        live=LiveOptions(private_addresses, delay, history),
    )
    # What reads, stores and indexes takes most of a second to import, which `--help` need not wait for.
    from indexer.commands.runs import run_reindex  # noqa: PLC0415

    ctx.exit(run_reindex(sources, options, as_json=as_json, quiet=quiet))
