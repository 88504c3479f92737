"""LiveJournal's and Dreamwidth's own tags, as a reader sees them.

A mention of a user shows their name and leads to their journal. What stands in other tags of their own, such
as `<lj-cut>`, is text like any other, so these tags are left for the sanitiser to drop.
"""

from __future__ import annotations

import re
from html import escape

_MENTION = re.compile(
    r"<(?:lj|user|ljuser)\b((?:\s[^<>]{0,500})?)/?>(?:</(?:lj|user|ljuser)>)?", re.IGNORECASE
)
_ATTRIBUTE = re.compile(r"""([\w-]{1,20})\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'/]+))""")
_NAME = re.compile(r"[\w-]{1,40}")
_SITE = re.compile(r"[a-z0-9-]{1,40}(?:\.[a-z0-9-]{1,40}){1,3}")


def as_seen(html: str) -> str:
    """The text with mentions of users made links."""
    return _MENTION.sub(_mention, html) if "<" in html else html


def _mention(tag: re.Match[str]) -> str:
    attributes = {name.lower(): one or two or three for name, one, two, three in _ATTRIBUTE.findall(tag[1])}
    name = attributes.get("user") or attributes.get("comm") or attributes.get("name", "")
    if not _NAME.fullmatch(name):
        return ""
    site = attributes.get("site", "")
    site = site if _SITE.fullmatch(site) else "livejournal.com"
    # A host's name may not begin or end with what an underscore becomes.
    host = name.replace("_", "-").lower()
    address = (
        f"https://{host}.{site}/" if host == host.strip("-") else f"https://users.{site}/{name.lower()}/"
    )
    return f'<a href="{address}">{escape(attributes.get("title") or name)}</a>'
