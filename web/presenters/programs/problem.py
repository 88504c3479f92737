"""An error as a problem document."""

from __future__ import annotations

from web.documents.problem import ProblemDocument


def problem(
    kind: str,
    title: str,
    status: int,
    detail: str,
    *,
    parameter: str = "",
    again: str = "",
    request_id: str = "",
) -> ProblemDocument:
    """An error as RFC 9457 words it; `kind` is the address that tells its kind from others.

    `parameter` names the one that was wrong and `again` is where to begin again, where there is one. By its
    `request_id` the log knows the request.
    """
    document: ProblemDocument = {"type": kind, "title": title, "status": status, "detail": detail}
    if parameter:
        document["parameter"] = parameter
    if again:
        document["again"] = again
    if request_id:
        document["request_id"] = request_id
    return document
