"""Sources that change all the time, a folder of posts and a feed, and imports of them again and again."""

from __future__ import annotations

from html import escape
from pathlib import Path
from random import Random
from threading import Event

from tests.indexer.fetching.faulty_server import Asked, Reply, document
from tests.torture.warm import Warm

BLOG = "Changing"
POSTS = 60
_CHANGED = 10
_FEED_POSTS = 10


class ChangingFolder:
    """A folder of posts in Markdown, always as many: some are edited, some go, and others come."""

    def __init__(self, folder: Path, texts: list[str], random: Random) -> None:
        self.path = folder
        self._texts = texts
        self._random = random
        self._newest = 0
        folder.mkdir()
        for _ in range(POSTS):
            self._add()

    def change(self) -> None:
        """Edit some posts, take away some, and add as many."""
        for path in self._random.sample(sorted(self.path.iterdir()), _CHANGED):
            if self._random.random() < 0.5:
                path.unlink()
                self._add()
            else:
                self._write(path)

    def _add(self) -> None:
        self._newest += 1
        self._write(self.path / f"post-{self._newest:06}.md")

    def _write(self, path: Path) -> None:
        text = " ".join(self._random.choices(self._texts, k=2))
        year, month, day = (self._random.randint(*limits) for limits in ((2010, 2025), (1, 12), (1, 28)))
        head = f"title: {path.stem}\nblog: {BLOG}\ndate: {year}-{month:02}-{day:02}\ntags: [news]"
        path.write_text(f"---\n{head}\n---\n\n{text}\n", encoding="utf-8")


class ChangingFeed:
    """A feed that has a post more, and another version of one, whenever it is asked."""

    def __init__(self, texts: list[str], random: Random) -> None:
        self._texts = texts
        self._random = random
        self._asked = 0

    def __call__(self, _: Asked) -> Reply:
        """Answer with the newest posts."""
        self._asked += 1
        numbers = range(max(0, self._asked - _FEED_POSTS), self._asked + _FEED_POSTS)
        items = "".join(self._item(number) for number in numbers)
        head = f"<title>{BLOG} too</title><link>http://changing.example</link>"
        feed = f'<?xml version="1.0"?><rss version="2.0"><channel>{head}{items}</channel></rss>'
        return document(feed.encode(), Content_Type="application/rss+xml")

    def _item(self, number: int) -> str:
        is_edited = number == self._asked
        text = self._random.choice(self._texts) if is_edited else self._texts[number % len(self._texts)]
        return (
            f"<item><title>Told as number {number}</title><guid isPermaLink='false'>told-{number}</guid>"
            f"<description>{escape(escape(text))}</description></item>"
        )


class Imports:
    """Imports a folder that changes, again and again, as cron would."""

    def __init__(self, warm: Warm, data: Path, changing: ChangingFolder, pace: float) -> None:
        self._warm = warm
        self._data = data
        self._changing = changing
        self._pace = pace
        self.done = 0
        self.wrong: list[str] = []

    def go_on(self, ended: Event) -> None:
        """Import it every so many seconds, until it is ended."""
        while not ended.is_set():
            self._changing.change()
            run = self._warm.run("reindex", "--data", self._data, "--wait", "--quiet", self._changing.path)
            self.done += 1
            if run.code:
                self.wrong.append(f"import {self.done} ended with {run.code}: {run.said!r}")
            ended.wait(self._pace)
