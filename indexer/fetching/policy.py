"""What a fetch may reach, how much it may bring, and how long it may take."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FetchPolicy:
    """The limits of every fetch, meant for addresses that strangers wrote.

    `private` lets fetches reach this machine and the networks it is in, which is off unless somebody
    has a blog there. `most_bytes` holds for a body after decoding, and for what is sent of it. `seconds`
    is the time from the first connection to the last byte, over all redirects; waiting for one's
    turn at a host does not count. `hops` is how many redirects are followed, and `delay` how many seconds
    lie between the end of a request to a host and the beginning of the next one to it.
    """

    private: bool = False
    most_bytes: int = 20_000_000
    seconds: float = 30
    hops: int = 10
    delay: float = 1.0
