"""The picture beside the title: the one of the settings, told by its content, or ours."""

from __future__ import annotations

import re
from pathlib import Path

from web.assets.asset import Asset
from web.settings import ACCENT, InvalidSetting

MOST_BYTES = 256 * 1024
"""A larger file would be more than all the rest of a page."""

SVG = "image/svg+xml"

_OURS = Path(__file__).parents[1] / "static" / "icon.svg"

# How files of each type begin: https://mimesniff.spec.whatwg.org/#matching-an-image-type-pattern
_BEGINNINGS = (
    (re.compile(rb"\x89PNG\r\n\x1a\n"), "image/png"),
    (re.compile(rb"\xff\xd8\xff"), "image/jpeg"),
    (re.compile(rb"GIF8[79]a"), "image/gif"),
    (re.compile(rb"RIFF.{4}WEBPVP", re.DOTALL), "image/webp"),
    (re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:\?xml\b|!--|!DOCTYPE\s+svg\b|svg\b)(?s:.*)</svg>\s*\Z"), SVG),
)


def ours(accent: str) -> Asset:
    """Our own picture, in the accent."""
    return Asset(_OURS.read_bytes().replace(ACCENT.encode(), accent.encode()), SVG)


def logo(path: Path) -> Asset:
    """The picture in this file; raises `InvalidSetting` for anything else."""
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise InvalidSetting("logo", f"{path} cannot be read: {error.strerror}") from error
    if len(content) > MOST_BYTES:
        raise InvalidSetting("logo", f"{path} is over {MOST_BYTES // 1024} KB")
    for beginning, media_type in _BEGINNINGS:
        if beginning.match(content):
            return Asset(content, media_type)
    raise InvalidSetting("logo", f"{path} is not an SVG, PNG, JPEG, WebP or GIF picture")
