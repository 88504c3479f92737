"""What an export says of each thing, as JSON. `indexer.formats.backup` reads it back; docs/formats.md tells
others what it means.

Hashes are written in hexadecimal, as programs that take every number for a float would round them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, replace
from typing import Any

from indexer.exporting.names import EXTENSION
from search.history import FeedState, SourceRecord
from search.model import Period, Post
from search.sameness.identity import CommentIdentity, Held, Identity
from search.store.snapshot import Facts, WholePost, WholeReply, WholeVersion

Json = dict[str, Any]

_DERIVED_FROM = 12_000_000
"""Characters of a post from which on its text is left to be read from its HTML: no line is too long."""


def source(record: SourceRecord) -> Json:
    """A source: where it was, and what the user said of it."""
    return asdict(record)


def feed(state: FeedState) -> Json:
    """What is remembered of a live feed."""
    times = {name: getattr(state, name) for name in ("next_fetch", "last_fetch")}
    return asdict(state) | {name: time.isoformat() if time else None for name, time in times.items()}


def item(whole: WholePost) -> Json:
    """A post as an item; one that several sources have says by which ids it was known, too."""
    post, facts = whole.post, whole.versions
    if len(facts) == 1:
        return _item(post, facts[0].identity, facts[0])
    earlier = sorted({each.record_id for each in facts} - {post.id})
    made = _item(post, _identity(post.id, facts))
    made[EXTENSION] |= {"earlier_ids": earlier} if earlier else {}
    return made


def version(whole: WholeVersion) -> Json:
    """What one of several sources says of a post, as an item."""
    return _item(whole.post, whole.facts.identity, whole.facts)


def reply(whole: WholeReply) -> Json:
    """What a source says of a comment. It is no item, so its fields need not be called as JSON Feed does."""
    comment = whole.comment
    said = {"post": whole.post_record, "parent": whole.parent_record, "place": whole.place}
    return _without_nothing(
        {
            "id": comment.id,
            "post": comment.post_id,
            "parent": comment.parent,
            "author": comment.author,
            "date": _exact(comment.date),
            "url": comment.link,
            "content_html": comment.html,
            "content_text": comment.text,
            "hidden": not whole.shown,
        }
    ) | {
        "said": _without_nothing(said),
        "known": _reply_known(whole.identity),
        **_held(whole.source, whole.held),
    }


def _item(post: Post, identity: Identity, facts: Facts | None = None) -> Json:
    is_long = len(post.html) + len(post.text) > _DERIVED_FROM
    fields = {
        "id": post.id,
        "url": post.link,
        "title": post.title,
        "content_html": post.html,
        "content_text": "" if is_long and post.html else post.text,
        "summary": post.summary,
        "date_published": _moment(post.date),
        "date_modified": _moment(post.updated),
        "authors": [{"name": name} for name in post.authors],
        "tags": list(post.tags),
        "language": post.language,
    }
    own = {
        "blog": post.blog.name,
        "blog_link": post.blog.link,
        "date": _exact(post.date),
        "updated": _exact(post.updated),
        "publication": post.publication,
        "reporters": list(post.reporters),
        "kind": post.kind,
        "origins": [[each.field, each.source, each.where, each.confidence] for each in post.origins],
    }
    own = _without_nothing(own) | {"known": _known(identity)}
    return _without_nothing(fields) | {EXTENSION: own | (_held(facts.source, facts.held) if facts else {})}


def _held(source: int, held: Held) -> Json:
    """By which source it is held, and how."""
    standing = {"standing": int(held.standing), "complete": held.complete}
    return {"held": {"source": source, "format": held.format, **standing}}


def _known(identity: Identity) -> Json:
    hashes = ("scheme", "own", "blog_name", "blog_link", "blog_host")
    days = {"first_day": identity.first_day, "last_day": identity.last_day}
    return _without_nothing(
        {"kind": int(identity.kind)}
        | {name: f"{getattr(identity, name):x}" for name in hashes if getattr(identity, name)}
        | days
        | {"keys": [f"{key:x}" for key in identity.keys]}
    )


def _reply_known(identity: CommentIdentity) -> Json:
    return _without_nothing(
        {
            "addresses": [f"{address:x}" for address in identity.addresses],
            "own": f"{identity.own:x}" if identity.own else "",
            "words": f"{identity.words:x}" if identity.words else "",
        }
    )


def _identity(post_id: str, facts: Iterable[Facts]) -> Identity:
    """By what a post of several versions is recognised: by all that any of them is."""
    several = list(facts)
    named = max(several, key=lambda each: (each.record_id == post_id, each.held.standing))
    keys = sorted({key for each in several for key in each.identity.keys})
    return replace(named.identity, keys=tuple(keys))


def _moment(period: Period | None) -> str:
    """The beginning of a period as JSON Feed wants it: a time, whatever is known of it."""
    return period.start.replace(tzinfo=None).isoformat() + "Z" if period else ""


def _exact(period: Period | None) -> str:
    return str(period) if period else ""


def _without_nothing(fields: Json) -> Json:
    return {name: value for name, value in fields.items() if value}
