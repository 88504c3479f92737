"""What the site says of itself."""

from __future__ import annotations

from typing import Annotated, Literal

from typing_extensions import TypedDict

from web.documents.notes import Generation, note


class Alive(TypedDict):
    """The process answers."""

    status: Literal["ok"]


class Ready(TypedDict):
    """Searches can be answered; `degraded` says that not the published generation answers them."""

    status: Literal["ready", "degraded"]
    generation: Generation
    published: Annotated[str, note("The generation that should answer.", "000042")]
    broken: Annotated[list[str], note("Generations that cannot be used.", ["000043"])]
