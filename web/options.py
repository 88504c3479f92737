"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path

import click

from search.deadline import SECONDS

data_option = click.option(
    "--data",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("data"),
    show_default=True,
    metavar="DIR",
    help="The data folder.",
)

deadline_option = click.option(
    "--deadline",
    type=click.FloatRange(min=0, min_open=True),
    default=SECONDS,
    show_default=True,
    metavar="SECONDS",
    help="How long a search may take.",
)
