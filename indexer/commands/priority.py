"""Letting those who answer readers have the processor first.

An import takes what processors there are for as long as it lasts. On a machine with two, searches meanwhile
took about twice as long at the median.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

from search.writer import is_served

NICENESS: Final = 10
"""How far behind, from 0 to 19: a process gets about a tenth of what one of 0 gets, where both want it."""


def give_way() -> None:
    """Have this process, and those that it begins, run behind others from now on."""
    if os.getpriority(os.PRIO_PROCESS, 0) < NICENESS:
        os.setpriority(os.PRIO_PROCESS, 0, NICENESS)


def give_way_if_served(data: Path) -> None:
    """Do so where a server answers from the archive in this folder."""
    if is_served(data):
        give_way()
