"""Where the focus of the keyboard is, and whether it can be seen there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Page

_WHERE = """
() => {
  const element = document.activeElement;
  if (!element || element === document.body) return null;
  const style = getComputedStyle(element), box = element.getBoundingClientRect();
  const line = [...element.getClientRects()].find((rect) => rect.width > 0) ?? box;
  const hit = document.elementFromPoint(line.x + line.width / 2, line.y + line.height / 2);
  const label = element.labels?.[0]?.textContent;
  return {
    name: (element.getAttribute("aria-label") ?? label ?? element.textContent).trim().replace(/\\s+/g, " "),
    part: (element.closest("body > header, aside, main, body > footer") ?? element).localName,
    outlined: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
    uncovered: hit !== null && (element.contains(hit) || hit.contains(element)),
    top: box.top + scrollY,
    bottom: box.bottom + scrollY,
  };
}
"""


@dataclass(frozen=True, slots=True)
class Focus:
    """The element that has the focus: its name, and which part of the page it is in.

    It is `outlined` by a line of two pixels or more, and `uncovered` where its middle is what is seen there.
    `top` and `bottom` are in pixels from the top of the page.
    """

    name: str
    part: str
    outlined: bool
    uncovered: bool
    top: float
    bottom: float


def focus(page: Page) -> Focus | None:
    """What has the focus; None for the page itself."""
    found: dict[str, Any] | None = page.evaluate(_WHERE)
    return Focus(**found) if found else None


def tab_through(page: Page, *, key: str = "Tab") -> Iterator[Focus]:
    """Everything that the key goes to, until it leaves the page."""
    page.keyboard.press(key)
    while here := focus(page):
        yield here
        page.keyboard.press(key)


def tab_to(page: Page, name: str) -> None:
    """Go on by Tab to what has this name."""
    passed = []
    for here in tab_through(page):
        if here.name == name:
            return
        passed.append(here.name)
    raise AssertionError(f"Tab goes to no {name!r}, but to {passed}")
