"""The options of commands that fetch."""

from __future__ import annotations

import re
from datetime import timedelta

import click

from indexer.live.schedule import SHORTEST_PACE

_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}


class Pace(click.ParamType[timedelta]):
    """A length of time such as `90s`, `15m`, `2h` or `1d`."""

    name = "pace"

    def convert(
        self, value: str | timedelta, param: click.Parameter | None, ctx: click.Context | None
    ) -> timedelta:
        """The length; fails for what is none, or too short to be polite."""
        if isinstance(value, timedelta):
            return value
        found = re.fullmatch(r"(\d{1,6})([smhd])", value.strip())
        if not found:
            self.fail(f"{value!r} is no length of time: write 90s, 15m, 2h or 1d", param, ctx)
        length = timedelta(**{_UNITS[found[2]]: int(found[1])})
        if length < SHORTEST_PACE:
            self.fail(f"{value!r} is too often: feeds are asked once a minute at most", param, ctx)
        return length


history_option = click.option(
    "--history",
    is_flag=True,
    help="Follow feeds back to their first posts, with comments where there are any.",
)
private_option = click.option(
    "--private-addresses", is_flag=True, help="Allow addresses of this machine and of private networks."
)
delay_option = click.option(
    "--delay",
    type=click.FloatRange(min=0),
    default=1.0,
    show_default=True,
    metavar="SECONDS",
    help="Seconds between two requests to one host.",
)
