"""Whose a data folder is.

Who may write into a folder can put a link in the place of each file that is about to be made there, and so
have others overwrite what is theirs. So nobody writes into the folder of somebody else, such as one that lay
ready in `/tmp`. What belongs to root is trusted: root could do all of that anyway, and volumes of containers
are root's. Root itself is not stopped.
"""

from __future__ import annotations

import os
import pwd
from pathlib import Path
from typing import Final

from search.errors import StoreUnreadable

ROOT: Final = 0


def require_own(data: Path, user: int | None = None) -> None:
    """Raise `StoreUnreadable` for a folder of somebody else than this user (by default, who runs this)."""
    user = os.geteuid() if user is None else user
    owner = data.stat().st_uid
    if user != ROOT and owner not in (user, ROOT):
        raise StoreUnreadable(
            f"{data} belongs to {_name(owner)}, who could change it at any time: run this as that user, or"
            " choose another folder with --data"
        )


def _name(user: int) -> str:
    try:
        return pwd.getpwuid(user).pw_name
    except KeyError:
        return f"user {user}"
