"""An error as a problem document."""

from __future__ import annotations

from web.documents.problem import ProblemDocument


def problem(
    kind: str, title: str, status: int, detail: str, *, parameter: str = "", again: str = ""
) -> ProblemDocument:
    """An error as RFC 9457 words it; `kind` is the address that tells its kind from others.

    `parameter` names the one that was wrong and `again` is where to begin again, where there is one.
    """
    document: ProblemDocument = {"type": kind, "title": title, "status": status, "detail": detail}
    if parameter:
        document["parameter"] = parameter
    if again:
        document["again"] = again
    return document
