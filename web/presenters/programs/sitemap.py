"""Every post of the archive, for crawlers: https://www.sitemaps.org/protocol.html."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from markupsafe import Markup

from search.model import Period, Precision
from search.results import ListedPost
from web import links

MEDIA_TYPE = "application/xml"

PART = 10_000
"""Posts in one part, of the 50,000 it may have at most."""
CHUNK = 1_000
"""Posts that are asked of the archive, and sent, at once."""

_BEGINNING = Markup(
    '<?xml version="1.0" encoding="utf-8"?>\n<{} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
)
_END = Markup("</{}>\n")
_PART = Markup("<sitemap><loc>{}</loc></sitemap>\n")
_POST = Markup("<url><loc>{}</loc>{}</url>\n")
_MODIFIED = Markup("<lastmod>{}</lastmod>")

_AS_A_DATE = (Precision.DAY, Precision.TIME)
"""Only dates of these may stand in a sitemap; a post that is known by its year has none there."""


def parts(posts: int) -> int:
    """How many parts there are for so many posts; one for none."""
    return max(1, -(-posts // PART))


def index(posts: int, at: Callable[[str], str]) -> str:
    """The list of all parts; `at` makes a path a whole address."""
    listed = (_PART.format(at(f"/sitemap-{number}.xml")) for number in range(1, parts(posts) + 1))
    return Markup().join((_BEGINNING.format("sitemapindex"), *listed, _END.format("sitemapindex")))


def part(
    number: int, listing: Callable[[int, int], Sequence[ListedPost]], at: Callable[[str], str]
) -> Iterator[str]:
    """One part, of those that are counted from 1, piece by piece.

    `listing` gives so many of all posts after the first so many.
    """
    yield _BEGINNING.format("urlset")
    for start in range((number - 1) * PART, number * PART, CHUNK):
        posts = listing(start, CHUNK)
        yield Markup().join(_post(post, at) for post in posts)
        if len(posts) < CHUNK:
            break
    yield _END.format("urlset")


def _post(post: ListedPost, at: Callable[[str], str]) -> Markup:
    return _POST.format(at(links.titled(post.id, post.title)), _modified(post.updated))


def _modified(date: Period | None) -> Markup:
    return _MODIFIED.format(date) if date and date.precision in _AS_A_DATE else Markup()
