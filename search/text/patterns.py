"""Words compared with patterns."""

from __future__ import annotations

import fnmatch
import re
from functools import lru_cache


@lru_cache(1024)
def wildcard(pattern: str) -> re.Pattern[str]:
    """An expression that matches the words that are like the pattern, in which `*` is any characters and `?`
    exactly one.

    fnmatch writes it so that what one star took is never tried again: the time is the product of the lengths
    at most, whatever the pattern. Brackets have no meaning here.
    """
    return re.compile(fnmatch.translate(pattern.replace("[", "[[]")))
