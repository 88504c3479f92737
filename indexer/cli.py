"""The `blogsearch` command: a table of subcommands, each loaded only when it is asked for.

Naming commands by string keeps `blogsearch --help` quick and lets `search` and `serve` live in `web`
without `indexer` importing it.
"""

from __future__ import annotations

import errno
import importlib
import io
import os
import signal
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from indexer.settings import SETTINGS, SETTINGS_FILE, read_settings
from search.errors import (
    ArchiveLocked,
    BlogsearchError,
    ExpectationsUnreadable,
    InvalidRequest,
    NoSources,
)
from search.text.inert import printable

EXIT_FAILED = 1
EXIT_USAGE = 2
EXIT_LOCKED = 75
"""`EX_TEMPFAIL`: worth trying again later."""
EXIT_INTERRUPTED = 130

EXIT_CODES: Mapping[type[BlogsearchError], int] = {
    ArchiveLocked: EXIT_LOCKED,
    ExpectationsUnreadable: EXIT_USAGE,
    InvalidRequest: EXIT_USAGE,
    NoSources: EXIT_USAGE,
}
"""What an error ends the command with; every other error means that it failed and changed nothing."""


@dataclass(frozen=True, slots=True)
class LazyCommand:
    """A subcommand: the module and name of its click command, and its line in `blogsearch --help`."""

    target: str
    summary: str

    def load(self) -> click.Command:
        """Import the command."""
        module, name = self.target.split(":")
        command = getattr(importlib.import_module(module), name)
        if not isinstance(command, click.Command):
            raise TypeError(f"{self.target} is not a command")
        command.short_help = self.summary
        for option in command.params:
            if isinstance(option, click.Option) and option.name in SETTINGS:
                option.envvar = f"BLOGSEARCH_{option.name.upper()}"
                option.show_envvar = True
        return command


COMMANDS: Mapping[str, LazyCommand] = {
    "reindex": LazyCommand(
        "indexer.commands.reindex:reindex_command", "Read exports and make them searchable."
    ),
    "sync": LazyCommand("indexer.commands.sync:sync_command", "Fetch live feeds, once or at a pace."),
    "search": LazyCommand("web.terminal:search", "Search the archive here in the terminal."),
    "serve": LazyCommand("web.server.command:serve", "Show the search page to browsers."),
    "status": LazyCommand("indexer.commands.status:status", "Say what is in the archive."),
    "export": LazyCommand("indexer.commands.export:export_command", "Write the whole archive to one file."),
    "check": LazyCommand(
        "indexer.commands.check:check_command", "Check that store and index agree, and repair them."
    ),
    "rollback": LazyCommand(
        "indexer.commands.rollback:rollback", "Search the generation before this one again."
    ),
    "formats": LazyCommand("indexer.commands.formats:formats", "List the formats that can be read."),
}


class LazyGroup(click.Group):
    """A group whose commands are loaded as they are asked for, and whose errors are told in one line."""

    def __init__(self, *args: Any, lazy: Mapping[str, LazyCommand], **options: Any) -> None:
        super().__init__(*args, **options)
        self._lazy = lazy

    def list_commands(self, _ctx: click.Context) -> list[str]:
        """The names, in the order of the table."""
        return list(self._lazy)

    def get_command(self, _ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the command of this name, or None where there is none."""
        command = self._lazy.get(cmd_name)
        return command.load() if command else None

    def format_commands(self, _ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the table without importing any command."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, command.summary) for name, command in self._lazy.items()])

    def invoke(self, ctx: click.Context) -> Any:
        """Run the subcommand; what goes wrong is told in plain words, with the exit code it deserves."""
        # Importing what logs takes a tenth of the time that `--help` may take, and it logs nothing.
        from indexer.log import begin_log  # noqa: PLC0415

        begin_log()
        try:
            return super().invoke(ctx)
        except BlogsearchError as error:
            _fail(ctx, str(error), EXIT_CODES.get(type(error), EXIT_FAILED))
        except KeyboardInterrupt as interrupt:
            _fail(ctx, str(interrupt) or "interrupted; nothing was changed", EXIT_INTERRUPTED)
        except OSError as error:
            if error.errno == errno.EPIPE:  # the reader of our output has gone; click ends quietly
                raise
            _fail(ctx, _plain_words(error), EXIT_FAILED)


def _fail(ctx: click.Context, message: str, code: int) -> None:
    click.echo(f"blogsearch: {printable(message)}", err=True)
    ctx.exit(code)


def _plain_words(error: OSError) -> str:
    place = f": {error.filename}" if error.filename else ""
    return f"{error.strerror or error}{place}"


@click.group(cls=LazyGroup, lazy=COMMANDS, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="blogsearch", message="%(prog)s %(version)s")
@click.pass_context
def blogsearch(ctx: click.Context) -> None:
    """Full-text search over blog archives.

    Point it at what you have (a Blogger or WordPress export, a folder of Markdown, a feed, saved
    pages), then search it in a browser or here.

    \b
    Examples:
      blogsearch reindex takeout.zip
      blogsearch serve
      blogsearch search 'drones author:low after:2024'

    Every option that says so can also be set in the environment or in a file blogsearch.toml in the
    current folder.
    """
    settings = read_settings(Path(SETTINGS_FILE))
    ctx.default_map = dict.fromkeys(COMMANDS, settings)


def main() -> None:
    """Run the command; never returns."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a post may hold what the terminal cannot show
            stream.reconfigure(errors="replace")
    os.umask(0o077)  # whatever is made is for its owner only, by whichever library
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # to be ended is to be interrupted
    try:
        blogsearch(prog_name="blogsearch")
    except OSError as error:  # while help was printed; commands tell their own
        sys.exit(f"blogsearch: {_plain_words(error)}")
