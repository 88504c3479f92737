"""Following a blog back to its first post, page by page.

Feeds hold the newest posts. Older ones are found where RFC 5005 says (`prev-archive`, `next`), by the
`next_url` of a JSON Feed, and by what WordPress and Blogger are known to answer: WordPress its REST
interface, or a feed with `?paged=N` where that is closed or broken; Blogger a feed with `?start-index=N`.
Both have feeds of all comments as well. Where these are missing or hold fewer than the posts tell of, the
comments of single posts are asked for.
"""

from __future__ import annotations

import json
import re
from collections import Counter, deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial

from indexer.live.addresses import host_of, joined, parameter, with_parameters
from indexer.live.outlook import CommentFeed, Outlook

DONE = "done"
"""The history of a feed that was followed to its end."""

_REST_PAGE = 100
"""Entries that WordPress gives at once."""

_FROM_THE_FIRST: Mapping[str, str | int] = {"start-index": 1, "max-results": 150, "redirect": "false"}
"""How Blogger gives as many as it does at once, and by itself where a blog has it lead elsewhere."""

_FEW = 10

_BLOGGER_FEED = re.compile(r"/feeds/posts/(?:default|summary|full)")
_BLOGGER_COMMENTS = re.compile(r"/feeds/\d+/comments/(?:default|summary|full)")

_NOTHING_THERE = frozenset({400, 404, 410})
"""How servers answer for a page behind the last: WordPress' REST interface with the first."""

_TEMPORARY = frozenset({408, 425, 429})
"""Answers of the 400s after which a page may still be there another time."""

_MOST_TROUBLES = 3
"""After so many pages that could not be fetched a run leaves the rest for the next."""


@dataclass(frozen=True, slots=True)
class Step:
    """One address to ask, and the addresses to ask in its place where the server has nothing there.

    The comments on one `post` need not be asked for where `count` of them came in other ways. Where a step is
    a `guess`, nobody named the address, and a server that refuses it keeps nothing back.
    """

    address: str
    otherwise: tuple[str, ...] = ()
    guess: bool = False
    post: str = ""
    count: int = 0


def first_steps(feed: str, outlook: Outlook) -> tuple[Step, ...]:
    """Where the history of a feed begins, which is the page after the one that was just read."""
    if posts := _blogger_feed(feed, outlook):
        return tuple(
            Step(with_parameters(address, _FROM_THE_FIRST), guess=True)
            for address in (posts, *comment_feeds(feed, outlook))
        )
    if site := _wordpress_site(feed, outlook):
        posts = feed if host_of(feed) == host_of(site) else joined(site, "feed/")
        (comments,) = comment_feeds(feed, outlook)
        is_here = host_of(outlook.interface) in {host_of(feed), host_of(site)}
        ways = partial(_ways, site, outlook.interface if is_here else "")
        return (
            Step(*ways("posts", with_parameters(posts, {"paged": 2})), guess=True),
            Step(*ways("comments", with_parameters(comments, {"paged": 1})), guess=True),
        )
    return tuple(Step(address) for address in outlook.older[:1])


def comment_feeds(feed: str, outlook: Outlook) -> tuple[str, ...]:
    """The feeds of the newest comments: of the whole blog, else of single posts, the newest few."""
    if posts := _blogger_feed(feed, outlook):
        return (_BLOGGER_FEED.sub("/feeds/comments/default", posts),)
    if site := _wordpress_site(feed, outlook):
        return (joined(site, "comments/feed/"),)
    return tuple(found.address for found in outlook.comment_feeds[:_FEW])


def _wordpress_site(feed: str, outlook: Outlook) -> str:
    """Where a blog of WordPress is, with a slash at the end; empty where it is none."""
    if outlook.software != "wordpress" and not outlook.interface:
        return ""
    return (outlook.site or joined(feed, "/")).rstrip("/") + "/"


def _blogger_feed(feed: str, outlook: Outlook) -> str:
    """The feed at Blogger itself, which others often pass on; empty where the blog is not there."""
    if _BLOGGER_FEED.search(feed):
        return feed
    return joined(outlook.site, "/feeds/posts/default") if outlook.software == "blogger" else ""


def _ways(site: str, interface: str, kind: str, feed: str) -> tuple[str, tuple[str, ...]]:
    """The addresses at which a list of WordPress may be: the likeliest, and the others."""
    # The last is for a site without readable addresses.
    guessed = (joined(site, "wp-json/"), with_parameters(site, {"rest_route": "/"}))
    roots = (interface,) if interface else guessed
    first, *others = (_rest(root, kind) for root in roots)
    return first, (*others, feed)


def _rest(root: str, kind: str) -> str:
    if route := parameter(root, "rest_route"):
        address = with_parameters(root, {"rest_route": f"{route.rstrip('/')}/wp/v2/{kind}"})
    else:
        address = joined(root.rstrip("/") + "/", f"wp/v2/{kind}")
    embedded = {"_embed": "author,wp:term"} if kind == "posts" else {}
    return with_parameters(address, {"per_page": _REST_PAGE, "page": 1, **embedded})


