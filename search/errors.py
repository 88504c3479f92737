"""Everything that can go wrong and be told to a user, as one tree.

    BlogsearchError
    ├── InvalidRequest          a search asks for what it may not: which parameter, and why
    ├── PostNotFound            no post has this id
    ├── GenerationGone          the state of the index that was asked for is not kept any more
    ├── ExpectationsUnreadable  the file of expected results is not as it should be
    ├── CannotServe             the server cannot listen, or ends as soon as it begins
    ├── CannotExport            the file to export to is there already, or is the archive's own
    ├── ArchiveError            the data folder
    │   ├── ArchiveNotFound     there is none at this path yet
    │   ├── ArchiveBeingBuilt   nothing is published yet, and the first import is at work
    │   ├── ArchiveLocked       another writer is at work
    │   ├── ArchiveNotEmpty     a backup is to be restored where there is something already
    │   ├── StoreUnreadable     store.db is not ours, is damaged, or its disk is full
    │   ├── IndexUnreadable     no generation of the index can be opened
    │   ├── NoSuchGeneration    the generation to go back to is not kept, or is damaged
    │   ├── IndexUnwritable     the next generation could not be written; the one before still serves
    │   └── ExpectationsBroken  a new generation would not find what it should; it was not published
    └── SourceError             what posts come from; nothing of it was changed in the archive
        ├── NoSources           none was given and none is known yet
        ├── SourceNotFound      no such file or folder
        ├── SourceRefused       unsafe or unreadable: an entity bomb, an archive that lies
        ├── UnknownFormat       no format knows this file
        ├── FetchFailed         a web address that gave nothing, at least this time
        │   └── AddressRefused  one that is never asked: not of the web, or of a private network
        └── TooManySkipped      more than a tenth of the records could not be read

Each message says what was wrong, where, and what to do; the command line prints it after
`blogsearch:` and the web shows it as a problem document. Nothing else should ever reach a user.
"""

from __future__ import annotations

from search.message import Message


class BlogsearchError(Exception):
    """Base of every error that is told to a user."""


class InvalidRequest(BlogsearchError):
    """A search asks for what it may not. `parameter` names the culprit as in the query string.

    `problem` is a text where whoever raises it knows the reader's language.
    """

    def __init__(self, parameter: str, problem: Message | str) -> None:
        super().__init__(f"{parameter}: {problem}")
        self.parameter = parameter
        self.problem = problem


class PostNotFound(BlogsearchError):
    """No post has this id."""

    def __init__(self, post_id: str) -> None:
        super().__init__(f"no post has the id {post_id[:40]!r}")
        self.post_id = post_id


class GenerationGone(BlogsearchError):
    """The state of the index that earlier pages came from is not kept any more; a new search is."""

    def __init__(self, generation: str) -> None:
        super().__init__(f"the archive has changed since generation {generation[:40]}: begin again at page 1")
        self.generation = generation


class ExpectationsUnreadable(BlogsearchError):
    """The file of expected results is not as it should be: which entry, and what is wrong with it."""


class CannotServe(BlogsearchError):
    """The server cannot listen where it was asked to, or its processes end as soon as they begin."""


class CannotExport(BlogsearchError):
    """The file to export to is there already, or is one that the archive itself consists of."""


class ArchiveError(BlogsearchError):
    """Something is wrong with the data folder."""


class ArchiveNotFound(ArchiveError):
    """There is no archive at this path yet."""


class ArchiveBeingBuilt(ArchiveError):
    """Nothing is published yet: the first import is at work."""


class ArchiveLocked(ArchiveError):
    """Another writer holds the archive's lock."""


class ArchiveNotEmpty(ArchiveError):
    """A backup is to be restored into a folder that has sources or posts already."""


class StoreUnreadable(ArchiveError):
    """The store is damaged, or was written by something else."""


class IndexUnreadable(ArchiveError):
    """No generation of the index can be opened."""


class NoSuchGeneration(ArchiveError):
    """The generation of the index that is to be gone back to is not kept, or is damaged."""


class IndexUnwritable(ArchiveError):
    """The next generation of the index could not be written; the one before still serves."""


class ExpectationsBroken(ArchiveError):
    """A new generation does not find what it is expected to, so it was not published. `broken` says what."""

    def __init__(self, message: str, broken: tuple[str, ...]) -> None:
        super().__init__(message)
        self.broken = broken


class SourceError(BlogsearchError):
    """A source could not be read. Nothing of it was changed in the archive."""


class NoSources(SourceError):
    """No source was given, and the archive knows none yet."""


class SourceNotFound(SourceError):
    """There is no such file or folder."""


class SourceRefused(SourceError):
    """The source is unsafe or unreadable as a whole."""


class UnknownFormat(SourceError):
    """No format knows this file."""


class FetchFailed(SourceError):
    """Nothing could be fetched from a web address.

    `status` is what the server answered, None where it did not come to that. `retry_after` is how many
    seconds it wants to be left alone, None where it did not say. One that was `not_asked` wanted that
    already, for whatever address of the same host.
    """

    def __init__(
        self,
        message: str,
        *,
        status: int | None = None,
        retry_after: float | None = None,
        not_asked: bool = False,
    ) -> None:
        super().__init__(message)
        self.not_asked = not_asked
        self.status = status
        self.retry_after = retry_after

    @property
    def gone(self) -> bool:
        """Whether the server says that there will never be anything here again (410)."""
        return self.status == 410


class AddressRefused(FetchFailed):
    """This address, or one that it leads to, is never asked."""


class TooManySkipped(SourceError):
    """More than a tenth of a source's records could not be read."""
