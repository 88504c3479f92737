"""What pages are made of besides HTML, as bytes that an address can name by their content."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Asset:
    """A file as it is sent. `version` is another for any other content."""

    content: bytes
    media_type: str
    version: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "version", hashlib.sha256(self.content).hexdigest()[:12])
