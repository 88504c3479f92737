"""The headings of a post's text, as those of a page that already has one: the post's title."""

from __future__ import annotations

import re

from web.presenters import markup

_HEADING = re.compile(r"(</?h)([1-6])\b")
_DEEPEST = 6


def below_title(sanitised: str) -> str:
    """Sanitised HTML whose headings begin at the second level and leave none out on the way down.

    Blogs begin at the level that looks right in their design. Who goes by headings, as readers of screens do,
    misses something between a first and a third level. Which heading is below which stays as it was.
    """
    pieces = markup.split_html(sanitised)
    above: list[int] = []
    for n in range(1, len(pieces), 2):
        if heading := _HEADING.match(pieces[n]):
            begins, was = heading[1], int(heading[2])
            if begins == "<h":
                above = [*(level for level in above if level < was), was]
            level = min(1 + len(above), _DEEPEST)
            pieces[n] = f"{begins}{level}{pieces[n][heading.end() :]}"
    return "".join(pieces)
