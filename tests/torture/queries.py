"""Fuzzed queries over HTTP: the real server, asked what nobody would ask.

Nothing may be answered with 5xx, nothing may take longer than 1.5 seconds, what says that it is JSON has to
be some, and the processes of the server may not take more and more memory.
"""

from __future__ import annotations

import gzip
import json
import re
import statistics
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from typing import Final

from benchmarks.generator import Model, generate
from search.archive import Archive
from search.model import Post
from tests.torture.asker import Answer, Asker, NoAnswer
from tests.torture.fuzzing import Draw, Known, Request
from tests.torture.outcome import CannotRun, Outcome, Tell

SLOWEST: Final = 1.5
"""Seconds that an answer may take."""
CLIENTS: Final = 2
WORKERS: Final = 2
POSTS: Final = 5_000
"""Beside the bundled sample, which is enough where few queries are tried."""
TOLERATED: Final = 24 * 1024
"""KB by which the processes may grow together from the middle third of the run to the last; in the first
caches fill, each of which has a bound."""
KNOWN_STATUSES: Final = frozenset({200, 204, 301, 304, 400, 404, 405, 406, 410, 413, 421, 431})

_SAMPLE: Final = Path(__file__).parents[2] / "indexer" / "sample"
_COMMAND: Final = (sys.executable, "-c", "from indexer.cli import main; main()")
_ANONYMOUS: Final = re.compile(r"^Anonymous: +(\d+) kB$", re.MULTILINE)
_PORTION: Final = 250
_MOST_TOLD: Final = 20


@dataclass(slots=True)
class Found:
    """What a portion of the queries brought: how often which status, all times in seconds, what was wrong."""

    statuses: Counter[int] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)
    slow: list[Request] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


def run(times: int, folder: Path, tell: Tell) -> Outcome:
    """Ask so many queries of an archive made in the folder."""
    if not Path("/proc/self/smaps_rollup").exists():
        raise CannotRun("it needs Linux, which tells in /proc what a process takes")
    data = make_archive(folder, POSTS if times > _PORTION else 0)
    known = Known.of(data)
    with served(data) as (process, port):
        tell(f"asking {times:,} queries at port {port}")
        started = time.monotonic()
        found, memory = _ask_all(times, known, port, process, tell)
        rate = times / (time.monotonic() - started)
        wrong = [*found.wrong, *_still_slow(found.slow, port), *_grown(memory)]
    slowest = sorted(found.seconds)
    figures = {
        "a second": f"{rate:,.0f}",
        "p50, ms": f"{slowest[len(slowest) // 2] * 1000:.1f}",
        "p99, ms": f"{slowest[len(slowest) * 99 // 100] * 1000:.1f}",
        "slowest, ms": f"{slowest[-1] * 1000:.0f}",
        "statuses": ", ".join(f"{status}: {count:,}" for status, count in sorted(found.statuses.items())),
        "memory, MB, at each tenth": _memory_told(memory),
    }
    return Outcome(times, tuple(wrong[:_MOST_TOLD]), figures)


def make_archive(folder: Path, posts: int) -> Path:
    """An archive of the bundled sample, and of so many posts that read like its own."""
    data, feed = folder / "data", folder / "feed.json"
    _blogsearch("reindex", "--quiet", "--data", str(data), str(_SAMPLE))
    if posts:
        with Archive.open(data) as archive:
            known = [archive.post(listed.id).post for listed in archive.listing(0, 1_000)]
        made = generate(Model.of(known), posts)
        feed.write_text(json.dumps({
            "version": "https://jsonfeed.org/version/1.1", "title": "Queries",
            "items": [_item(number, post) for number, post in enumerate(made)],
        }), encoding="utf-8")  # fmt: skip
        _blogsearch("reindex", "--quiet", "--data", str(data), str(feed))
    return data


def _item(number: int, post: Post) -> dict[str, object]:
    return {
        "id": post.id, "url": f"https://queries.example/{number}", "title": f"{post.title} {number}",
        "content_text": post.text, "tags": post.tags, "date_published": str(post.date) if post.date else None,
        "authors": [{"name": name} for name in post.authors],
    }  # fmt: skip


def _blogsearch(*arguments: str) -> None:
    subprocess.run([*_COMMAND, *arguments], check=True, timeout=900)  # noqa: S603


