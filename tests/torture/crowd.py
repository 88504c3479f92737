"""A hundred readers while version after version is published: each answer is of one of them, and comes soon.

Every post of a version says its number, and each version has another number of posts. So an answer tells by
its titles, its passages and its total of which version it is, and each generation is of one version.
"""

from __future__ import annotations

import json
import math
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from itertools import cycle
from pathlib import Path
from random import Random
from threading import Event, Thread
from typing import TypeAlias
from urllib.parse import urlsplit

from search.archive import Archive
from tests.torture.archives import Said, write_export
from tests.torture.outcome import Outcome, Tell
from tests.torture.publishing import import_into
from tests.web.serving import serving

Publish: TypeAlias = Callable[[Path, Path], object]
"""Imports a source into an archive."""

CLIENTS = 100
PAUSE = 1.0
"""Seconds between an answer and the next request of a client, on average."""

BEGINNING = 5.0
"""Seconds until is measured how long answers take."""

_FULL = 50
_POSTS = 200
_PATIENCE = 30.0
_SAID = re.compile(r"version(\d+)")
_TARGETS = ("/search.json?q=words&size=20", "/search?q=words", "/search.json?q=words&sort=newest", "POST")


@dataclass(slots=True)
class Crowd:
    """What clients got: `took` are seconds, `wrong` what no answer may be. Threads append, which is safe.

    `post` is the id of one that every version has. `took` may be replaced by another list, for the answers to
    what is asked from then on.
    """

    place: tuple[str, int]
    post: str
    took: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    versions: dict[str, int] = field(default_factory=dict)

    def ask(self, connection: HTTPConnection, target: str) -> None:
        """Ask, and note what comes of it."""
        took, started = self.took, time.monotonic()
        try:
            connection.request("GET", target)
            answer = connection.getresponse()
            body = answer.read().decode()
        except (OSError, HTTPException) as error:
            self.wrong.append(f"no answer to {target}: {type(error).__name__}: {error}")
            connection.close()
            return
        took.append(time.monotonic() - started)
        if answer.status != 200:
            self.wrong.append(f"{answer.status} for {target}: {body[:200]}")
        elif trouble := self.trouble_with(target, body):
            self.wrong.append(f"{target}: {trouble}")

    def trouble_with(self, target: str, body: str) -> str:
        """What of an answer is of more than one version, empty where nothing is."""
        said = {int(number) for number in _SAID.findall(body)}
        if len(said) != 1:
            return f"it is of versions {sorted(said)}"
        if target.startswith("/search.json"):
            (version,) = said
            found = json.loads(body)
            if found["total"] != posts_of(version):
                return f"{found['total']} posts, but version {version} has {posts_of(version)}"
            if (known := self.versions.setdefault(found["generation"], version)) != version:
                return f"generation {found['generation']} was of version {known} and is of {version}"
        return ""


@contextmanager
def crowding(crowd: Crowd, clients: int) -> Iterator[None]:
    """So many clients, each with a connection of its own, as long as the block lasts."""
    ended = Event()

    def visit(seed: int) -> None:
        random = Random(seed)
        connection = HTTPConnection(*crowd.place, timeout=_PATIENCE)
        targets = cycle(random.sample(_TARGETS, len(_TARGETS)))
        while not ended.wait(random.uniform(0, 2 * PAUSE)):
            target = next(targets)
            crowd.ask(connection, f"/posts/{crowd.post}.json" if target == "POST" else target)
        connection.close()

    threads = [Thread(target=visit, args=(seed,)) for seed in range(clients)]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        ended.set()
        for thread in threads:
            thread.join()


def run(times: int, folder: Path, tell: Tell, publish: Publish = import_into) -> Outcome:
    """Publish so many versions under a crowd, and after each do nothing for as long as that took."""
    data = folder / "data"
    clients, beginning, longest = (CLIENTS, BEGINNING, math.inf) if times >= _FULL else (4, 0.1, 0.2)
    publish(data, write_version(folder, 1))
    idle: list[float] = []
    publishing: list[float] = []
    with serving(data, "--workers", "2") as address:
        site = urlsplit(address)
        crowd = Crowd(place := (site.hostname or "", site.port or 0), _some_post(place))
        with crowding(crowd, clients):
            time.sleep(beginning)
            for version in range(2, times + 2):
                source = write_version(folder, version)
                crowd.took, began = publishing, time.monotonic()
                publish(data, source)
                took = time.monotonic() - began
                crowd.took = idle
                crowd.wrong.extend(_trouble_of(data, version))
                tell(f"version {version} is published, {len(publishing):,} answers meanwhile")
                time.sleep(min(took, longest))
    figures = _figures(sorted(idle), sorted(publishing)) | {"generations seen": str(len(crowd.versions))}
    if times >= _FULL and _part(sorted(publishing), 0.99) > 2 * _part(sorted(idle), 0.99):
        crowd.wrong.append(f"p99 is more than twice that of an idle archive: {figures['p99, ms']}")
    return Outcome(times, tuple(crowd.wrong), figures)


def _figures(idle: list[float], publishing: list[float]) -> dict[str, str]:
    """How many answers came while nothing was published, and while something was, and how soon."""
    figures = {"answers": f"{len(idle):,} idle, {len(publishing):,} publishing"}
    for part in (0.5, 0.99):
        times = f"{_part(idle, part):.1f} idle, {_part(publishing, part):.1f} publishing"
        figures[f"p{100 * part:.0f}, ms"] = times
    return figures


def posts_of(version: int) -> int:
    """How many posts a version has; some come with every other one, and go with the next."""
    return _POSTS + (version if version % 2 else -version)


def write_version(folder: Path, version: int) -> Path:
    """A version as an export that is complete, in the place of the one before."""
    state = {
        f"https://crowd.example/{post}": Said(
            title=f"Words {post} of version{version}",
            text=f"These are words of version{version}. " + f"More {post} follow here. " * 20,
            comments=(),
        )
        for post in range(posts_of(version))
    }
    return write_export(folder / "crowd.wordpress.xml", state)


def _trouble_of(data: Path, version: int) -> Iterator[str]:
    """Whether the archive has the version, which is what all answers are compared with."""
    with Archive.open(data) as archive:
        if (posts := archive.counts().posts) != posts_of(version):
            yield f"the archive has {posts} posts, but version {version} has {posts_of(version)}"


def _some_post(place: tuple[str, int]) -> str:
    connection = HTTPConnection(*place, timeout=_PATIENCE)
    connection.request("GET", "/search.json?q=%22words+0+of%22")
    found: str = json.load(connection.getresponse())["results"][0]["id"]
    connection.close()
    return found


def _part(ordered: list[float], part: float) -> float:
    """The quantile of seconds in order, in milliseconds."""
    return 1000 * ordered[int(part * (len(ordered) - 1))] if ordered else 0.0
