"""What calls did to what is below a folder: which file got which bytes, which folder which name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from tests.torture.syscalls import Call, Does


@dataclass(eq=False, slots=True)
class File:
    """A file, whatever it is called: what it had on the disk at the beginning."""

    content: bytes = b""
    is_scratch: bool = False


@dataclass(eq=False, slots=True)
class Folder:
    """A folder: what was in it on the disk at the beginning."""

    entries: Mapping[str, File | Folder] = field(default_factory=dict)


Node: TypeAlias = File | Folder


@dataclass(frozen=True, slots=True)
class Written:
    """A file got these bytes there, or (without bytes) that size."""

    file: File
    offset: int
    data: bytes | None


@dataclass(frozen=True, slots=True)
class Named:
    """A folder got (`node`), or lost (None), something under this name; with `source` it came from there."""

    folder: Folder
    name: str
    node: Node | None
    source: tuple[Folder, str] | None = None


@dataclass(frozen=True, slots=True)
class Synced:
    """All that was done to it before lasts."""

    node: Node


Effect: TypeAlias = Written | Named | Synced


class CannotModel(Exception):
    """A call does what the model has no idea of."""


class Tree:
    """The folder as every process sees it, call after call: which file is which by now."""

    def __init__(self, root: Path, start: Folder) -> None:
        self._root = root
        self._top = start
        self._names: dict[Folder, dict[str, Node]] = {}
        self._opened: dict[int, File] = {}

    def effects(self, call: Call) -> Iterator[Effect]:
        """What a call did."""
        if call.result is None or call.result < 0 or not call.path.is_relative_to(self._root):
            return
        match call.does:
            case Does.CREATE:
                yield from self._create(call)
            case Does.WRITE:
                yield Written(self._file(call), call.offset, call.data)
            case Does.RESIZE:
                yield Written(self._file(call), call.offset, None)
            case Does.SYNC:
                yield Synced(self._synced(call))
            case Does.MAKE_FOLDER:
                yield self._name(call.path, Folder())
            case Does.UNLINK | Does.REMOVE_FOLDER:
                yield self._name(call.path, None)
            case Does.LINK:
                yield self._name(_other(call), self.node(call.path))
            case Does.RENAME:
                node, (folder, name) = self.node(call.path), self._place(call.path)
                self._name(call.path, None)
                renamed = self._name(_other(call), node)
                yield Named(renamed.folder, renamed.name, node, (folder, name))
            case Does.MAP:
                self._file(call).is_scratch = True
            case Does.CHANGE_MODE:
                return
            case Does.UNKNOWN:
                raise CannotModel(str(call))

    def entries(self, folder: Folder) -> dict[str, Node]:
        """What is in a folder by now."""
        return self._names.setdefault(folder, dict(folder.entries))

    def node(self, path: Path) -> Node:
        """What is there by now; raises `KeyError`."""
        node: Node = self._top
        for part in path.relative_to(self._root).parts:
            assert isinstance(node, Folder)
            node = self.entries(node)[part]
        return node

    def _create(self, call: Call) -> Iterator[Effect]:
        folder, name = self._place(call.path)
        node = self.entries(folder).get(name)
        if node is None:
            node = File()
            if not call.is_nameless:
                yield self._name(call.path, node)
        elif call.empties:
            assert isinstance(node, File)
            yield Written(node, 0, None)
        assert isinstance(node, File)
        self._opened[call.file] = node

    def _file(self, call: Call) -> File:
        """The open file of a call. One that is not known was open before, and is found by its path."""
        if found := self._opened.get(call.file):
            return found
        node = self.node(call.path)
        assert isinstance(node, File)
        return node

    def _synced(self, call: Call) -> Node:
        return self._opened.get(call.file) or self.node(call.path)

    def _place(self, path: Path) -> tuple[Folder, str]:
        folder = self.node(path.parent)
        assert isinstance(folder, Folder)
        return folder, path.name

    def _name(self, path: Path, node: Node | None) -> Named:
        folder, name = self._place(path)
        entries = self.entries(folder)
        if node is None:
            entries.pop(name)
        else:
            entries[name] = node
        return Named(folder, name, node)


def _other(call: Call) -> Path:
    assert call.other is not None
    return call.other
