"""The kinds of answers there are, told by their addresses, and what holds for each."""

from __future__ import annotations

from dataclasses import dataclass

A_DAY = 24 * 60 * 60
A_YEAR = 365 * A_DAY

REVALIDATE = "no-cache"
"""It may be kept, but is asked for again each time, mostly to be told that it is the same."""
FOR_GOOD = f"public, max-age={A_YEAR}, immutable"
"""For what is asked for by its version, which no other content ever has (RFC 8246)."""
NEVER = "no-store"


@dataclass(frozen=True, slots=True)
class Kind:
    """What holds for the answers of one kind.

    `caching` is their `Cache-Control`, unless the view said otherwise. Those `of_archive` change when
    the archive does, or the program; the `spoken` ones are in the reader's language. Pages of other sites may
    read the `shared` ones, where the settings let them. The `limited` ones count for how often a client
    asks, and the `named` ones are answered under the site's own names only. `shown` are those that a browser
    lays out, with styles and scripts.
    """

    caching: str
    of_archive: bool = False
    spoken: bool = False
    shared: bool = False
    limited: bool = True
    named: bool = True
    shown: bool = False


PAGE = Kind(REVALIDATE, of_archive=True, spoken=True, shown=True)
DATA = Kind(REVALIDATE, of_archive=True, shared=True)
TEXT = Kind(REVALIDATE, of_archive=True, spoken=True, shared=True)
ASSET = Kind("public, max-age=3600", shared=True, limited=False, named=False)
DISCOVERY = Kind(f"public, max-age={A_DAY}", of_archive=True, shared=True)
PROBE = Kind(NEVER, limited=False, named=False)
KINDS = (PAGE, DATA, TEXT, ASSET, DISCOVERY, PROBE)

_PROBES = frozenset({"/healthz", "/readyz", "/metrics"})
_ASSETS = frozenset({"/embed.js", "/logo", "/favicon.ico"})
_DISCOVERY = frozenset({"/robots.txt", "/opensearch.xml", "/openapi.json"})
_DATA = (".json", ".jsonl", ".atom", ".bib")


def kind_of(path: str) -> Kind:
    """The kind of what is at a path, or would be."""
    if path in _PROBES:
        return PROBE
    if path in _ASSETS or path.startswith("/static/"):
        return ASSET
    if path in _DISCOVERY or (path.startswith("/sitemap") and path.endswith(".xml")):
        return DISCOVERY
    if path.startswith("/posts/") and path.endswith(".txt"):
        return TEXT
    return DATA if path.endswith(_DATA) else PAGE
