"""An error as programs read it (RFC 9457)."""

from __future__ import annotations

from typing import Annotated, NotRequired

from pydantic import Field
from typing_extensions import TypedDict

from web.documents.notes import Path, note


class ProblemDocument(TypedDict):
    """What went wrong. `type` leads to a page that says what it means and what to do."""

    type: Annotated[str, note("The kind of problem.", "/problems/invalid-parameter")]
    title: Annotated[str, note("The kind of problem, in words.")]
    status: Annotated[int, Field(ge=400, le=599)]
    detail: Annotated[str, note("What went wrong this time.")]
    parameter: NotRequired[Annotated[str, note("The parameter that was wrong.", "size")]]
    again: NotRequired[Annotated[Path, note("Where to begin again.")]]
    request_id: NotRequired[
        Annotated[str, note("What names this request in the log, to be told the owner.", "9f86d081884c7d65")]
    ]
