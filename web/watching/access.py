"""Who may read the numbers: programs of this machine, or whoever knows the secret, where there is one."""

from __future__ import annotations

import hmac
import os
from typing import Final

from web.watching.peer import Peer

TOKEN: Final = "BLOGSEARCH_METRICS_TOKEN"  # noqa: S105 - its name, which is no secret
"""The variable of the environment that has the secret; no flag and no file, which others may read."""

SHORTEST_TOKEN: Final = 16
"""Characters that nobody guesses, however often they may try."""

_SCHEME: Final = "bearer "


def token() -> bytes:
    """The secret; empty where there is none."""
    return os.environb.get(TOKEN.encode(), b"")


def may_read(peer: Peer, authorization: str, secret: bytes) -> bool:
    """Whether who asks so may read the numbers. The time it takes tells nothing of the secret."""
    if not secret:
        return peer.is_local
    given = authorization[len(_SCHEME) :].strip() if authorization.lower().startswith(_SCHEME) else ""
    return hmac.compare_digest(given.encode("latin-1", "replace"), secret)