@contextmanager
def served(data: Path) -> Iterator[tuple[int, int]]:
    """Serve an archive by the command; gives its process and port. What it logs lies beside it."""
    arguments = ["serve", "--data", str(data), "--port", "0", "--workers", str(WORKERS)]
    with (
        (data.parent / "serve.log").open("w") as log,
        subprocess.Popen(  # noqa: S603
            [*_COMMAND, *arguments], stdout=subprocess.PIPE, stderr=log, text=True
        ) as process,
    ):
        try:
            assert process.stdout
            address = re.search(r"http://127\.0\.0\.1:(\d+)", process.stdout.readline())
            assert address, "the server did not begin"
            yield process.pid, int(address[1])
        finally:
            process.terminate()
            process.wait(timeout=60)


def _ask_all(times: int, known: Known, port: int, server: int, tell: Tell) -> tuple[Found, list[int]]:
    """What all portions brought together, and the memory of the processes, in KB, after each."""
    whole, memory = Found(), []
    if times <= _PORTION:  # not worth another process
        return ask(known, 0, times, port), [_memory(server)]
    with ProcessPoolExecutor(CLIENTS, mp_context=get_context("spawn")) as clients:
        portions: list[Future[Found]] = [
            clients.submit(ask, known, seed, min(_PORTION, times - seed * _PORTION), port)
            for seed in range(-(-times // _PORTION))
        ]
        for done, portion in enumerate(portions, 1):
            found = portion.result()
            whole.statuses += found.statuses
            for name in ("seconds", "slow", "wrong"):
                getattr(whole, name).extend(getattr(found, name))
            memory.append(_memory(server))
            if done % 40 == 0:
                tell(f"{done * _PORTION:,} queries, {memory[-1] // 1024} MB, {len(whole.wrong)} wrong")
    return whole, memory


def ask(known: Known, seed: int, count: int, port: int) -> Found:
    """Ask the queries of one seed, one after the other."""
    draw, found = Draw(known, seed), Found()
    with Asker(port) as asker:
        for request in islice(iter(draw.request, None), count):
            try:
                answer = asker.ask(request.encoded(f"127.0.0.1:{port}"), has_body=request.method != "HEAD")
            except NoAnswer as error:
                found.wrong.append(f"{_told(request)}: {error}")
                continue
            found.statuses[answer.status] += 1
            found.seconds.append(answer.seconds)
            if answer.seconds > SLOWEST:
                found.slow.append(request)
            if wrong := judged(answer):
                found.wrong.append(f"{_told(request)}: {wrong}")
    return found


def judged(answer: Answer) -> str:
    """What is wrong with an answer, whatever was asked; empty where nothing is."""
    if answer.status not in KNOWN_STATUSES:
        return f"answered with {answer.status}"
    if b"Traceback" in answer.body:
        return "answered with a traceback"
    if answer.body and answer.headers.get("content-type", "").endswith("json"):
        plain = answer.headers.get("content-encoding") != "gzip"
        try:
            json.loads(answer.body if plain else gzip.decompress(answer.body))
        except ValueError as error:
            return f"answered with what is no JSON: {error}"
    return ""


def _still_slow(requests: list[Request], port: int) -> Iterator[str]:
    """Those that take too long even when asked alone: another program may have kept the machine busy."""
    with Asker(port) as asker:
        for request in requests[:_MOST_TOLD]:
            raw = request.encoded(f"127.0.0.1:{port}")
            fastest = min(asker.ask(raw, has_body=request.method != "HEAD").seconds for _ in range(3))
            if fastest > SLOWEST:
                yield f"{_told(request)}: took {fastest:.2f} seconds"


def _memory(server: int) -> int:
    """KB that the server's processes have in no file: what a program can lose track of (proc(5))."""
    children = Path(f"/proc/{server}/task/{server}/children").read_text(encoding="ascii").split()
    told = (
        Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii") for process in (server, *children)
    )
    return sum(int(found[1]) for text in told if (found := _ANONYMOUS.search(text)))


def _grown(memory: list[int]) -> Iterator[str]:
    """Whether the last third of the run had more than the middle one, each by its median."""
    third = len(memory) // 3
    if third < 10:  # too short to tell growth from caches that fill up
        return
    middle, last = (statistics.median(part) for part in (memory[third : 2 * third], memory[-third:]))
    if last - middle > TOLERATED:
        yield f"memory grew from {middle:,.0f} to {last:,.0f} KB"


def _memory_told(memory: list[int]) -> str:
    places = sorted({max(len(memory) * tenth // 10 - 1, 0) for tenth in range(1, 11)})
    return ", ".join(f"{memory[place] / 1024:.0f}" for place in places)


def _told(request: Request) -> str:
    return f"{request.method} {request.target[:300]!r} {b'; '.join(request.headers)[:100]!r}"
