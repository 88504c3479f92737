"""What other sites show of a link to a post: OpenGraph (ogp.me) and a description for search engines."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

from search.model import Period, Post, Precision

LONGEST = 200
"""Characters of a description; nobody shows more."""

_PICTURE = re.compile(r'<img [^>]*?src="(https://[^"]+)"')


@dataclass(frozen=True, slots=True)
class Preview:
    """A post in a few words. Times are ISO 8601 and known to the day; all are empty where not known."""

    description: str
    published: str
    modified: str
    picture: str


def preview(post: Post) -> Preview:
    """The preview of a post, its first picture with it."""
    found = _PICTURE.search(post.html)
    return Preview(
        description=_shortened(post.summary or post.text),
        published=_to_the_day(post.date),
        modified=_to_the_day(post.updated) if post.updated != post.date else "",
        picture=html.unescape(found[1]) if found else "",
    )


def _shortened(text: str) -> str:
    """The beginning of a text on one line, cut between words."""
    words = " ".join(text[: 4 * LONGEST].split())
    return words if len(words) <= LONGEST else words[:LONGEST].rsplit(" ", 1)[0] + "…"


def _to_the_day(period: Period | None) -> str:
    return str(period) if period and period.precision in (Precision.DAY, Precision.TIME) else ""
