"""Slow clients block nobody, and the torture would tell if they did."""

from __future__ import annotations

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest

from tests.torture import slow


class _Answering(BaseHTTPRequestHandler):
    """Answers everything; the next one only when the one before has sent its whole header."""

    timeout = 3

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def one_at_a_time() -> Iterator[tuple[str, int]]:
    with HTTPServer(("127.0.0.1", 0), _Answering) as server:
        serving = Thread(target=server.serve_forever, args=(0.01,))
        serving.start()
        yield "127.0.0.1", server.server_port
        server.shutdown()
        serving.join()


def test_some_slow_clients_of_every_kind_keep_nobody_from_being_answered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(slow, "_ASKED", 3)
    monkeypatch.setattr(slow, "WITHIN", 15.0)  # how fast it is, is for the full run to say
    outcome = slow.run(21, tmp_path, lambda _: None)
    assert outcome.wrong == ()
    assert len(outcome.figures) == len(slow.KINDS) + 1


def test_a_server_that_answers_one_after_the_other_is_found_out(
    one_at_a_time: tuple[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(slow, "_PATIENCE", 0.3)
    wrong, _ = slow.troubled(one_at_a_time, ["header"], 2)
    assert len(wrong) == 1
    assert "no answer" in wrong[0]
