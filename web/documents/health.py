"""What the site says of itself."""

from __future__ import annotations

from typing import Literal

from typing_extensions import TypedDict

from web.documents.notes import Generation


class Alive(TypedDict):
    """The process answers."""

    status: Literal["ok"]


class Ready(TypedDict):
    """Searches can be answered."""

    status: Literal["ready"]
    generation: Generation
