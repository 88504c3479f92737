"""An hour of everything at once, in two seconds; and what it would have to find."""

from __future__ import annotations

import os
import socketserver
import threading
import time
from itertools import count
from pathlib import Path
from random import Random

import pytest

from tests.torture import hour
from tests.torture.mixed.asking import KINDS, Lexicon, draw
from tests.torture.mixed.footprint import Footprint, growth, need_proc, slope
from tests.torture.mixed.samples import FOLDER, Samples
from tests.torture.mixed.visitors import Answers, Kills, Visitor, at_once
from tests.torture.outcome import CannotRun

MB = 1024
LEXICON = Lexicon(["rain"], ["the rain"], ["news"], ["aaaaaaaaaaa2"])


def test_everything_at_once_is_answered(tmp_path: Path) -> None:
    try:
        outcome = hour.run(2, tmp_path, print)
    except CannotRun as reason:
        pytest.skip(str(reason))
    assert outcome.wrong == ()
    assert int(outcome.figures["imports"]) > 0
    assert int(outcome.figures["kills"]) > 0
    assert int(outcome.figures["answers"].replace(",", "")) > 0
    lines = (tmp_path / "samples.csv").read_text().splitlines()
    assert {line.split(",")[1] for line in lines} == {"what", "supervisor", "worker", "sync", FOLDER}


@pytest.mark.parametrize(
    ("values", "is_flat"),
    [
        ([50 * MB] * 9, True),
        ([10 * MB, 40 * MB, *[50 * MB] * 7], True),
        ([50 * MB, 51 * MB, 50 * MB] * 3, True),
        ([50 * MB] * 6 + [90 * MB, 50 * MB, 50 * MB], True),
        ([50 * MB] * 6 + [48 * MB] * 3, True),
        ([50 * MB] * 6 + [53 * MB] * 3, False),
        ([50 * MB + number * MB for number in range(9)], False),
    ],
    ids=["constant", "warming up", "back and forth", "a peak", "shrinking", "a step", "growing"],
)
def test_what_grows_is_told_from_what_does_not(values: list[float], is_flat: bool) -> None:
    assert (growth(values, tolerated=2 * MB) == "") == is_flat


def test_a_slope_leaves_out_the_first_tenth() -> None:
    seconds = [6.0 * number for number in range(20)]
    assert slope(seconds, [900.0, 700.0, *(number * 0.5 for number in range(2, 20))]) == pytest.approx(5)


def test_a_process_that_holds_more_and_more_is_told_of(tmp_path: Path) -> None:
    samples = Samples(tmp_path / "samples.csv")
    for number in range(9):
        samples.note(number, "worker", Footprint(0, 0, 50 * MB, 9 + number // 3, 4 + number, 9, 2))
    assert [*samples.growing()] == ["worker: files grew from 10 to 11"]


def test_what_this_process_opens_is_seen(tmp_path: Path) -> None:
    try:
        need_proc()
    except CannotRun as reason:
        pytest.skip(str(reason))
    before = Footprint.of(os.getpid())
    held = bytearray(os.urandom(8_000_000))
    with (tmp_path / "open").open("w"):
        after = Footprint.of(os.getpid())
    assert after.files == before.files + 1
    assert after.own > before.own + 4_000, len(held)


class Failing(socketserver.StreamRequestHandler):
    """Answers every second request only, and that with an error of its own."""

    numbers = count()

    def handle(self) -> None:
        while self.rfile.readline().strip():
            while self.rfile.readline().strip():
                pass
            if next(self.numbers) % 2:
                return
            self.wfile.write(b"HTTP/1.1 500 Oh\r\nContent-Length: 0\r\n\r\n")


@pytest.mark.parametrize("is_killed", [False, True])
def test_an_error_is_wrong_and_a_lost_connection_is_unless_something_was_killed(is_killed: bool) -> None:
    answers, kills = Answers(1), Kills()
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Failing) as server:
        thread = threading.Thread(target=server.serve_forever, args=[0.01])
        thread.start()
        visitor = Visitor(server.server_address[1], LEXICON, 1, kills, answers)
        with at_once(visitor.visit):
            while len(answers.wrong) < 2 or (is_killed and not answers.asked_again):
                if is_killed:
                    kills.note()
                time.sleep(0.001)
        server.shutdown()
        thread.join()
    assert any(line.startswith("500 for /") for line in answers.wrong)
    assert is_killed != any(line.startswith("no answer: ") for line in answers.wrong)


def test_every_kind_of_request_is_drawn() -> None:
    random = Random(1)
    paths = {draw(LEXICON, random).path.partition("?")[0] for _ in range(2_000)}
    assert len(paths) >= len(KINDS) - 8
