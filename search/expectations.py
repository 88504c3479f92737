"""Expected results: queries and the post that each has to find, in a file of whoever runs an archive.

[[expect]]
query = "rain garden"                       # in the query language, filters included
post = "https://blog.example/rain-gardens"  # its link, or its id
within = 3                                  # how far down it may stand; 10 where nothing is said

[[expect]]
query = "password"
post = "k3v9x0a1b2c3"
absent = true                               # it may not stand there
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final, TypeAlias

from search.errors import ExpectationsBroken, ExpectationsUnreadable, InvalidRequest
from search.finding import find
from search.query.parser import parse
from search.request import MAX_PAGE_SIZE, SearchRequest
from search.results import Matches
from search.text.inert import printable

FILE: Final = "expect.toml"
"""How the file is called in a data folder."""

WITHIN: Final = 10
"""How far down a post may stand where nothing is said."""

LOOKED_AT: Final = 1_000
"""How far down a post is looked for that does not stand where it should."""

Search: TypeAlias = Callable[[SearchRequest], Matches]
Resolve: TypeAlias = Callable[[Collection[str]], Mapping[str, str]]
"""The ids of posts by their ids and links; those of no post are not in it."""


@dataclass(frozen=True, slots=True)
class Expectation:
    """One entry of the file, whose entries are counted from 1.

    The `post`, an id or a link, has to be among the first `within` results of the query, or not to be.
    """

    number: int
    query: str
    post: str
    within: int = WITHIN
    absent: bool = False

    @property
    def request(self) -> SearchRequest:
        """What is searched for; raises `InvalidRequest` for a query beyond a limit."""
        return SearchRequest(query=parse(self.query), size=MAX_PAGE_SIZE, facets=())


@dataclass(frozen=True, slots=True)
class Broken:
    """An expectation that is not met, and why not, in words."""

    expectation: Expectation
    problem: str

    def __str__(self) -> str:
        return f"entry {self.expectation.number}: {self.expectation.query!r} {self.problem}"


@dataclass(frozen=True, slots=True)
class Expectations:
    """All that a file says; none where there is no file."""

    path: Path
    entries: tuple[Expectation, ...] = ()

    @classmethod
    def read(cls, path: Path, *, required: bool = True) -> Expectations:
        """Read a file; raises `ExpectationsUnreadable` for one that is not as it should be, or not there."""
        try:
            values = tomllib.loads(path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            if required:
                raise ExpectationsUnreadable(f"{path}: there is no such file of expectations") from None
            return cls(path)
        except UnicodeDecodeError:
            raise ExpectationsUnreadable(f"{path} is not UTF-8 text") from None
        except tomllib.TOMLDecodeError as error:
            raise ExpectationsUnreadable(f"{path} cannot be read: {error}") from None
        entries = values.pop("expect", [])
        if values or not isinstance(entries, list):
            raise ExpectationsUnreadable(
                f"{path}: it is to hold entries that begin with [[expect]], and nothing else"
            )
        return cls(path, tuple(_entry(path, number, entry) for number, entry in enumerate(entries, 1)))

    def broken(self, search: Search, resolve: Resolve, before: Search | None = None) -> Iterator[Broken]:
        """Those that are not met, with where the post stands, and where it stood before, if that is asked."""
        ids = resolve({entry.post for entry in self.entries}) if self.entries else {}
        for entry in self.entries:
            if problem := _problem(entry, ids.get(entry.post, ""), search, before):
                yield Broken(entry, problem)

    def refused(self, broken: Collection[Broken]) -> ExpectationsBroken:
        """What is raised of a new generation that breaks some."""
        lines = tuple(map(str, broken))
        several = "an expectation" if len(lines) == 1 else f"{len(lines):,} expectations"
        return ExpectationsBroken(
            f"nothing was changed, as searches would break {several} of {self.path}: {'; '.join(lines)}."
            " Change what is expected, or import with --force",
            lines,
        )


NOTHING: Final = Expectations(Path(FILE))

_KINDS: Final[Mapping[str, tuple[type, str]]] = {
    "query": (str, "a text"),
    "post": (str, "the link or the id of a post"),
    "within": (int, f"a number from 1 to {MAX_PAGE_SIZE}"),
    "absent": (bool, "true or false"),
}
"""What an entry says, and what each of it is."""


def _entry(path: Path, number: int, entry: Any) -> Expectation:
    def wrong(what: str) -> ExpectationsUnreadable:
        return ExpectationsUnreadable(f"{path}, entry {number}: {what}")

    if not isinstance(entry, dict):
        raise wrong("it is to begin with [[expect]]")
    for name, value in entry.items():
        if name not in _KINDS:
            raise wrong(f"{printable(name)!r} is not one of {', '.join(_KINDS)}")
        kind, what = _KINDS[name]
        if type(value) is not kind:
            raise wrong(f"{name} is to be {what}")
    for name in ("query", "post"):
        if not entry.get(name, "").strip():
            raise wrong(f"{name} is missing; it is {_KINDS[name][1]}")
    if not 1 <= entry.get("within", WITHIN) <= MAX_PAGE_SIZE:
        raise wrong(f"within is to be {_KINDS['within'][1]}")
    found = Expectation(number, **{**entry, "post": entry["post"].strip()})
    try:
        _ = found.request
    except InvalidRequest as error:
        raise wrong(f"query: {error.problem}") from None
    return found


def _problem(entry: Expectation, post_id: str, search: Search, before: Search | None) -> str:
    """Why an expectation is not met; empty where it is."""
    if not post_id:
        return "" if entry.absent else f"is to find {entry.post}, which is no post of the archive"
    rank = _rank(entry.request, post_id, search, entry.within)
    if bool(rank) != entry.absent:
        return ""
    if entry.absent:
        return f"finds {entry.post} {_place(rank)}, where it is not to be{_before(entry, post_id, before)}"
    rank = _rank(entry.request, post_id, search, LOOKED_AT)
    where = f"finds {entry.post} {_place(rank)}" if rank else f"does not find {entry.post}"
    return f"{where}, and it is to be among the first {entry.within}{_before(entry, post_id, before)}"


def _before(entry: Expectation, post_id: str, search: Search | None) -> str:
    if search is None:
        return ""
    rank = _rank(entry.request, post_id, search, LOOKED_AT)
    return f" (until now: {_place(rank)})" if rank else " (until now: not found)"


def _place(rank: int) -> str:
    return f"at place {rank:,}"


def _rank(request: SearchRequest, post_id: str, search: Search, most: int) -> int:
    """The place of a post among the first results, counted from 1; 0 where it is not among them."""
    for page in range(1, -(-most // request.size) + 1):
        matches = find(replace(request, page=page), search).matches
        ids = [match.post_id for match in matches.matches]
        if post_id in ids:
            rank = request.offset + (page - 1) * request.size + ids.index(post_id) + 1
            return rank if rank <= most else 0
        if page * request.size >= matches.total:
            return 0
    return 0
