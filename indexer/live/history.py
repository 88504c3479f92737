"""Following a blog back to its first post, page by page.

Feeds hold the newest posts. Older ones are found where RFC 5005 says (`prev-archive`, `next`), by the
`next_url` of a JSON Feed, and by what WordPress and Blogger are known to answer: WordPress its REST
interface, or a feed with `?paged=N` where that is closed; Blogger a feed with `?start-index=N`. Both have
feeds of all comments as well.
"""

from __future__ import annotations

import json
import re
from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from indexer.live.addresses import host_of, joined, parameter, with_parameters
from indexer.live.outlook import Outlook

DONE = "done"
"""The history of a feed that was followed to its end."""

_REST_PAGE = 100
"""Entries that WordPress gives at once."""

_FROM_THE_FIRST: Mapping[str, str | int] = {"start-index": 1, "max-results": 150, "redirect": "false"}
"""How Blogger gives as many as it does at once, and by itself where a blog has it lead elsewhere."""

_FEW = 10

_BLOGGER_FEED = re.compile(r"/feeds/posts/(?:default|summary|full)")


@dataclass(frozen=True, slots=True)
class Step:
    """One address to ask, and the addresses to ask in its place where the server has nothing there."""

    address: str
    otherwise: tuple[str, ...] = ()


def first_steps(feed: str, outlook: Outlook) -> tuple[Step, ...]:
    """Where the history of a feed begins, which is the page after the one that was just read."""
    if posts := _blogger_feed(feed, outlook):
        return tuple(
            Step(with_parameters(address, _FROM_THE_FIRST))
            for address in (posts, *comment_feeds(feed, outlook))
        )
    if site := _wordpress_site(feed, outlook):
        posts = feed if host_of(feed) == host_of(site) else joined(site, "feed/")
        (comments,) = comment_feeds(feed, outlook)
        return (
            Step(_rest(site, "posts"), (_plain_rest(site, "posts"), with_parameters(posts, {"paged": 2}))),
            Step(
                _rest(site, "comments"),
                (_plain_rest(site, "comments"), with_parameters(comments, {"paged": 1})),
            ),
        )
    return tuple(Step(address) for address in outlook.older[:1])


def comment_feeds(feed: str, outlook: Outlook) -> tuple[str, ...]:
    """The feeds of the newest comments: of the whole blog, else of single posts, the newest few."""
    if posts := _blogger_feed(feed, outlook):
        return (_BLOGGER_FEED.sub("/feeds/comments/default", posts),)
    if site := _wordpress_site(feed, outlook):
        return (joined(site, "comments/feed/"),)
    return outlook.comment_feeds[:_FEW]


def _blogger_feed(feed: str, outlook: Outlook) -> str:
    """The feed at Blogger itself, which others often pass on; empty where the blog is not there."""
    if _BLOGGER_FEED.search(feed):
        return feed
    return joined(outlook.site, "/feeds/posts/default") if outlook.software == "blogger" else ""


def _wordpress_site(feed: str, outlook: Outlook) -> str:
    """Where a blog of WordPress is, with a slash at the end; empty where it is none."""
    if outlook.software != "wordpress":
        return ""
    return (outlook.site or joined(feed, "/")).rstrip("/") + "/"


def _rest(site: str, kind: str) -> str:
    return _asked_for(joined(site, f"wp-json/wp/v2/{kind}"), kind)


def _plain_rest(site: str, kind: str) -> str:
    """The same of a site without readable addresses."""
    return _asked_for(with_parameters(site, {"rest_route": f"/wp/v2/{kind}"}), kind)


def _asked_for(address: str, kind: str) -> str:
    embedded = {"_embed": "author,wp:term"} if kind == "posts" else {}
    return with_parameters(address, {"per_page": _REST_PAGE, "page": 1, **embedded})


class History:
    """How far the history of one feed was followed in this run, and where it goes on.

    Only addresses on these hosts are followed. A line of pages ends where nothing new comes, as from a server
    that answers any page with the first; `known` are the entries of the feed itself. One run asks for
    `most` pages, and the next goes on from there.
    """

    def __init__(
        self, steps: Iterable[Step], hosts: Iterable[str], most: int, known: Iterable[str] = ()
    ) -> None:
        self._steps = deque(steps)
        self._hosts = frozenset(hosts)
        self._left = most
        self._asked: set[str] = set()
        self._entries = {("posts", entry) for entry in known}

    @classmethod
    def resumed(cls, told: str, most: int) -> History:
        """The history that `told` is of; at its end where that says nothing that can be understood."""
        try:
            steps = [Step(str(address), tuple(map(str, others))) for address, *others in json.loads(told)]
        except (ValueError, TypeError):
            steps = []
        return cls(steps, (host_of(step.address) for step in steps), most)

    def told(self) -> str:
        """Where it goes on, as the archive remembers it."""
        return json.dumps([[step.address, *step.otherwise] for step in self._steps]) if self._steps else DONE

    @property
    def step(self) -> Step | None:
        """What is to be asked next in this run; None at the end, or after `most` pages."""
        while self._steps and not self._may_ask(self._steps[0].address):
            self._steps.popleft()
        return self._steps[0] if self._steps and self._left > 0 else None

    def _may_ask(self, address: str) -> bool:
        return address not in self._asked and host_of(address) in self._hosts

    def found(self, outlook: Outlook) -> bool:
        """The step brought this; says whether anything of it is new."""
        step = self._steps.popleft()
        self._asked.add(step.address)
        self._left -= 1
        kind = _kind(step.address)
        entries = {(kind, entry) for entry in outlook.entries}
        new = bool(entries - self._entries)
        self._entries |= entries
        if new or not entries:
            self._steps.extendleft(Step(address) for address in following(step.address, outlook))
        return new

    def nothing_there(self) -> None:
        """The step is at an address where the server has nothing: another one, or the end of its line."""
        step = self._steps.popleft()
        self._left -= 1
        if step.otherwise:
            self._steps.appendleft(Step(step.otherwise[0], step.otherwise[1:]))


def following(address: str, outlook: Outlook) -> tuple[str, ...]:
    """The page after this one, if there is one."""
    for name, length in (("start-index", len(outlook.entries)), ("paged", 1), ("page", 1)):
        if number := _number(address, name):
            return (with_parameters(address, {name: number + length}),) if outlook.entries else ()
    return outlook.older[:1]


def _kind(address: str) -> str:
    """What the ids on a page are numbers of: WordPress counts posts and comments apart."""
    route = parameter(address, "rest_route") or address
    return "comments" if "/comments" in route else "posts"


def _number(address: str, name: str) -> int:
    value = parameter(address, name)
    return int(value) if value.isdecimal() and len(value) < 10 else 0
