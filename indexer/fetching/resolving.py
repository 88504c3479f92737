"""From the name of a host to its IP addresses, in time."""

from __future__ import annotations

import queue
import socket
import threading
from collections.abc import Callable, Sequence

from indexer.fetching.deadline import Deadline, TimeIsUp

Resolver = Callable[[str, int], Sequence[str]]
"""From a host's name and a port to its IP addresses; raises `OSError` where there are none."""


class Unresolved(Exception):
    """The name has no address, or none can be found now; the message is the end of a sentence."""


def resolve(host: str, port: int) -> Sequence[str]:
    """What the system knows of a name."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(where[0]) for *_, where in found))


def resolved(resolver: Resolver, host: str, port: int, deadline: Deadline) -> Sequence[str]:
    """The host's addresses, at least one; raises `Unresolved` and `TimeIsUp`.

    The resolver is asked in a thread of its own, for the system's has no timeout that could be set.
    """
    answers: queue.Queue[Sequence[str] | OSError | UnicodeError] = queue.Queue()

    def ask() -> None:
        try:
            answers.put(resolver(host, port))
        except (OSError, UnicodeError) as error:
            answers.put(error)

    threading.Thread(target=ask, name=f"resolve {host}", daemon=True).start()
    try:
        answer = answers.get(timeout=deadline.remaining())
    except queue.Empty:
        raise TimeIsUp from None
    if isinstance(answer, OSError) and answer.errno == socket.EAI_AGAIN:
        raise Unresolved(f"its name cannot be looked up now ({answer.strerror}); try again later") from answer
    if isinstance(answer, Exception):
        raise Unresolved("there is no such host; look for a slip in its name") from answer
    if not answer:
        raise Unresolved("its name has no address")
    return answer
