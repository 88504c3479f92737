"""A site that is not the archive's: a few pages, with the headers they are to have."""

from __future__ import annotations

from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread


@dataclass(frozen=True, slots=True)
class BlogPage:
    """The HTML of a page, and its content security policy, empty for none."""

    html: str
    policy: str = ""


@dataclass(frozen=True, slots=True)
class AnotherSite:
    """Where the site is, and its pages by their paths, which can be added while it runs."""

    origin: str
    pages: MutableMapping[str, BlogPage]


@contextmanager
def another_site() -> Iterator[AnotherSite]:
    """A site without pages yet, on a free port."""
    pages: dict[str, BlogPage] = {}

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            page = pages.get(self.path)
            self.send_response(200 if page else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            if page and page.policy:
                self.send_header("Content-Security-Policy", page.policy)
            self.end_headers()
            self.wfile.write(page.html.encode() if page else b"")

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        try:
            yield AnotherSite(f"http://127.0.0.1:{server.server_port}", pages)
        finally:
            server.shutdown()
            thread.join()
