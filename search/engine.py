"""The contract between an archive and whatever finds and ranks in it.

Engines return ids, scores and counts. Texts come from the store, and fragments are cut from them by
`search.text`, so that an answer reads the same whatever the engine.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Final, Protocol, TypeAlias

from search.deadline import Deadline
from search.health import BrokenGeneration, CacheUse
from search.model import PostWithComments
from search.request import SearchRequest
from search.results import Match, Matches, Suggestion

MEGABYTES: Final = 280
"""How much memory building takes at most where nothing else is said."""


@dataclass(frozen=True, slots=True)
class Change:
    """One post to index anew, with all its comments, or (`content` None) to take out."""

    post_id: str
    content: PostWithComments | None


@dataclass(frozen=True, slots=True)
class Generation:
    """One complete, immutable published state of the index. `name` counts up: `000042`.

    `digest` is of everything in it, as another archive has a generation of the same name.
    """

    name: str
    posts: int
    comments: int
    digest: str


class Candidate(Protocol):
    """A generation that is complete and was verified, and that nobody is answered from yet."""

    @property
    def generation(self) -> Generation:
        """What it is."""
        ...

    def search(self, request: SearchRequest) -> Matches:
        """What it would answer."""
        ...


Confirm: TypeAlias = Callable[[Candidate], None]
"""The last word before a generation is published: whatever it raises, the one before stays."""


def agreed(_: Candidate) -> None:
    """Publish whatever was built."""


class Engine(Protocol):
    """Finds and ranks posts.

    Reading methods may be called from many threads at once and see one generation from beginning to
    end; a generation published meanwhile is seen by the next call. `publish` is called by one thread
    of one process, the holder of the archive's lock. Times are aware and in UTC.

    Everything may raise `IndexUnreadable`.
    """

    @property
    def generation(self) -> str:
        """The name of the generation that answers; empty before the first."""
        ...

    @property
    def edition(self) -> str:
        """The generation that answers, named as none of any other archive is; empty before the first."""
        ...

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages by whose rules a query's words are looked for; "" where posts have none."""
        ...

    @property
    def cache_use(self) -> CacheUse:
        """How often what was asked for was at hand; it begins anew when another generation answers."""
        ...

    def close(self) -> None:
        """Let go of every file; the engine is not used again."""
        ...

    def deadline(self) -> Deadline:
        """When a search ends that begins now."""
        ...

    def search(self, request: SearchRequest, deadline: Deadline | None = None) -> Matches:
        """Find the posts of a request, until the deadline that is given or, without one, its own.

        A document is a post or a comment, and all of a query must hold of one document. Results are
        posts: a comment that matches text lifts its post and is counted in it. Field words (`tag:`,
        `date:` and the like), filters and facets describe the post, `commenter:` the comment; a query
        of these alone counts no comments as matching, unless it names a commenter or `in:comments`.

        Words of `request.query` are joined as its tree says (`request.match` was applied to it
        before). Patterns reach at most 1,000 words each, then the answer is `partial`.

        Where the request names a generation, that one answers: the published one and at least the one
        before it can. Raises `GenerationGone` where it is not kept any more, or never was.
        """
        ...

    def stretch(self, request: SearchRequest, places: range, deadline: Deadline | None = None) -> Matches:
        """The results of a request at these places, counted from 0, whatever page of them it asks for.

        They are in the order in which `search` has them, with the same total, of the same generation;
        nothing is counted in facets.
        """
        ...

    def similar(self, post_id: str, size: int, deadline: Deadline | None = None) -> list[Match]:
        """Posts most like this one, best first, without it; none for an unknown id."""
        ...

    def suggest(self, prefix: str, size: int) -> list[Suggestion]:
        """Tags and authors with a word that begins with `prefix`, most used first; titles; then words.

        Titles that begin with it themselves come before others. Of several words the last one is completed.
        """
        ...

    def watch(self) -> AbstractContextManager[object]:
        """As long as the block lasts, open what is to be published before anybody is answered from it.

        For a process that serves. Its writer waits for that, some seconds at most.
        """
        ...

    @property
    def is_watched(self) -> bool:
        """Whether any process does that."""
        ...

    def publish(self, changes: Iterable[Change], *, rebuild: bool, confirm: Confirm = agreed) -> Generation:
        """Apply the changes and publish the result as a new generation.

        With `rebuild` the changes are all there is and nothing of the old index is read. Once everything is
        built, on the disk and verified, `confirm` is called with it; when it returns, the generation is
        published: what goes wrong from then on is logged and left to `settle`. Either all of it is published
        or nothing: after an error, also one of `confirm`, the generation before still answers. Publishing
        the same changes twice gives the same index.
        """
        ...

    def go_to(self, name: str, confirm: Confirm = agreed) -> Generation:
        """Make a generation that is kept the published one, be it older or newer.

        It is verified before, and then `confirm` is called with it, as in `publish`. Raises `GenerationGone`
        where there is none of this name, or it is not whole.
        """
        ...

    def settle(self, published: str, latest: str) -> None:
        """Begin to write: finish what a writer that was killed began, or undo it.

        The archive says which generation is `published`, which becomes true where it is whole; and which was
        the `latest` that ever was: newer ones were never confirmed, and are removed. Empty where none was.
        """
        ...

    def follow(self, published: Callable[[], str]) -> bool:
        """Answer from the generation that the archive names, before the index says so; True once that is so.

        It stays so until another is published. False where that one is broken or gone. `published` is asked
        when nobody else goes anywhere: whoever read the name before another generation was published, and
        comes late, would go back.
        """
        ...

    @property
    def kept(self) -> tuple[str, ...]:
        """All generations there are, the newest first, whether or not they are whole."""
        ...

    @property
    def broken(self) -> tuple[BrokenGeneration, ...]:
        """Those that would answer, were they whole; never raises."""
        ...
