"""The name of a request, by which the log, the client and whoever stands between them mean the same one."""

from __future__ import annotations

import re
import secrets
from contextvars import ContextVar
from typing import Final

HEADER: Final = "X-Request-Id"

_LOOKS_LIKE_ONE = re.compile(r"[A-Za-z0-9_-]{8,64}", re.ASCII)

current_id: ContextVar[str] = ContextVar("request_id", default="")
"""That of the request at which this thread is; it stays until the thread's next one."""


def identify(given: str, *, is_trusted: bool) -> str:
    """The id of a request: the one `given`, where somebody trusted gave it and it looks like one."""
    if is_trusted and _LOOKS_LIKE_ONE.fullmatch(given):
        return given
    return secrets.token_hex(8)
