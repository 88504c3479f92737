"""One file per format; `FORMATS` lists them in sniffing order."""

from __future__ import annotations

from indexer.formats import blogger, feed, frontmatter, jsonfeed, medium, page, plaintext, takeout, wxr
from indexer.formats.format import Format

FORMATS: tuple[Format, ...] = (
    wxr.FORMAT,
    takeout.FORMAT,
    blogger.FORMAT,
    jsonfeed.FORMAT,
    feed.FORMAT,
    medium.FORMAT,
    frontmatter.FORMAT,
    page.FORMAT,
    plaintext.FORMAT,
)
"""Every format, the more particular before the more general: the first whose `sniff` says yes reads."""
