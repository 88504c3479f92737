"""Lists of a newsletter's subscribers, which lie beside the posts in many exports.

They have names and e-mail addresses of people who only read, and no posts: they are recognised in order not
to be read, whoever wrote them (beehiiv, Substack, Ghost).
"""

from __future__ import annotations

from collections.abc import Iterator

from indexer.formats.format import Format
from indexer.formats.reading.csv_rows import columns
from indexer.record import RawPost
from indexer.source import Source

_ADDRESSES = frozenset({"email", "email address", "user_email_address", "e-mail"})
_POSTS = frozenset({"title", "web_title", "content_html", "body", "content", "html"})


def sniff(source: Source) -> bool:
    """A table with a column of e-mail addresses, and none that a post would be in."""
    if not source.name.lower().endswith(".csv"):
        return False
    names = columns(source)
    return bool(names & _ADDRESSES) and not names & _POSTS


def read(source: Source) -> Iterator[RawPost]:
    """Nothing of it, and a word about that."""
    source.warn("a list of subscribers: it holds personal data and no posts, and was not read")
    yield RawPost(where="the list", left_out="not a post")


FORMAT = Format(
    name="subscribers",
    title="List of subscribers",
    sniff=sniff,
    read=read,
    known_by="a `.csv` file with a column of e-mail addresses and none of titles or texts",
)
