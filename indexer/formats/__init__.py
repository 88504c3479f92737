"""One file per format; `FORMATS` lists them in sniffing order."""

from __future__ import annotations

from indexer.formats import (
    backup,
    beehiiv,
    blog_archive,
    blogger,
    blogger_api,
    blogml,
    comment_files,
    disqus,
    feed,
    frontmatter,
    ghost,
    jsonfeed,
    livejournal,
    medium,
    movabletype,
    opml,
    page,
    plaintext,
    subscribers,
    substack,
    takeout,
    tumblr,
    wordpress_api,
    wxr,
)
from indexer.formats.format import Format

FORMATS: tuple[Format, ...] = (
    wxr.FORMAT,
    takeout.FORMAT,
    blogger.FORMAT,
    disqus.FORMAT,
    backup.FORMAT,
    ghost.FORMAT,
    blogml.FORMAT,
    livejournal.FORMAT,
    tumblr.FORMAT,
    blogger_api.FORMAT,
    wordpress_api.FORMAT,
    blog_archive.FORMAT,
    jsonfeed.FORMAT,
    feed.FORMAT,
    opml.FORMAT,
    medium.FORMAT,
    substack.FORMAT,
    beehiiv.FORMAT,
    subscribers.FORMAT,
    movabletype.FORMAT,
    comment_files.FORMAT,
    frontmatter.FORMAT,
    page.FORMAT,
    plaintext.FORMAT,
)
"""Every format, the more particular before the more general: the first whose `sniff` says yes reads."""