class History:
    """How far the history of one feed was followed in this run, and where it goes on.

    Only addresses on these hosts are followed. A line of pages ends where nothing new comes, as from a server
    that answers any page with the first; `feed` is the feed itself, whose entries are known. One run asks
    for `most` pages, and the next goes on from there.
    """

    def __init__(
        self, steps: Iterable[Step], hosts: Iterable[str], most: int, feed: Outlook | None = None
    ) -> None:
        self._steps = deque(steps)
        self._put_off: list[Step] = []
        self._hosts = frozenset(hosts)
        self._left = most
        self._asked: set[str] = set()
        self._entries: set[tuple[str, str]] = set()
        self._replies: Counter[str] = Counter()
        self._troubles: Counter[str] = Counter()
        if feed:
            self._keep("posts", feed)

    @classmethod
    def resumed(cls, told: str, most: int) -> History:
        """The history that `told` is of; at its end where that says nothing that can be understood."""
        try:
            ways = [way for way in json.loads(told) if isinstance(way, list) and way]
        except (ValueError, TypeError):
            ways = []
        steps = [Step(address, tuple(others)) for address, *others in (map(str, way) for way in ways)]
        return cls(steps, (host_of(step.address) for step in steps), most)

    def told(self) -> str:
        """Where it goes on, as the archive remembers it."""
        steps = [step for step in (*self._steps, *self._put_off) if self._is_wanted(step)]
        return json.dumps([[step.address, *step.otherwise] for step in steps]) if steps else DONE

    @property
    def step(self) -> Step | None:
        """What is to be asked next in this run; None at its end."""
        while self._steps and not self._is_wanted(self._steps[0]):
            self._steps.popleft()
        in_vain = len(self._put_off) >= _MOST_TROUBLES
        return self._steps[0] if self._steps and self._left > 0 and not in_vain else None

    def _is_wanted(self, step: Step) -> bool:
        if step.address in self._asked or host_of(step.address) not in self._hosts:
            return False
        return not step.post or self._replies[step.post] < step.count

    def found(self, outlook: Outlook) -> bool:
        """The step brought this; says whether anything of it is new."""
        step = self._steps.popleft()
        self._asked.add(step.address)
        self._left -= 1
        new = self._keep(_kind(step.address), outlook)
        if new or not outlook.entries:
            # Where later pages of an interface are broken, its feed is still the way to what they have.
            others = step.otherwise[-1:] if _number(step.address, "page") else ()
            self._steps.extendleft(Step(address, others) for address in following(step.address, outlook))
        return new

    def _keep(self, kind: str, outlook: Outlook) -> bool:
        """Count what came, and remember which comments are still to come; says whether anything is new."""
        entries = {(kind, entry) for entry in outlook.entries}
        new = bool(entries - self._entries)
        self._entries |= entries
        if kind == "comments" and new:
            self._replies.update(outlook.places)
        else:
            self._steps.extend(_comments_on(feed) for feed in outlook.comment_feeds)
        return new

    def empty(self) -> None:
        """The step brought no entries: it is behind the last page, or of no use from the first on."""
        step = self._done()
        if not _is_later(step):
            self._try_otherwise(step)

    def no_list(self) -> None:
        """The step brought something else, such as a page for people."""
        self._try_otherwise(self._done())

    def failed(self, status: int | None) -> bool:
        """The step could not be fetched; says whether that keeps anything back, which the next run asks for.

        `status` is the server's answer, None where there was none.
        """
        step = self._done()
        if status is None or status >= 500 or status in _TEMPORARY:
            return self._in_trouble(step)
        if _is_later(step) and status in _NOTHING_THERE:
            return False
        if self._try_otherwise(step) or step.guess or status in _NOTHING_THERE:
            return False
        self._put_off.append(step)
        return True

    def _done(self) -> Step:
        self._left -= 1
        return self._steps.popleft()

    def _try_otherwise(self, step: Step) -> bool:
        if step.otherwise:
            self._steps.appendleft(Step(step.otherwise[0], step.otherwise[1:], step.guess))
        return bool(step.otherwise)

    def _in_trouble(self, step: Step) -> bool:
        """A server is in trouble: where there is another way, once more, then that one, each in turn."""
        self._troubles[step.address] += 1
        if not step.otherwise:
            self._put_off.append(step)
            return True
        if self._troubles[step.address] > 1:
            first, *others = step.otherwise
            step = Step(first, (*others, step.address), step.guess)
        if self._troubles[step.address] > 1:
            self._put_off.append(step)
            return True
        self._steps.appendleft(step)
        return False


def following(address: str, outlook: Outlook) -> tuple[str, ...]:
    """The page after this one, if there is one."""
    length = len(outlook.entries)
    for name, pace in (("start-index", length), ("paged", 1), ("page", 1)):
        if number := _number(address, name):
            is_last = outlook.pages == number or (
                # Of the posts of a blog Blogger does not always know how many there are.
                _BLOGGER_COMMENTS.search(address) and 0 < outlook.total < number + length
            )
            return (with_parameters(address, {name: number + pace}),) if length and not is_last else ()
    return outlook.older[:1]


def _comments_on(feed: CommentFeed) -> Step:
    address = feed.address
    if _BLOGGER_COMMENTS.search(address):
        address = with_parameters(address, _FROM_THE_FIRST)
    return Step(address, guess=True, post=feed.post, count=feed.count)


def _kind(address: str) -> str:
    """What the ids on a page are numbers of: WordPress counts posts and comments apart."""
    route = parameter(address, "rest_route") or address
    return "comments" if "/comments" in route else "posts"


def _is_later(step: Step) -> bool:
    """Whether this is a page after the first of a numbered list."""
    return max(_number(step.address, "page"), _number(step.address, "paged")) > 1


def _number(address: str, name: str) -> int:
    value = parameter(address, name)
    return int(value) if value.isdecimal() and len(value) < 10 else 0
