"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path

import click

from search.engine import MEGABYTES
from search.expectations import FILE, Expectations

data_option = click.option(
    "--data",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("data"),
    show_default=True,
    metavar="DIR",
    help="The data folder.",
)

memory_option = click.option(
    "--memory",
    type=click.IntRange(min=100),
    default=MEGABYTES,
    show_default=True,
    metavar="MB",
    help="Megabytes that indexing takes at most.",
)

expect_option = click.option(
    "--expect",
    type=click.Path(dir_okay=False, path_type=Path),
    default=None,
    metavar="FILE",
    help=f"What searches have to find. Default: {FILE} in the data folder, if there is one.",
)


def expectations(data: Path, named: Path | None) -> Expectations:
    """What is expected of an archive: in the file that was named, or in its own if it has one."""
    return Expectations.read(named or data / FILE, required=named is not None)
