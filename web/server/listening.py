"""Where the archive is served: the socket that all processes share, and its address."""

from __future__ import annotations

import os
import socket

from search.errors import CannotServe


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens; raises `CannotServe` where none can."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        return socket.create_server((host, port), family=family, backlog=1024)
    except OSError as error:
        # Python adds the address to some of the system's words; the message has it already.
        why = error.strerror if isinstance(error, socket.gaierror) else os.strerror(error.errno or 0)
        raise CannotServe(
            f"cannot listen at {host}, port {port} ({why}): --host and --port choose another place"
        ) from error


def address(listener: socket.socket) -> str:
    """Where a browser on this machine finds what listens there."""
    host, port = listener.getsockname()[:2]
    if host in ("0.0.0.0", "::"):  # noqa: S104 - asked for by the user; it is what is not shown
        host = "localhost"
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"
