"""What a fetch asks with, and what it brings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import BinaryIO, Literal

from indexer.spool import Spool


@dataclass(frozen=True, slots=True)
class Conditions:
    """What is known from the last time: send it only if it is not the same any more.

    Both are kept exactly as the server sent them; empty where it sent none.
    """

    etag: str = ""
    last_modified: str = ""


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a server answered; its bytes stay until it is closed, which `with` does.

    `address` is where the answer came from in the end. `moved_to` is the address to ask from now on: as
    far as redirects, from the first one on, were permanent; empty where the first was not. `status`
    is "unchanged" where the conditions held, and then there are no bytes. `etag` and `last_modified` are
    the next conditions. `charset` and `content_type` are what the server claims, in lower case, and
    empty where it claims nothing: formats look for themselves. `size` is in bytes, decoded. `warnings`
    are worth telling the user. `links` are the addresses where the server says that older posts are, by
    their relation (`next`, or the name of an interface), and `pages` how many pages it says a list has, 0
    where it does not say.
    """

    address: str
    moved_to: str = ""
    status: Literal["fresh", "unchanged"] = "fresh"
    etag: str = ""
    last_modified: str = ""
    charset: str = ""
    content_type: str = ""
    warnings: tuple[str, ...] = ()
    links: Mapping[str, str] = field(default_factory=dict)
    pages: int = 0
    body: Spool = field(default_factory=Spool)

    @property
    def size(self) -> int:
        """How many bytes there are."""
        return self.body.size

    @property
    def conditions(self) -> Conditions:
        """What to ask with the next time."""
        return Conditions(self.etag, self.last_modified)

    def open(self) -> BinaryIO:
        """A new stream from the first byte; the caller closes it."""
        return self.body.open()

    def close(self) -> None:
        """Forget the bytes."""
        self.body.close()

    def __enter__(self) -> Fetched:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
