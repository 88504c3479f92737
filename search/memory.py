"""Memory that was freed: the C library keeps it for later, unless it is told that little will be needed."""

from __future__ import annotations

import ctypes


def give_back() -> None:
    """Give what was freed back to the system. Only glibc has to be told, and can be."""
    if trim := getattr(ctypes.CDLL(None), "malloc_trim", None):
        trim(0)
