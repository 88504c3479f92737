"""The kinds of problem there are: what each means, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus

from web.language.voice import marked

ADDRESS = "/problems/"
"""What the address of a kind's page begins with."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of problem. Its `name` and `status` never change; the rest is in words, for people.

    These are English, the keys of the catalogue. The `title` says what happened, `meaning` when it does,
    and `remedy` what to do.
    """

    name: str
    status: HTTPStatus
    title: str
    meaning: str
    remedy: str

    @property
    def path(self) -> str:
        """Its page."""
        return ADDRESS + self.name


INVALID_PARAMETER = Kind(
    "invalid-parameter",
    HTTPStatus.BAD_REQUEST,
    marked("This search cannot be made"),
    marked("A parameter of the address cannot be read, is beyond a limit, or does not exist."),
    marked("“parameter” names the culprit and “detail” what is wrong with it. Correct it and ask again."),
)
NOT_FOUND = Kind(
    "not-found",
    HTTPStatus.NOT_FOUND,
    marked("There is nothing here"),
    marked("No page and no document has this address."),
    marked("Look for a slip in the address. All addresses for programs are listed at /api."),
)
POST_NOT_FOUND = Kind(
    "post-not-found",
    HTTPStatus.NOT_FOUND,
    marked("There is no such post"),
    marked(
        "No post has this id, and none had it before. Posts deleted from their blog are removed here, too."
    ),
    marked("Search for the post by its title or words."),
)
METHOD_NOT_ALLOWED = Kind(
    "method-not-allowed",
    HTTPStatus.METHOD_NOT_ALLOWED,
    marked("The archive can be read only"),
    marked("Nothing here can be changed: the request asked for something else than to read."),
    marked("Use the method GET, or one of those that the header “Allow” lists."),
)
GENERATION_GONE = Kind(
    "generation-gone",
    HTTPStatus.GONE,
    marked("The archive has changed"),
    marked(
        "The address is of a later page of results, from a state of the archive that is not kept any more."
    ),
    marked("Begin again at the first page: “again” leads there."),
)
UNKNOWN_HOST = Kind(
    "unknown-host",
    HTTPStatus.MISDIRECTED_REQUEST,
    marked("This site does not go by that name"),
    marked("The name in the address leads here, but is none that this site answers by."),
    marked(
        "Use the address that you were given. If the site is yours, start it with “--hosts” and the name, or"
        " with “--base-url” and its whole address; a web server in front has to pass on the header “Host”."
    ),
)
RATE_LIMITED = Kind(
    "rate-limited",
    HTTPStatus.TOO_MANY_REQUESTS,
    marked("Too many requests"),
    marked("More was asked from your address than this site answers in a minute."),
    marked("Wait for the seconds that the header “Retry-After” says, then ask again."),
)
INTERNAL_ERROR = Kind(
    "internal-error",
    HTTPStatus.INTERNAL_SERVER_ERROR,
    marked("Something went wrong here"),
    marked("A fault of the program. Its log says which."),
    marked("Try again; should it happen again, tell the owner of the site the address."),
)
ARCHIVE_UNAVAILABLE = Kind(
    "archive-unavailable",
    HTTPStatus.SERVICE_UNAVAILABLE,
    marked("The archive cannot be read at the moment"),
    marked("The archive is damaged, being replaced, or has nothing published yet."),
    marked("Try again in a while. The owner of the site finds the cause in the program's log."),
)
BUSY = Kind(
    "busy",
    HTTPStatus.SERVICE_UNAVAILABLE,
    marked("The site is busy"),
    marked("As many whole results are being sent as the site sends at once."),
    marked("Wait for the seconds that the header “Retry-After” says, then ask again."),
)

KINDS = {
    kind.name: kind
    for kind in (
        INVALID_PARAMETER,
        NOT_FOUND,
        POST_NOT_FOUND,
        METHOD_NOT_ALLOWED,
        GENERATION_GONE,
        UNKNOWN_HOST,
        RATE_LIMITED,
        INTERNAL_ERROR,
        ARCHIVE_UNAVAILABLE,
        BUSY,
    )
}
"""Every kind by its name, in the order of their statuses."""

PASSING = (RATE_LIMITED, BUSY)
"""What is over after the seconds that `Retry-After` says."""

BY_STATUS = {
    kind.status: kind for kind in (NOT_FOUND, METHOD_NOT_ALLOWED, UNKNOWN_HOST, RATE_LIMITED, INTERNAL_ERROR)
}
"""The kind of what goes wrong before a view is asked; a status without one says it all itself."""
