"""Comments that a static site keeps as data: each is a table of a few fields, under many names.

    {_id: c1, _parent: ..., name: Max, email: (a hash), message: So it is., date: 1331000000}

Staticman writes them for Jekyll and Hugo; others put them into the front matter of the post. Addresses of
e-mail, their hashes and IP addresses are not read.

Source: staticman.net/docs, and the themes that show such comments.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime

from indexer.formats.reading.links import is_absolute
from indexer.formats.sites.metadata import Metadata
from indexer.record import Markup, RawComment

_ID = ("_id", "id", "uid", "comment_id")
_NAME = ("name", "author", "author_name", "displayname", "username")
_TEXT = ("message", "comment", "body", "content", "text")
_DATE = ("date", "published", "created_at", "created", "timestamp")
_PARENT = ("replying_to_uid", "replyid", "reply_to_id", "reply_to", "replying_to", "parent_id", "parent")
_POST = ("post_slug", "slug", "page_slug", "post_id", "page_id")
_EPOCH = re.compile(r"\d{9,10}(?:\d{3})?\Z")


def comment_of(fields: Mapping[str, object], where: str, body: str = "") -> RawComment | None:
    """The comment that the fields make, with the text below them, if any; None where there is no text."""
    lower = {str(name).lower(): value for name, value in fields.items()}
    metadata = Metadata(lower)
    text = metadata.text(_TEXT) or body.strip()
    if not text:
        return None
    parent = metadata.text(_PARENT)
    # Staticman's own `_parent` is the post, as a slug or an address.
    post = metadata.text(("_parent",))
    slug = metadata.text(_POST) or ("" if is_absolute(post) else post)
    return RawComment(
        where=where,
        own_id=metadata.text(_ID),
        post_link=post if is_absolute(post) else "",
        post_slug=slug.rstrip("/").rpartition("/")[2],
        parent_own_id="" if parent == "0" else parent,
        author=metadata.text(_NAME),
        body=text,
        body_markup=Markup.MARKDOWN,
        published=tuple(map(_date, metadata.texts(_DATE))),
    )


def _date(text: str) -> str:
    """The date as it stands; seconds and milliseconds since 1970 in ISO 8601."""
    if not _EPOCH.match(text):
        return text
    seconds = int(text) / (1000 if len(text) > 10 else 1)
    return datetime.fromtimestamp(seconds, UTC).isoformat()
