"""Pictures of the real pages, as `blogsearch serve` gives them to Chromium.

`python -m tests.web.screenshots` takes those of the README and docs again, of the sample archive: do that
after a change that can be seen. With `--all DIR` it takes every page at every
width, light and dark, to look at.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, ViewportSize, sync_playwright

from tests.web.chromium import CHROMIUM, QUIET
from tests.web.serving import COMMAND, serving

PROJECT = Path(__file__).parents[2]
IMAGES = PROJECT / "docs" / "images"
TITLE = "The Tidewater Review"
Colours = Literal["light", "dark"]


@dataclass(frozen=True, slots=True)
class Picture:
    """A page as a reader sees it, as large as the window or, with `whole`, as long as it is.

    `opens` is the link of a result to follow before it is taken.
    """

    name: str
    path: str
    width: int = 1280
    height: int = 860
    colours: Colours = "light"
    opens: str = ""
    whole: bool = False


PICTURES = (
    Picture("search", "/search?q=tides&tag=ferry&tag=council"),
    Picture("search-dark", "/search?q=flood", colours="dark"),
    Picture("post", "/search?q=tide+timetable", opens="Who wrote the timetable?"),
    Picture("phone", "/search?q=heron", width=390, height=860),
)
"""Those of the README and docs."""

PAGES = (
    Picture("home", "/"),
    Picture("browse", "/browse"),
    Picture("search", "/search?q=tide+timetable"),
    Picture("month", "/search?q=ferry&date=2018-08"),
    Picture("page-2", "/search?page=2&sort=oldest"),
    Picture("post", "/search?q=tide+timetable", opens="Who wrote the timetable?"),
    Picture("spelling", "/search?q=timetabel"),
    Picture("nothing", "/search?q=ferry+zeppelin&tag=energy&date=1999"),
    Picture("facet", "/facets/tag?q=ferry"),
    Picture("error", "/search?after=soon"),
    Picture("not-found", "/posts/nothing"),
)
"""Every kind of page."""

WIDTHS = (360, 768, 1280)


def main() -> None:
    """Import the sample, serve it, and write the pictures."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument(
        "--all", type=Path, metavar="DIR", help="every page at every width, into this folder"
    )
    folder: Path | None = options.parse_args().all
    with browsing() as (browser, address):
        for picture in every() if folder else PICTURES:
            take(picture, browser, address, folder or IMAGES)


def every() -> Iterator[Picture]:
    """Each page at each width, light and dark."""
    schemes: tuple[Colours, ...] = ("light", "dark")
    for page, width, colours in product(PAGES, WIDTHS, schemes):
        name = f"{page.name}-{width}-{colours}"
        yield Picture(name, page.path, width, colours=colours, opens=page.opens, whole=True)


@contextmanager
def browsing() -> Iterator[tuple[Browser, str]]:
    """Chromium, and the address of the sample archive."""
    if CHROMIUM is None:
        raise SystemExit("needs Chromium: install it, or name its executable in CHROMIUM")
    with tempfile.TemporaryDirectory() as data:
        reindex = ("reindex", "--quiet", "--data", data, "indexer/sample")
        subprocess.run([sys.executable, "-c", COMMAND, *reindex], check=True, cwd=PROJECT)  # noqa: S603 - our own command
        with serving(Path(data), "--title", TITLE) as address, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
            yield browser, address
            browser.close()


def take(picture: Picture, browser: Browser, address: str, folder: Path) -> None:
    """Write one picture."""
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"{picture.name}.png"
    size = ViewportSize(width=picture.width, height=picture.height)
    with browser.new_context(base_url=address, viewport=size, color_scheme=picture.colours) as context:
        page = context.new_page()
        page.goto(picture.path)
        if picture.opens:
            page.get_by_role("heading", name=picture.opens).get_by_role("link").click()
            page.wait_for_load_state()
        page.screenshot(path=target, animations="disabled", full_page=picture.whole)
    print(f"{target}  {target.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
