"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path

import click

from search.engine import MEGABYTES

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
