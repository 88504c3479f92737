"""docs/durability.md has each torture, and how far it goes."""

from __future__ import annotations

import re
from pathlib import Path

from tests.torture.__main__ import TORTURES

PAGE = (Path(__file__).parents[2] / "docs" / "durability.md").read_text(encoding="utf-8")


def test_every_torture_is_documented_with_its_reach_and_what_came_of_it() -> None:
    rows = re.findall(r"^\| `(\w+)` \|(?: [^|]+ \|){2} ([\d,]+|all) \| [^|]+ \|$", PAGE, re.MULTILINE)
    assert rows == [
        (name, f"{torture.reach:,}" if torture.reach else "all") for name, torture in TORTURES.items()
    ]
