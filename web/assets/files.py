"""The files in `web/static`, read once."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from web.assets.asset import Asset

_STATIC = Path(__file__).parents[1] / "static"
_MEDIA_TYPES = {
    ".css": "text/css",
    ".html": "text/html",
    ".js": "text/javascript",
    ".png": "image/png",
    ".svg": "image/svg+xml",
}


def files(folder: Path = _STATIC) -> Mapping[str, Asset]:
    """The files in a folder by their names, as they are sent."""
    found = sorted(file for file in folder.iterdir() if file.suffix in _MEDIA_TYPES)
    return {file.name: Asset(file.read_bytes(), _MEDIA_TYPES[file.suffix]) for file in found}
