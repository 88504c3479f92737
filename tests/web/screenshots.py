"""The pictures of the README, taken of the sample archive: `python -m tests.web.screenshots`.

They are of the real page, as `blogsearch serve` gives it to Chromium. Take them again after a change
that can be seen.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, ViewportSize, sync_playwright

from tests.web.chromium import CHROMIUM, QUIET
from tests.web.serving import COMMAND, serving

PROJECT = Path(__file__).parents[2]
IMAGES = PROJECT / "docs" / "images"
TITLE = "The Tidewater Review"


@dataclass(frozen=True, slots=True)
class Picture:
    """A page as a reader sees it. `opens` is the link of a result to follow before it is taken."""

    name: str
    path: str
    width: int = 1280
    height: int = 860
    colours: Literal["light", "dark"] = "light"
    opens: str = ""


PICTURES = (
    Picture("search", "/search?q=tides&tag=ferry&tag=council"),
    Picture("search-dark", "/search?q=flood&date=2021&date=2023", colours="dark"),
    Picture("post", "/search?q=tide+timetable", opens="Who wrote the timetable?"),
    Picture("phone", "/search?q=heron", width=390, height=860),
)


def main() -> None:
    """Import the sample, serve it, and write every picture to docs/images."""
    if CHROMIUM is None:
        raise SystemExit("needs Chromium: install it, or name its executable in CHROMIUM")
    IMAGES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        reindex = ("reindex", "--quiet", "--data", folder, "indexer/sample")
        subprocess.run([sys.executable, "-c", COMMAND, *reindex], check=True, cwd=PROJECT)  # noqa: S603 - our own command
        with serving(data, "--title", TITLE) as address, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
            for picture in PICTURES:
                take(picture, browser, address)
            browser.close()


def take(picture: Picture, browser: Browser, address: str) -> None:
    """Write one picture, as large as the window."""
    target = IMAGES / f"{picture.name}.png"
    size = ViewportSize(width=picture.width, height=picture.height)
    with browser.new_context(base_url=address, viewport=size, color_scheme=picture.colours) as context:
        page = context.new_page()
        page.goto(picture.path)
        if picture.opens:
            page.get_by_role("heading", name=picture.opens).get_by_role("link").click()
            page.wait_for_load_state()
        page.screenshot(path=target, animations="disabled")
    print(f"{target.relative_to(PROJECT)}  {target.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
