"""Which engines there are. An engine's module is only imported when it is measured."""

from __future__ import annotations

from importlib import import_module
from typing import Final

from benchmarks.peers.peer import Peer

THIS: Final = "blogsearch"
WHOLE: Final = "blogsearch, whole"
"""The whole search of an archive: engine, texts and snippets."""
PRUNING: Final = "tantivy"
"""The peer that, where nothing is counted, passes over what cannot be among the best ten."""

_PLACES: Final = {
    THIS: ("blogsearch", "Blogsearch"),
    WHOLE: ("blogsearch", "WholeSearch"),
    PRUNING: ("tantivy", "Tantivy"),
    "fts5": ("fts5", "Fts5"),
    "whoosh": ("whoosh", "Whoosh"),
}

PEERS: Final = tuple(name for name in _PLACES if name not in {THIS, WHOLE})
"""The names of the others."""


def peer(name: str) -> Peer:
    """A new engine of this name, on nothing yet."""
    module, noun = _PLACES[name]
    made: Peer = getattr(import_module(f"benchmarks.peers.{module}"), noun)()
    return made
