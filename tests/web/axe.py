"""axe-core, for any page in Chromium: WCAG 2.2 AA and good practice."""

from __future__ import annotations

from pathlib import Path
from typing import Literal, NamedTuple

import axe_playwright_python
from playwright.sync_api import Page

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


class Screen(NamedTuple):
    """How a page is looked at."""

    width: int
    colours: Literal["light", "dark"]


SCREENS = (Screen(1280, "light"), Screen(360, "dark"))
"""Every page is looked at on each, what is folded in it being open on the second.

What depends on both the width and the colours would be rare.
"""


def violations(page: Page, screen: Screen) -> list[str]:
    """What axe has against the page that is shown: the rule, the element, and what would help."""
    page.set_viewport_size({"width": screen.width, "height": 800})
    page.emulate_media(color_scheme=screen.colours)
    found = page.evaluate("tags => axe.run({runOnly: tags, resultTypes: ['violations']})", TAGS)
    return [
        f"{rule['id']}: {node['html'][:200]}\n{node['failureSummary']}"
        for rule in found["violations"]
        for node in rule["nodes"]
    ]
