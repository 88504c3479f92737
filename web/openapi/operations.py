"""Every path for programs: what it is asked with, and what it answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from search.request import FACETS
from web.documents import encoders
from web.documents.encoding import JSON, JSON_LINES, Encoder
from web.params import table
from web.params.kinds import Schema
from web.params.table import Table
from web.presenters.programs import feed
from web.problems import (
    ARCHIVE_UNAVAILABLE,
    BUSY,
    GENERATION_GONE,
    INVALID_PARAMETER,
    POST_NOT_FOUND,
    RATE_LIMITED,
    Kind,
)

CONDITIONAL = ("ETag", "Cache-Control")
LIMITED = ("RateLimit-Policy", "RateLimit")
OF_EXPORTS = ("Results-Total", "Results-Capped", "Results-Partial")
OF_EVERY = (INVALID_PARAMETER, RATE_LIMITED, ARCHIVE_UNAVAILABLE)
"""The problems that anything can have that is asked of the archive."""


@dataclass(frozen=True, slots=True)
class Operation:
    """What can be asked at a path with GET (and HEAD).

    `name` is its id for programs and `path` its address; `within` is what stands in braces there: its name,
    description, schema and an example. What it answers with is JSON in the shape of `encoder`, one such
    document a line where `media_type` says so, or text where there is none. `headers` are those of a good
    answer.
    """

    name: str
    path: str
    title: str
    description: str
    answer: str
    parameters: Table
    encoder: Encoder[Any] | None
    media_type: str = JSON
    within: tuple[tuple[str, str, Schema, str], ...] = ()
    problems: tuple[Kind, ...] = OF_EVERY
    headers: tuple[str, ...] = (*CONDITIONAL, *LIMITED)
    moves: bool = False

    @property
    def conditional(self) -> bool:
        """Whether a client that has the answer already is told so."""
        return "ETag" in self.headers


POST_ID = ("id", "The id of the post.", {"type": "string", "pattern": "^[a-z0-9]{1,40}$"}, "k3v9qx2m7abc")
WHICH_FACET = ("facet", "Which facet.", {"type": "string", "enum": list(FACETS)}, "tag")

OPERATIONS = (
    Operation(
        "search",
        "/search.json",
        "Search",
        "Posts that match a query and filters, one page of them, with passages and counted facets.",
        "A page of results.",
        table.SEARCH_JSON,
        encoders.SEARCH,
        problems=(*OF_EVERY, GENERATION_GONE),
        headers=("Link", *CONDITIONAL, *LIMITED),
    ),
    Operation(
        "export",
        "/search.jsonl",
        "Export a search",
        "All results of a search with their texts, the first 10,000 at most, one JSON document a line. It is "
        "sent while it is made, in chunks: one that breaks off lacks the last, which HTTP clients report.",
        "The results, best first or in the order asked for.",
        table.EXPORT,
        encoders.EXPORTED,
        media_type=JSON_LINES,
        problems=(*OF_EVERY, GENERATION_GONE, BUSY),
        headers=(*OF_EXPORTS, "Content-Disposition", *CONDITIONAL, *LIMITED),
    ),
    Operation(
        "feed",
        "/search.atom",
        "Follow a search",
        "The posts of a search as an Atom feed (RFC 4287), newest first unless `sort` says otherwise.",
        "The feed.",
        table.FEED,
        None,
        media_type=feed.MEDIA_TYPE,
    ),
    Operation(
        "post",
        "/posts/{id}.json",
        "Read a post",
        "A post in full, with all its comments, and where each of its fields was read.",
        "The post.",
        table.POST,
        encoders.POST,
        within=(POST_ID,),
        problems=(*OF_EVERY, POST_NOT_FOUND),
        moves=True,
    ),
    Operation(
        "facet",
        "/facets/{facet}.json",
        "List the values of a facet",
        "All values that the posts of a search have in one facet, most frequent first, one page of them.",
        "A page of values.",
        table.FACET,
        encoders.FACET,
        within=(WHICH_FACET,),
        problems=(*OF_EVERY, GENERATION_GONE),
        headers=("Link", *CONDITIONAL, *LIMITED),
    ),
    Operation(
        "suggest",
        "/suggest.json",
        "Complete what is typed",
        "Titles, tags and authors with a word that begins so; and such words, where there is room.",
        "The completions.",
        table.SUGGEST,
        encoders.COMPLETIONS,
    ),
    Operation(
        "healthz",
        "/healthz",
        "Ask whether the site lives",
        "Answers while the process lives. Parameters are ignored.",
        "It lives.",
        {},
        encoders.ALIVE,
        problems=(),
        headers=(),
    ),
    Operation(
        "readyz",
        "/readyz",
        "Ask whether the site is ready",
        "Answers once searches can be answered. Parameters are ignored.",
        "It is ready.",
        {},
        encoders.READY,
        problems=(ARCHIVE_UNAVAILABLE,),
        headers=(),
    ),
)

HEADERS: dict[str, tuple[str, Schema, str]] = {
    "ETag": (
        "Names this state of the answer: sent back as `If-None-Match` it is answered with 304.",
        {"type": "string"},
        '"3f1c9a0b7d2e"',
    ),
    "Cache-Control": (
        "The answer may be kept, but has to be asked for again each time.",
        {"type": "string"},
        "no-cache",
    ),
    "Link": (
        "The pages around this one (RFC 8288): `first`, `prev` and `next`.",
        {"type": "string"},
        '</search.json?q=ferry&page=2&generation=000042>; rel="next"',
    ),
    "RateLimit-Policy": (
        "How many requests a client may make in how many seconds, where the site has a limit.",
        {"type": "string"},
        '"requests";q=120;w=60',
    ),
    "RateLimit": (
        "How many of them are left, and when it is all of them again.",
        {"type": "string"},
        '"requests";r=119;t=1',
    ),
    "Retry-After": ("Seconds to wait before asking again.", {"type": "string"}, "12"),
    "Location": ("Where the post is now.", {"type": "string"}, "/posts/k3v9qx2m7abc.json"),
    "Results-Total": ("How many posts were found.", {"type": "integer", "minimum": 0}, "12873"),
    "Results-Capped": (
        "Whether there are more results than were sent, as `most` cut them off.",
        {"type": "string", "enum": ["true", "false"]},
        "true",
    ),
    "Results-Partial": (
        "Whether there may be more than were found, as the search was cut short: it took too long, or "
        "a pattern has too many words.",
        {"type": "string", "enum": ["true", "false"]},
        "false",
    ),
    "Content-Disposition": (
        "A name for the file.",
        {"type": "string"},
        'attachment; filename="search.jsonl"',
    ),
}
"""Each header: what it says, its schema, and an example."""
