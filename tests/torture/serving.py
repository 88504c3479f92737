"""An archive that is served and asked all the time: every answer has one version of its source as a whole."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import threading
import time
import urllib.request
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from tests.torture.archives import Version

_ADDRESS: Final = re.compile(r"http://127\.0\.0\.1:(\d+)")
_PAUSE: Final = 0.01
_STARTED: Final = 60  # seconds


class Served:
    """`blogsearch serve` on an archive, and a client. `answers` counts its answers while it asks."""

    def __init__(self, data: Path, version: Version) -> None:
        """Serve an archive that has this version, or will have a later one."""
        self.answers = 0
        self._data = data
        self._version = version
        self._wrong: dict[str, int] = {}
        self._stop = threading.Event()
        self._client = threading.Thread(target=self._ask)

    def __enter__(self) -> Self:
        command = [sys.executable, "-c", "from indexer.cli import main; main()", "serve", "--port", "0"]
        self._log = (self._data.parent / "serve.log").open("w+b")
        self._process = subprocess.Popen(  # noqa: S603 - our own command
            [*command, "--data", self._data], stdout=self._log, stderr=self._log
        )
        self._port = self._found_port()
        self._client.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop.set()
        self._client.join()
        self._process.terminate()
        self._process.wait(timeout=_STARTED)
        self._log.close()

    def wrong(self) -> list[str]:
        """What was wrong with answers, once a kind."""
        return [f"{count} answers: {line}" for line, count in self._wrong.items()]

    def _found_port(self) -> str:
        deadline = time.monotonic() + _STARTED
        while time.monotonic() < deadline and self._process.poll() is None:
            said = (self._data.parent / "serve.log").read_text(encoding="utf-8", errors="replace")
            if found := _ADDRESS.search(said):
                return found[1]
            time.sleep(0.05)
        raise AssertionError(f"the server did not begin: {said}")

    def _ask(self) -> None:
        """Ask for all posts until told to stop."""
        address = f"http://127.0.0.1:{self._port}/search.json?size=100&facets=none"
        newest = self._version
        while not self._stop.wait(_PAUSE):
            try:
                with urllib.request.urlopen(address, timeout=_STARTED) as answer:
                    found = json.load(answer)
            except (OSError, ValueError) as error:
                self._note(f"it failed: {error}")
                continue
            titles = {result["link"]: result["title"] for result in found["results"]}
            while newest.number < _newest(titles):
                newest = newest.next
            if not any(_titles(version) == titles for version in (newest, newest.before)):
                self._note(f"neither version {newest.number} nor the one before")
            self.answers += 1

    def _note(self, line: str) -> None:
        self._wrong[line] = self._wrong.get(line, 0) + 1


def _newest(titles: dict[str, str]) -> int:
    return max([int(title.rpartition("version")[2]) for title in titles.values()], default=0)


def _titles(version: Version) -> dict[str, str]:
    return {link: said.title for link, said in version.state.items()}
