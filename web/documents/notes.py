"""How a key of a document is explained, and the kinds of value that many keys have."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field


def note(description: str, *examples: Any) -> Any:
    """What a key says, with examples, for the schema."""
    return Field(description=description, examples=list(examples) or None)


Count = Annotated[int, Field(ge=0)]
Path = Annotated[str, Field(pattern="^/", json_schema_extra={"format": "uri-reference"})]
"""A link within the site."""
Outside = Annotated[str, Field(description="A link elsewhere (http or https), or empty.")]
PostId = Annotated[str, note("The post's id, the same at every import.", "k3v9qx2m7abc")]
Date = Annotated[
    str,
    note(
        "ISO 8601 with as much as is known: a year, a month, a day or a time in UTC.",
        "2025",
        "2025-03",
        "2025-03-02",
        "2025-03-02T16:12:00Z",
    ),
]
Generation = Annotated[str, note("The state of the index that answered; empty before the first.", "000042")]
Safe = Annotated[str, note("HTML that can be shown as it is.")]
