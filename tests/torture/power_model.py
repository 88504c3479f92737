"""What a disk may hold when the power fails: a model of what a file system promises, and of nothing more.

The model is that of ALICE (Pillai et al., "All File Systems Are Not Created Equal", OSDI 2014) and of
CrashMonkey (Mohan et al., "Finding Crash-Consistency Bugs with Bounded Black-Box Crash Testing", OSDI 2018),
as POSIX has fsync(2), and somewhat less kind than ext4 is in its default mode:

- What was written to a file, and its size, are on the disk for certain once the file was synced after it.
Before,
  each page of 4,096 bytes has what it had after any of the writes to it since the last sync; or half of that,
  in sectors of 512 bytes. A file may be longer than what is written of it: the rest are zeros.
- What a folder has under which name is on the disk for certain once the folder was synced after the change;
the
  sync of a file does not make its name last. Before, each change may have happened or not, in any order, as
  long as it is possible: what a folder never got cannot be renamed. One rename is never seen half done; it
  lasts once the folder that it leads to was synced.
- What was mapped into memory and never synced is anything. Only SQLite's `-shm` may be so: its readers make
  it anew.

Not in the model: modes, which are as they should be; disks that say they have synced and have not, pages that
rot, file systems that lose what was synced long ago, a sync that fails (`disk` lets syncs fail), writes of
more than one process at once.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Final

from tests.torture.effects import Effect, File, Folder, Named, Node, Synced, Tree, Written
from tests.torture.syscalls import Call

PAGE: Final = 4096
SECTOR: Final = 512


@dataclass(frozen=True, slots=True)
class History:
    """What a run did below a folder, one effect after another, and what was there before it."""

    start: Folder
    effects: tuple[Effect, ...]

    @classmethod
    def of(cls, calls: Sequence[Call], root: Path, before: Path) -> History:
        """The history of calls below `root`, whose folder `data` was as the one at `before`, or missing.

        Raises `CannotModel`.
        """
        start = Folder({"data": _read(before)} if before.exists() else {})
        tree = Tree(root, start)
        return cls(start, tuple(effect for call in calls for effect in tree.effects(call)))

    def leave(self, chance: Chance, data: Path, first: int | None = None) -> None:
        """Make the folder `data` what is left of it where power fails after the `first` effects."""
        effects = self.effects[:first]
        synced = _synced(effects)
        names: dict[Folder, dict[str, Node]] = {}
        for place, effect in enumerate(effects):
            if isinstance(effect, Named):
                lasts = place < synced.get(effect.folder, 0)
                if lasts or (_is_possible(effect, names) and chance.is_named(effect)):
                    _apply(effect, names)
        if data.exists():
            shutil.rmtree(data)
        top = names.get(self.start, self.start.entries).get("data")
        if top is not None:
            _write(top, data, names, _Contents(effects, synced, chance))


@dataclass(frozen=True, slots=True)
class Chance:
    """What becomes of that which was not synced.

    `is_named` says whether a change of a folder is there; `kept` how many of so many writes to a page, or
    sizes of a file, since it was synced; `is_torn` whether the first write that is not kept is there in some
    sectors, and `has_sector` in which.
    """

    is_named: Callable[[Named], bool]
    kept: Callable[[int], int]
    is_torn: Callable[[], bool] = lambda: False
    has_sector: Callable[[], bool] = lambda: False


def nothing_more() -> Chance:
    """Nothing is on the disk but what was synced."""
    return Chance(lambda _: False, lambda _: 0)


def everything() -> Chance:
    """All is on the disk, as if nothing had failed."""
    return Chance(lambda _: True, lambda number: number)


def names_only() -> Chance:
    """Folders are written at once and files late, as where a journal is kept of the former."""
    return Chance(lambda _: True, lambda _: 0)


def contents_only() -> Chance:
    """Files are written at once and folders late."""
    return Chance(lambda _: False, lambda number: number)


def anything(random: Random) -> Chance:
    """Each by chance, of which it is chance how good it is."""
    share, named = random.choice((0.1, 0.5, 0.9)), random.choice((0.1, 0.5, 0.9))
    return Chance(
        is_named=lambda _: random.random() < named,
        kept=lambda number: sum(random.random() < share for _ in range(number)),
        is_torn=lambda: random.random() < 0.3,
        has_sector=lambda: random.random() < 0.5,
    )


def in_order(random: Random) -> Chance:
    """Folders have all changes up to some moment, as a journal keeps their order; files have anything."""
    lasting = iter(range(random.randint(0, 12)))
    chance = anything(random)
    return Chance(lambda _: next(lasting, None) is not None, chance.kept, chance.is_torn, chance.has_sector)


def _synced(effects: Sequence[Effect]) -> dict[Node, int]:
    """Of each file and folder the place in `effects` before which all of it lasts."""
    return {effect.node: place for place, effect in enumerate(effects) if isinstance(effect, Synced)}


def _entries(folder: Folder, names: dict[Folder, dict[str, Node]]) -> dict[str, Node]:
    return names.setdefault(folder, dict(folder.entries))


def _is_possible(effect: Named, names: dict[Folder, dict[str, Node]]) -> bool:
    """Whether what is to be renamed is there."""
    if effect.source is None:
        return True
    folder, name = effect.source
    return _entries(folder, names).get(name) is effect.node


def _apply(effect: Named, names: dict[Folder, dict[str, Node]]) -> None:
    """Change a folder."""
    if effect.source:
        folder, name = effect.source
        _entries(folder, names).pop(name, None)
    if effect.node is None:
        _entries(effect.folder, names).pop(effect.name, None)
    else:
        _entries(effect.folder, names)[effect.name] = effect.node


class _Contents:
    """What files have on the disk."""

    def __init__(self, effects: Sequence[Effect], synced: Mapping[Node, int], chance: Chance) -> None:
        self._chance = chance
        self._lasting: dict[File, list[Written]] = {}
        self._open: dict[File, list[Written]] = {}
        for place, effect in enumerate(effects):
            if isinstance(effect, Written):
                kind = self._lasting if place < synced.get(effect.file, 0) else self._open
                kind.setdefault(effect.file, []).append(effect)

    def of(self, file: File) -> bytes:
        """The content of a file; may be asked for once."""
        content = bytearray(file.content)
        for written in self._lasting.get(file, ()):
            _put(content, written)
        unsynced = self._open.get(file, [])
        if not unsynced:
            return bytes(content)
        sizes = [len(content)]
        for written in unsynced:
            sizes.append(_size(sizes[-1], written))
        size = sizes[self._chance.kept(len(unsynced))]
        content = content.ljust(max(sizes), b"\0")
        for page in range(0, len(content), PAGE):
            self._put_page(content, page, [each for each in unsynced if _touches(each, page)])
        return bytes(content[:size])

    def _put_page(self, content: bytearray, page: int, unsynced: list[Written]) -> None:
        kept = self._chance.kept(len(unsynced))
        for written in unsynced[:kept]:
            _put_between(content, written, page, page + PAGE)
        if kept < len(unsynced) and self._chance.is_torn():
            for sector in range(page, page + PAGE, SECTOR):
                if self._chance.has_sector():
                    _put_between(content, unsynced[kept], sector, sector + SECTOR)


def _size(before: int, written: Written) -> int:
    return written.offset if written.data is None else max(before, written.offset + len(written.data))


def _touches(written: Written, page: int) -> bool:
    if written.data is None:
        return written.offset < page + PAGE  # what is cut off is zeros, should it be there again
    return written.offset < page + PAGE and written.offset + len(written.data) > page


def _put(content: bytearray, written: Written) -> None:
    size = _size(len(content), written)
    content[:] = content[:size].ljust(size, b"\0")
    if written.data is not None:
        content[written.offset : written.offset + len(written.data)] = written.data


def _put_between(content: bytearray, written: Written, begin: int, end: int) -> None:
    """The part of a write that is there; of a new size, that what is beyond it is zeros."""
    first = max(begin, written.offset)
    if written.data is None:
        last = min(end, len(content))
        content[first:last] = bytes(max(last - first, 0))
        return
    last = min(end, written.offset + len(written.data))
    if first < last:
        content[first:last] = written.data[first - written.offset : last - written.offset]


def _read(path: Path) -> Node:
    if path.is_dir():
        return Folder({entry.name: _read(entry) for entry in path.iterdir()})
    return File(path.read_bytes())


def _write(node: Node, path: Path, names: Mapping[Folder, Mapping[str, Node]], contents: _Contents) -> None:
    match node:
        case Folder():
            path.mkdir(mode=0o700)
            for name, entry in names.get(node, node.entries).items():
                _write(entry, path / name, names, contents)
        case File():
            if not node.is_scratch:
                path.write_bytes(contents.of(node))
                path.chmod(0o600)
