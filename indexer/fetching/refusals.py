"""What it means for the user that a server did not give what was asked for."""

from __future__ import annotations

import httpx

from indexer.fetching.headers import retry_after
from search.errors import FetchFailed

_BY_HAND = "if your browser shows it, save it there and give the file"

_MEANINGS = {
    304: "the server says that it is unchanged, though nothing was known of it",
    401: f"only for those who sign in; {_BY_HAND}",
    402: f"only for those who pay; {_BY_HAND}",
    403: f"the server does not give it to programs like this one; {_BY_HAND}",
    404: "there is nothing at this address; look on the blog for the one it has now",
    406: f"the server has it in no form that was asked for; {_BY_HAND}",
    410: "it is gone, and the server says that it will not come back",
    429: "the server was asked too often",
    451: "the server may not show it, for legal reasons",
}


def answers(status: int) -> bool:
    """Whether an answer of this status is what was asked for: 200, or 203 from somebody in between."""
    return status in {200, 203}


def refusal(name: str, response: httpx.Response) -> FetchFailed:
    """The error for an answer that is not what was asked for; `name` begins its message."""
    status = response.status_code
    patience = retry_after(response.headers)
    meaning = _MEANINGS.get(status) or _of_its_kind(status)
    when = "" if patience is None else f"; it asks to be left alone for {patience:,.0f} seconds"
    return FetchFailed(f"{name}: {meaning}{when} (status {status})", status=status, retry_after=patience)


def left_alone(name: str, patience: float) -> FetchFailed:
    """The error for a server that is not asked now, for it wants none of it for so many more seconds."""
    return FetchFailed(
        f"{name}: not asked, for its server wants to be left alone for {patience:,.0f} more seconds",
        retry_after=patience,
        not_asked=True,
    )


def _of_its_kind(status: int) -> str:
    match status // 100:
        case 2:
            return "the server answered with something that is no document"
        case 3:
            return "the server redirects to nowhere"
        case 4:
            return f"the server refuses; {_BY_HAND}"
        case _:
            return "the server is in trouble; try again later"
