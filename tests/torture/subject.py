"""One archive under torture: what was acknowledged to have been imported, and whether it still is."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from tests.torture.archives import Version, leftovers, verify, verify_index
from tests.torture.warm import Ended, Warm


@dataclass(slots=True)
class Subject:
    """An archive with its source, in a folder of their own.

    `acknowledged` is the version that the last run which ended well had to read.
    """

    warm: Warm
    folder: Path
    acknowledged: Version

    @property
    def data(self) -> Path:
        """The data folder; it need not exist yet."""
        return self.folder / "data"

    def next_version(self) -> Version:
        """The version after the acknowledged one, which is where the source is now."""
        version = self.acknowledged.next
        version.write(self.folder)
        return version

    def reindex(self, *options: str) -> list[str]:
        """What to call `blogsearch` with to import the source."""
        return ["reindex", "--quiet", "--data", str(self.data), *options, str(Version.file(self.folder))]

    def succeed(self) -> Ended:
        """Import the next version, undisturbed."""
        version = self.next_version()
        ended = self.warm.run(*self.reindex())
        if ended.code == 0:
            self.acknowledged = version
        return ended

    def judge(self, attempted: Version) -> tuple[list[str], Version | None]:
        """After a run that was to bring `attempted` and did not end well: what is wrong, and what it left."""
        wrong, has = verify(self.data, self.acknowledged, attempted)
        return [wrong] if wrong else [], has

    def judge_index(self) -> tuple[list[str], Version | None]:
        """The same where only the index can change: it has what the store has, or the version before."""
        wrong, has = verify_index(self.data, self.acknowledged, self.acknowledged.before)
        return [wrong] if wrong else [], has

    def recover(self, attempted: Version) -> list[str]:
        """What is wrong with the next run, which has to bring `attempted`, and with what it leaves."""
        ended = self.warm.run(*self.reindex())
        if ended.code:
            return [f"the next run ended with {ended.code}: {ended.said.strip()[-300:]}"]
        wrong, _ = verify(self.data, attempted, attempted)
        checked = self.warm.run("check", "--data", self.data)
        self.acknowledged = attempted
        return [
            *([f"after the next run: {wrong}"] if wrong else []),
            *([f"after the next run, check says: {checked.said.strip()[-300:]}"] if checked.code else []),
            *(f"the next run left {name}" for name in leftovers(self.data)),
        ]
