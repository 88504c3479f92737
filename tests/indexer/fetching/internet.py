"""An internet of one machine: names have the addresses a test gives them, and all addresses are this machine.

So what is refused can be told apart from what would not be reached: the rules are those of the real internet,
and only the last step, from a public address that was allowed to a port of this machine, is not.
"""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterable, Sequence

import httpcore

from indexer.fetching import Fetcher, FetchPolicy

PUBLIC = "93.184.215.14"
QUICK = FetchPolicy(delay=0)
"""As on the real internet, but for the pauses."""


class Internet(httpcore.NetworkBackend):
    """Makes connections, trusting as `tls` does.

    `connected` is where to, in order, and `resolved` which names were looked up.
    """

    def __init__(self, tls: ssl.SSLContext) -> None:
        self.tls = tls
        self.names: dict[str, list[Sequence[str]]] = {"blog.example": [[PUBLIC]]}
        self.silent: set[str] = set()
        self.resolved: list[str] = []
        self.connected: list[str] = []

    def name(self, host: str, *answers: Sequence[str]) -> None:
        """Give a name these addresses, the next ones each time it is looked up."""
        self.names[host] = list(answers)

    def resolve(self, host: str, port: int) -> Sequence[str]:
        """What a name has now; addresses are their own, and other names do not exist."""
        self.resolved.append(host)
        if host.replace(".", "").isdigit() or ":" in host:
            return [host]
        if host not in self.names:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        answers = self.names[host]
        return answers.pop(0) if len(answers) > 1 else answers[0]

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect to the port here, whatever the address; those in `silent` cannot be reached."""
        self.connected.append(host)
        if host in self.silent:
            raise httpcore.ConnectError("Network is unreachable")
        return httpcore.SyncBackend().connect_tcp("127.0.0.1", port, timeout)

    def fetcher(self, policy: FetchPolicy = QUICK) -> Fetcher:
        """A fetcher that lives in this internet."""
        return Fetcher(policy, resolver=self.resolve, connections=self, tls=self.tls)
