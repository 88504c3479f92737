"""How live sources are asked: what a user may set."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LiveOptions:
    """How to fetch; the words are those of the command line.

    `private_addresses` allows this machine and private networks. `delay` is how many seconds lie between
    two requests to one host. With `history` older posts are followed as well, `most_pages` fetches at most
    for each feed and run.
    """

    private_addresses: bool = False
    delay: float = 1.0
    history: bool = False
    most_pages: int = 2_000
